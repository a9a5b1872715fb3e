package io.github.camelgemini.emulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A request that a service has taken into its queue: what was really made, whatever its client got to know.
 *
 * @param service whose queue
 * @param id the service's name of it
 * @param model by its name at the service
 * @param prompt what is drawn
 * @param createdAt when, by the clock of the emulator
 * @param status now, by the service's own name
 * @param paid what was paid for it until now, in US dollars: nothing unless it has succeeded
 * @param webhookCalls how often its webhook was called
 */
public record QueuedJob(
        EmulatedService service,
        String id,
        String model,
        String prompt,
        Instant createdAt,
        String status,
        BigDecimal paid,
        int webhookCalls) {}
