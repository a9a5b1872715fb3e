package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The jobs of a service. Each call is made once; retries are wrapped around those that may be repeated, which are all but
 * {@link JobDraft#submit}. A job that the service does not know is a {@link
 * io.github.camelgemini.image.error.BatchNotFoundException}.
 */
public interface ImageBatches {

    /**
     * Refuses what cannot be part of a job, though it could be drawn at once.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException naming the parameter
     */
    void check(ImageRequest request);

    /** Begins a job. It is closed by whoever begins it, whether it was submitted or not. */
    JobDraft draft();

    /**
     * Looks for a job that was submitted and whose answer did not come.
     *
     * @return empty when the service has none
     */
    CompletableFuture<Optional<Job>> find(Mark mark);

    /** @param id as in {@link Job#id()} */
    CompletableFuture<Job> retrieve(String id);

    /**
     * Lists jobs, the newest first.
     *
     * @param cursor of the page before, or null for the first
     * @param most how many; the service may give fewer
     */
    CompletableFuture<JobPage> list(String cursor, int most);

    /**
     * Asks the service to end a job. What is drawn already may be paid, and can be had.
     *
     * @return how it stands now; it may end later
     */
    CompletableFuture<Job> cancel(String id);

    /**
     * Opens what has been drawn by a job, however it ended. The reader takes one result after another off the connection; a
     * service that has none gives results without any.
     *
     * @param asked what was asked under a key; null for keys that nobody knows, which are priced by what the service says
     */
    CompletableFuture<JobResults> results(String id, Function<String, Asked> asked);

    /**
     * By what a job is found again whose id nobody was told.
     *
     * @param name that it was given; unique, up to 100 characters of {@code A-Za-z0-9._-}
     * @param fingerprint of what was asked, for services that know no names; see {@link JobDraft#fingerprint}
     * @param since it cannot be older
     * @param others ids of jobs that are known to be of other submissions, though they may ask for the same
     */
    record Mark(String name, String fingerprint, Instant since, Set<String> others) {

        /** Copies the set. */
        public Mark {
            others = Set.copyOf(others);
        }

        /**
         * Whether a job may be the one that is looked for.
         *
         * @param skew between the clock of the service and that of this machine
         */
        public boolean fits(Job job, Duration skew) {
            boolean young = job.created() == null || !job.created().isBefore(since.minus(skew));
            return young && name.equals(job.name()) && !others.contains(job.id());
        }

        /** One beside which no others are known. */
        public Mark(String name, String fingerprint, Instant since) {
            this(name, fingerprint, since, Set.of());
        }
    }
}
