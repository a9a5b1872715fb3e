package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.secret.OutsideText;
import java.time.Instant;

/**
 * A job as the service tells of it.
 *
 * @param id by which the service knows it, null where nobody does: visible characters of ASCII, at most 1,000
 * @param name that it was given, or null where the service keeps none
 * @param state how it stands
 * @param requests how many it has; -1 when the service does not say
 * @param succeeded of these; -1 when the service does not say
 * @param failed of these; -1 when the service does not say
 * @param percent of its work that is done, 0 to 100; -1 when the service does not say
 * @param created when it was submitted, or null
 * @param ended when it was done; null before that, or when the service does not say
 * @param failure why all of it failed, in the service's words; null for none
 */
public record Job(
        String id,
        String name,
        JobState state,
        long requests,
        long succeeded,
        long failed,
        int percent,
        Instant created,
        Instant ended,
        String failure) {

    /**
     * The failure as it may be told.
     *
     * @throws MalformedResponseException when the id is none, but a text in its place
     */
    public Job {
        if (id != null && !OutsideText.isId(id)) {
            throw new MalformedResponseException("The answer has no id of a job", ProviderError.NONE, null);
        }
        failure = OutsideText.of(failure);
    }

    /** One of which only the state is known. */
    public static Job of(String id, String name, JobState state) {
        return new Job(id, name, state, -1, -1, -1, -1, null, null, null);
    }
}
