package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivered results in the table that Camel makes for them. */
class DeliveredElsewhereTest {

    private JdbcMessageIdRepository repository;
    private IdempotentRepository delivered;

    @BeforeEach
    void start() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        repository = new JdbcMessageIdRepository(database, "batches");
        delivered = new DeliveredElsewhere(repository);
        delivered.start();
    }

    @AfterEach
    void stop() {
        delivered.stop();
    }

    @Test
    void aResultOfAnyKeyIsNotedOnce() {
        String longest = "products/" + "x".repeat(1_000);
        for (String key :
                List.of("products/p-1", "products/" + "x".repeat(91), "products/" + "x".repeat(92), longest)) {
            assertThat(delivered.contains(key)).isFalse();
            assertThat(delivered.add(key)).isTrue();
            assertThat(delivered.contains(key)).isTrue();
            assertThat(delivered.add(key)).isFalse();
            assertThat(delivered.confirm(key)).isTrue();
        }
        assertThat(delivered.contains(longest + "x")).isFalse();
        assertThat(delivered.remove(longest)).isTrue();
        assertThat(delivered.contains(longest)).isFalse();
    }

    @Test
    void aShortKeyIsNotedAsItIs() {
        delivered.add("products/p-1");

        assertThat(repository.contains("products/p-1")).isTrue();
        delivered.clear();
        assertThat(repository.contains("products/p-1")).isFalse();
    }
}
