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
 * The jobs of a service. Each method makes one call. The component retries all calls that may be repeated, which means
 * all except {@link JobDraft#submit}. A job that the service does not know is a {@link
 * io.github.camelgemini.image.error.BatchNotFoundException}.
 */
public interface ImageBatches {

    /**
     * Refuses a request that {@code generate} supports but a job does not.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException names the parameter
     */
    void check(ImageRequest request);

    /** Begins a job. The caller closes the draft, whether it was submitted or not. */
    JobDraft draft();

    /**
     * Looks for a job whose submission was not answered.
     *
     * @return empty when the service has no such job
     */
    CompletableFuture<Optional<Job>> find(Mark mark);

    /**
     * Gives the state of a job.
     *
     * @param id as in {@link Job#id()}
     */
    CompletableFuture<Job> retrieve(String id);

    /**
     * Lists jobs, the newest first.
     *
     * @param cursor of this page, or null for the first
     * @param most the largest number of jobs; the service may give fewer
     */
    CompletableFuture<JobPage> list(String cursor, int most);

    /**
     * Asks the service to cancel a job. Pictures that are finished may be billed, and can still be fetched.
     *
     * @return the state of the job now; it may end later
     */
    CompletableFuture<Job> cancel(String id);

    /**
     * Opens the results of a job, whatever its final state. The reader takes one result after another from the
     * connection. A service without results gives an empty list.
     *
     * @param asked the request data by key; null for unknown keys, whose price is then taken from what the service says
     */
    CompletableFuture<JobResults> results(String id, Function<String, Asked> asked);

    /**
     * The data by which a job is found again if the answer to its submission was lost.
     *
     * @param name given to the job; unique, up to 100 characters of {@code A-Za-z0-9._-}
     * @param fingerprint of the requests, for services without job names; see {@link JobDraft#fingerprint}
     * @param since the earliest time at which the job can have been created
     * @param others ids of jobs that belong to other submissions, which may have the same requests
     */
    record Mark(String name, String fingerprint, Instant since, Set<String> others) {

        /** Copies the set. */
        public Mark {
            others = Set.copyOf(others);
        }

        /**
         * Whether a job may be the one that is looked for.
         *
         * @param skew largest difference between the clock of the service and the local clock
         */
        public boolean fits(Job job, Duration skew) {
            boolean young = job.created() == null || !job.created().isBefore(since.minus(skew));
            return young && name.equals(job.name()) && !others.contains(job.id());
        }

        /** A mark without known jobs of other submissions. */
        public Mark(String name, String fingerprint, Instant since) {
            this(name, fingerprint, since, Set.of());
        }
    }
}
