package io.github.camelgemini.emulator.google;

import java.time.Instant;

/**
 * A batch that was created, even if its client did not get an answer.
 *
 * @param id of the batch
 * @param displayName may be empty
 * @param model to use
 * @param created by the clock of the emulator
 * @param state the current state, in the API's words
 * @param requests number of requests
 * @param webhookCalls how often its webhook was called
 */
public record MadeBatch(
        String id, String displayName, String model, Instant created, String state, int requests, int webhookCalls) {

    static MadeBatch of(String id, Batch batch, String state) {
        return new MadeBatch(
                id,
                batch.displayName(),
                batch.call().model(),
                batch.created(),
                state,
                batch.source().count(),
                batch.webhooks().calls().get());
    }
}
