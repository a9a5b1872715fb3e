package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Batches in aggregation repositories of Camel: in the heap, with and without optimistic locking, and in a database. */
class AggregationBatchRepositoryTest {

    private final CamelContext context = new DefaultCamelContext();
    private final List<AggregationBatchRepository> opened = new ArrayList<>();

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

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        for (String table : List.of("batches", "batches_completed")) {
            new JdbcTemplate(database)
                    .execute(
                            "CREATE TABLE " + table
                                    + " (id VARCHAR(255) NOT NULL PRIMARY KEY, exchange BLOB NOT NULL, version BIGINT NOT NULL)");
        }
        return database;
    }

    private static AggregationRepository jdbc(DataSource database) {
        return new JdbcAggregationRepository(new DataSourceTransactionManager(database), "batches", database);
    }

    @Nested
    class InADatabase extends SharedBatchRepositoryContract {

        private final DataSource database = database();

        @Override
        BatchRepository open() {
            return AggregationBatchRepositoryTest.this.open(jdbc(database));
        }

        @Override
        BatchRepository another() {
            return open();
        }

        @Test
        void nothingIsLeftOfABatchThatIsForgotten() throws Exception {
            repository.put("products", "{}", 0);
            repository.put("products#0001", "{}", 0);
            repository.hold("products").orElseThrow().close();
            repository.hold("unknown").orElseThrow().close();

            repository.remove("products");

            JdbcTemplate tables = new JdbcTemplate(database);
            assertThat(tables.queryForList("SELECT id FROM batches")).isEmpty();
            assertThat(tables.queryForList("SELECT id FROM batches_completed")).isEmpty();
        }
    }

    @Nested
    class InTheHeapWithOptimisticLocking extends SharedBatchRepositoryContract {

        private final AggregationRepository memory = new MemoryAggregationRepository(true);

        @Override
        BatchRepository open() {
            return AggregationBatchRepositoryTest.this.open(memory);
        }

        @Override
        BatchRepository another() {
            return open();
        }
    }

    @Nested
    class InTheHeapWithoutOptimisticLocking extends SharedBatchRepositoryContract {

        private final AggregationRepository memory = new MemoryAggregationRepository();

        @Override
        BatchRepository open() {
            return AggregationBatchRepositoryTest.this.open(memory);
        }

        @Override
        BatchRepository another() {
            return open();
        }
    }

    @Test
    void whatWasDeliveredIsKeptElsewhere() {
        assertThat(open(new MemoryAggregationRepository()).delivered()).isEmpty();
    }

    @Test
    void aBatchIsTakenOverFromOneWhoGivesNoSignOfLife() throws Exception {
        DataSource database = database();
        AggregationBatchRepository dead = open(jdbc(database));
        dead.setLease(300);
        BatchRepository.Hold lost = dead.hold("products").orElseThrow();
        // As a kill: nothing is released, and nothing beats any more.
        dead.stopBeats();
        AggregationBatchRepository observer = open(jdbc(database));

        assertThat(observer.hold("products")).as("seen for the first time").isEmpty();
        BatchRepository.Hold taken = Awaitility.await()
                .until(() -> observer.hold("products"), Optional::isPresent)
                .orElseThrow();

        assertThat(taken.lasts()).isTrue();
        assertThat(lost.lasts()).isFalse();
        lost.close();
        assertThat(taken.lasts()).isTrue();
        assertThat(open(jdbc(database)).hold("products")).isEmpty();
    }

    @Test
    void aBatchStaysWithOneWhoGivesSignsOfLife() throws Exception {
        DataSource database = database();
        AggregationBatchRepository alive = open(jdbc(database));
        alive.setLease(400);
        BatchRepository.Hold hold = alive.hold("products").orElseThrow();
        AggregationBatchRepository observer = open(jdbc(database));
        long first = version(database);

        Awaitility.await().until(() -> {
            assertThat(observer.hold("products")).isEmpty();
            return version(database) >= first + 15;
        });

        assertThat(hold.lasts()).isTrue();
    }

    private static long version(DataSource database) {
        return new JdbcTemplate(database)
                .queryForObject("SELECT version FROM batches WHERE id = 'products#hold'", Long.class);
    }

    @Test
    void aHoldThatCannotBeRenewedDoesNotLast() throws Exception {
        DataSource database = database();
        AggregationBatchRepository batches = open(jdbc(database));
        batches.setLease(300);
        BatchRepository.Hold hold = batches.hold("products").orElseThrow();

        new JdbcTemplate(database).execute("ALTER TABLE batches RENAME TO elsewhere");
        Awaitility.await().until(() -> !hold.lasts());

        // Nobody has taken it meanwhile.
        new JdbcTemplate(database).execute("ALTER TABLE elsewhere RENAME TO batches");
        Awaitility.await().until(hold::lasts);
    }

    @Test
    void aHoldThatSomebodyTookIsLost() throws Exception {
        DataSource database = database();
        AggregationBatchRepository batches = open(jdbc(database));
        batches.setLease(300);
        BatchRepository.Hold hold = batches.hold("products").orElseThrow();

        new JdbcTemplate(database).execute("DELETE FROM batches");

        Awaitility.await().until(() -> !hold.lasts());
        assertThat(Stream.of(batches.hold("products"))).allMatch(Optional::isPresent);
        hold.close();
        assertThat(batches.hold("products")).isEmpty();
    }
}
