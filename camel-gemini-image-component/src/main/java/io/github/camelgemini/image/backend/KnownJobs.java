package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The jobs of a queue that belong to known submissions, and the submissions that are still unanswered. This keeps a job
 * from being taken for the lost job of another submission with the same content. Thread-safe.
 */
public final class KnownJobs {

    private static final int REMEMBERED = 10_000;

    /** Names of submissions by job id. */
    private final Map<String, String> names = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** By fingerprint; a future completes when the job of its submission is known. */
    private final Map<String, List<CompletableFuture<Void>>> underWay = new HashMap<>();

    /**
     * Submits a job. The job becomes known when the submission is answered.
     *
     * @param name of the submission
     * @param fingerprint of its content
     * @param post sends it without blocking the caller
     */
    public CompletableFuture<Job> submit(String name, String fingerprint, Supplier<CompletableFuture<Job>> post) {
        CompletableFuture<Void> known = new CompletableFuture<>();
        synchronized (this) {
            underWay.computeIfAbsent(fingerprint, any -> new ArrayList<>()).add(known);
        }
        CompletableFuture<Job> submission;
        try {
            submission = post.get();
        } catch (Throwable e) {
            submission = CompletableFuture.failedFuture(e);
        }
        submission.whenComplete((job, failure) -> {
            ended(name, fingerprint, known, job);
            // Not earlier: whoever waits for this future immediately checks whose the jobs are.
            known.complete(null);
        });
        return submission;
    }

    private synchronized void ended(String name, String fingerprint, CompletableFuture<Void> known, Job job) {
        if (job != null) {
            names.putIfAbsent(job.id(), name);
        }
        underWay.computeIfPresent(fingerprint, (same, all) -> {
            all.remove(known);
            return all.isEmpty() ? null : all;
        });
    }

    /**
     * The jobs of the service that are searched for a lost one.
     *
     * @param same jobs with the same content, the newest first
     * @param unclear ids of jobs whose content the service does not show
     * @param whole false if the service may have more of them
     */
    public record Listed(List<Job> same, List<String> unclear, boolean whole) {

        /** Copies the lists. */
        public Listed {
            same = List.copyOf(same);
            unclear = List.copyOf(unclear);
        }
    }

    /**
     * Assigns a job to a submission whose answer was lost. First waits for all submissions of the same content that are
     * still unanswered, since each of the jobs may be theirs.
     *
     * @param title of the service
     * @return empty if all jobs belong to others. Fails with a {@link ServiceUnavailableException} if that is not
     *     certain, because another submission might be billed again.
     */
    public CompletableFuture<Optional<Job>> take(Listed listed, ImageBatches.Mark mark, String title) {
        CompletableFuture<?>[] others;
        synchronized (this) {
            others = underWay.getOrDefault(mark.fingerprint(), List.of()).toArray(CompletableFuture[]::new);
        }
        return Steps.apply(CompletableFuture.allOf(others), answered -> taken(listed, mark, title));
    }

    private synchronized Optional<Job> taken(Listed listed, ImageBatches.Mark mark, String title) {
        Optional<Job> taken = taken(listed.same(), mark.name());
        boolean clear = listed.whole()
                && listed.unclear().stream()
                        .allMatch(id -> mark.others().contains(id)
                                || !names.getOrDefault(id, mark.name()).equals(mark.name()));
        if (taken.isEmpty() && !clear) {
            throw unclear(title, listed.whole() ? " does not show what all its jobs contain" : " does not end", mark);
        }
        return taken;
    }

    /**
     * The failure when a list does not show whether it contains the request. Another submission might be billed again.
     *
     * @param title of the service
     * @param why what the list does not show
     */
    public static ServiceUnavailableException unclear(String title, String why, ImageBatches.Mark mark) {
        return new ServiceUnavailableException(
                "The list of " + title + why
                        + ", so it is unknown whether the request was accepted. Check at the service"
                        + " what was submitted since "
                        + mark.since().truncatedTo(ChronoUnit.SECONDS)
                        + ". If the request is there, get it by batchResults with its id as batchId. If it is not there,"
                        + " submit the request again; if it belongs to a batch, first cancel that batch, then use"
                        + " another batch id",
                Duration.ZERO,
                ProviderError.NONE,
                null);
    }

    /**
     * Takes the job that already belongs to the submission, or else the oldest unclaimed one: a newer job more likely
     * belongs to a later submission.
     */
    private Optional<Job> taken(List<Job> jobs, String name) {
        Job oldest = null;
        for (Job job : jobs) {
            String known = names.get(job.id());
            if (name.equals(known)) {
                return Optional.of(job);
            }
            oldest = known == null ? job : oldest;
        }
        if (oldest != null) {
            names.put(oldest.id(), name);
        }
        return Optional.ofNullable(oldest);
    }
}
