package io.github.camelgemini.emulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A request in the queue of a service, or a batch of Google, even if its client did not get an answer.
 *
 * @param service it was submitted to
 * @param id its id at the service
 * @param model its name at the service
 * @param prompt the prompt; for a batch its display name
 * @param requests number of requests: 1 in a queue
 * @param createdAt by the clock of the emulator
 * @param status the current status, in the service's own words
 * @param paid the cost so far, in US dollars: nothing unless it has succeeded; null for a batch, since the emulator has
 *     no prices of Google
 * @param webhookCalls how often its webhook was called
 */
public record QueuedJob(
        EmulatedService service,
        String id,
        String model,
        String prompt,
        int requests,
        Instant createdAt,
        String status,
        BigDecimal paid,
        int webhookCalls) {}
