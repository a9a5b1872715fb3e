package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.OtherJvm;
import io.github.camelgemini.image.PostgresServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Batches in PostgreSQL. */
class PostgresBatchRepositoryTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private final CamelContext context = new DefaultCamelContext();
    private final List<AggregationBatchRepository> opened = new ArrayList<>();
    private String url;

    @BeforeEach
    void createTables() throws Exception {
        url = POSTGRES.newDatabase();
        PostgresServer.createTables(url);
    }

    private void sql(String statement) {
        new JdbcTemplate(PostgresServer.dataSource(url)).execute(statement);
    }

    @AfterEach
    void close() {
        opened.forEach(AggregationBatchRepository::stop);
        context.stop();
    }

    private AggregationBatchRepository open(AggregationRepository repository) {
        AggregationBatchRepository batches = new AggregationBatchRepository(repository);
        batches.setCamelContext(context);
        batches.start();
        opened.add(batches);
        return batches;
    }

    private static AggregationRepository jdbc(String url) {
        DataSource database = PostgresServer.dataSource(url);
        return new JdbcAggregationRepository(new DataSourceTransactionManager(database), "batches", database);
    }

    @Nested
    class AsAnyRepository extends SharedBatchRepositoryContract {

        @Override
        BatchRepository open() {
            return PostgresBatchRepositoryTest.this.open(jdbc(url));
        }

        @Override
        BatchRepository another() {
            return open();
        }
    }

    /** Camel takes what the database says of it for a row that somebody else has made. */
    @Test
    void aTableThatCannotHaveTheRowIsAnError() {
        sql("ALTER TABLE batches ADD COLUMN another INT NOT NULL");

        assertThatThrownBy(() -> open(jdbc(url)).put("products", "{}", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its columns");
    }

    @Test
    void aDatabaseThatIsGoneIsAnErrorAndNotABatchThatIsNotThere() {
        AggregationBatchRepository batches = open(jdbc(url));
        sql("DROP TABLE batches");

        assertThatThrownBy(() -> batches.get("products")).isInstanceOf(IOException.class);
        assertThatThrownBy(batches::batches).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> batches.put("products", "{}", 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> batches.hold("products")).isInstanceOf(IOException.class);
    }

    /** A process of its own that holds a batch as soon as it can, and then waits to be killed. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            CamelContext context = new DefaultCamelContext();
            context.start();
            AggregationBatchRepository batches = new AggregationBatchRepository(jdbc(arguments[0]));
            batches.setCamelContext(context);
            batches.setLease(1_000);
            batches.start();
            System.out.println("looks");
            Awaitility.await().forever().until(() -> batches.hold("products"), Optional::isPresent);
            System.out.println("holds");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private OtherJvm otherJvm() throws IOException {
        return OtherJvm.start(List.of("-XX:TieredStopAtLevel=1"), Holder.class, url);
    }

    @Test
    void oneOfTwoProcessesHoldsUntilItIsKilledThenTheOther() throws Exception {
        AggregationBatchRepository observer = open(jdbc(url));
        try (OtherJvm first = otherJvm()) {
            first.lineWith("holds");
            try (OtherJvm second = otherJvm()) {
                second.lineWith("looks");
                long beats = version();
                Awaitility.await().until(() -> {
                    assertThat(observer.hold("products")).isEmpty();
                    return version() >= beats + 10;
                });
                String owner = owner(observer);

                first.kill();
                second.lineWith("holds");

                assertThat(owner(observer)).isNotEqualTo(owner);
                assertThat(observer.hold("products")).isEmpty();
            }
        }
        Awaitility.await().until(() -> observer.hold("products"), Optional::isPresent);
    }

    private long version() {
        return new JdbcTemplate(PostgresServer.dataSource(url))
                .queryForObject("SELECT version FROM batches WHERE id = 'products#hold'", Long.class);
    }

    private static String owner(BatchRepository repository) throws IOException {
        return repository.get("products#hold").orElseThrow().text();
    }
}
