package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.secret.OutsideText;
import java.time.Instant;

/**
 * A job as the service describes it.
 *
 * @param id its id at the service, or null if not known: visible ASCII characters, at most 1,000
 * @param name its name, or null if the service stores none
 * @param state its state
 * @param requests number of requests; -1 when the service does not say
 * @param succeeded number of requests that succeeded; -1 when the service does not say
 * @param failed number of requests that failed; -1 when the service does not say
 * @param percent progress, 0 to 100; -1 when the service does not say
 * @param created when it was submitted, or null
 * @param ended when it ended; null if it is still running, or when the service does not say
 * @param failure why the whole job failed, in the service's words; null for none
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
     * Checks the id, and shortens the failure so that it can be shown.
     *
     * @throws MalformedResponseException when the id contains other characters, or is too long
     */
    public Job {
        if (id != null && !OutsideText.isId(id)) {
            throw new MalformedResponseException("The answer has no id of a job", ProviderError.NONE, null);
        }
        failure = OutsideText.of(failure);
    }

    /** A job of which only the state is known. */
    public static Job of(String id, String name, JobState state) {
        return new Job(id, name, state, -1, -1, -1, -1, null, null, null);
    }
}
