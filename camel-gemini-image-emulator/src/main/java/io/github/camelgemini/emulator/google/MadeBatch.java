package io.github.camelgemini.emulator.google;

import java.time.Instant;

/**
 * A batch that was made, whatever its client got to know.
 *
 * @param id by which it is asked for
 * @param displayName empty for none
 * @param model that draws
 * @param created when, by the clock of the emulator
 * @param state now, as the API says it
 * @param requests how many it has
 * @param webhookCalls how often its end was told
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
