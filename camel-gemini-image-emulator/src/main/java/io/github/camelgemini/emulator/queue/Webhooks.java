package io.github.camelgemini.emulator.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.LocalCalls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls webhooks at the end of requests, on this machine only. A request must not make the emulator call other servers.
 * Calls are not signed, and failed calls are not repeated.
 */
public final class Webhooks {

    private final EmulatorClock clock;
    private final Jobs jobs;
    private final LocalCalls calls = new LocalCalls();

    /**
     * Makes the calls by this clock.
     *
     * @param jobs all requests; there are no calls for removed ones
     */
    public Webhooks(EmulatorClock clock, Jobs jobs) {
        this.clock = clock;
        this.jobs = jobs;
    }

    /**
     * Calls the webhook of a job when it ends.
     *
     * @param result gives the body, at that time
     * @param forged gives the body of a forged call before it, for faults
     */
    public void tell(Job job, Supplier<JsonNode> result, Supplier<JsonNode> forged) {
        if (job.order().webhook().isEmpty()) {
            return;
        }
        Queueing queueing = job.order().generation().queue;
        if (queueing.webhook == Queueing.Webhook.FORGED) {
            clock.at(job.order().created(), () -> call(job, forged.get()));
        }
        Runnable end = () -> told(job, queueing, result);
        job.whenCancelled(() -> later(queueing, end));
        job.end()
                .ifPresent(time -> clock.at(time, () -> {
                    if (job.outcome(clock.instant()) != Job.Outcome.CANCELLED) {
                        later(queueing, end);
                    }
                }));
    }

    private void later(Queueing queueing, Runnable end) {
        Instant time = clock.instant().plus(queueing.webhookDelay);
        clock.at(time, end);
    }

    private void told(Job job, Queueing queueing, Supplier<JsonNode> result) {
        if (queueing.webhook == Queueing.Webhook.LOST) {
            return;
        }
        call(job, result.get());
        if (queueing.webhook == Queueing.Webhook.TWICE) {
            call(job, result.get());
        }
    }

    private void call(Job job, JsonNode body) {
        if (jobs.find(job.id()).isEmpty()) {
            return;
        }
        URI uri = URI.create(job.order().webhook());
        if (LocalCalls.isLocal(uri)) {
            job.webhookCalled();
            calls.post(uri, Map.of(), body.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
