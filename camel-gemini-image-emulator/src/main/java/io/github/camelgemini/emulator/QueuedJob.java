package io.github.camelgemini.emulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A request that a service has taken into its queue, or a batch of Google: what was really made, whatever its client got to
 * know.
 *
 * @param service whose queue
 * @param id the service's name of it
 * @param model by its name at the service
 * @param prompt what is drawn; of a batch its display name
 * @param requests how many it has: 1 in a queue
 * @param createdAt when, by the clock of the emulator
 * @param status now, by the service's own name
 * @param paid what was paid for it until now, in US dollars: nothing unless it has succeeded; null of a batch, since the
 *     emulator has no prices of Google
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
