package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.observation.WaitingBatches;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollConsumerHealthCheck;

/** Camel's health check for polling consumers, with the state of the batches in addition. */
final class BatchesHealthCheck extends ScheduledPollConsumerHealthCheck {

    private final Supplier<WaitingBatches> batches;

    BatchesHealthCheck(ScheduledPollConsumer consumer, Supplier<WaitingBatches> batches) {
        super(consumer, "consumer:" + consumer.getRouteId());
        this.batches = batches;
    }

    @Override
    public Result call(Map<String, Object> options) {
        Result polled = super.call(options);
        WaitingBatches now = batches.get();
        return HealthCheckResultBuilder.on(this)
                .state(polled.getState())
                .message(polled.getMessage().orElse(null))
                .error(polled.getError().orElse(null))
                .details(polled.getDetails())
                .detail("batches.open", now.open())
                .detail("batches.overdue", now.overdue())
                .detail("batches.oldestSeconds", now.oldest().toSeconds())
                .build();
    }
}
