package io.github.camelgemini.image.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchDelivery;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.InMemoryBatchRepository;
import io.github.camelgemini.image.batch.Jobs;
import io.github.camelgemini.image.batch.Resubmission;
import io.github.camelgemini.image.model.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose batches a consumer brings, and what it tells of the others. */
class DueBatchesTest {

    private static final Logger LOGGER = (Logger) LogManager.getLogger(DueBatches.class);

    private final Batches batches = new Batches(new InMemoryBatchRepository());
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender =
            new AbstractAppender("warnings", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    if (event.getLevel() == Level.WARN) {
                        warnings.add(event.getMessage().getFormattedMessage());
                    }
                }
            };

    @BeforeEach
    void listen() {
        appender.start();
        LOGGER.addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeAppender(appender);
    }

    private void remember(String service, String server, Batch.Stage stage, Duration age) throws Exception {
        Instant created = Instant.now().minus(age);
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            held.save(new Batch("b", service, server, stage, 0, 3, null, created, created, null, 0, 0, 0));
        }
    }

    private DueBatches due(String server) {
        return new DueBatches(
                new ConsumerOptions(
                        batches,
                        new MemoryIdempotentRepository(),
                        "google",
                        server,
                        List.of(),
                        false,
                        Duration.ofDays(1),
                        0,
                        1,
                        Output.IMAGE,
                        Optional.empty(),
                        true,
                        null,
                        new Resubmission(Set.of(), json -> null),
                        1,
                        null),
                new Jobs(1));
    }

    /** Whether a poll comes to the batch. */
    private static boolean poll(DueBatches due) throws Exception {
        due.begin();
        Optional<BatchDelivery> delivery = due.next();
        delivery.ifPresent(BatchDelivery::close);
        return delivery.isPresent();
    }

    @Test
    void aBatchOfAnotherProjectIsToldOnceWithBothAddresses() throws Exception {
        remember("google", "example.com/projects/one", Batch.Stage.SUBMITTED, Duration.ZERO);
        DueBatches due = due("example.com/projects/two");

        assertThat(poll(due)).isFalse();
        assertThat(poll(due)).isFalse();

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("Batch b ", "example.com/projects/one", "example.com/projects/two");
    }

    @Test
    void aBatchOfAnotherServiceIsForAnotherRoute() throws Exception {
        remember("inferencesh", "example.org", Batch.Stage.SUBMITTED, Duration.ZERO);

        assertThat(poll(due("example.com"))).isFalse();

        assertThat(warnings).isEmpty();
    }

    @Test
    void aBatchThatWasSubmittedWithoutAProjectIsBroughtByARouteWithOne() throws Exception {
        remember("google", "example.com", Batch.Stage.SUBMITTED, Duration.ZERO);

        assertThat(poll(due("example.com/projects/one"))).isTrue();

        assertThat(warnings).isEmpty();
    }

    @Test
    void anOldBatchWhoseSubmissionDidNotEndIsToldAsSuch() throws Exception {
        remember("google", "example.com", Batch.Stage.SUBMITTING, Duration.ofDays(2));

        poll(due("example.com"));

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("Batch b of 3 requests", "Its submission is not complete", "batchCancel");
    }
}
