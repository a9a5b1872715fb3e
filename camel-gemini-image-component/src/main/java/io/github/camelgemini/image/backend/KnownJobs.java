package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.backend.batch.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Jobs of a queue whose ids submissions were told, and submissions that are not answered yet, so that no job is taken for the lost
 * one of another submission of the same content. Thread-safe.
 */
public final class KnownJobs {

    private static final int REMEMBERED = 10_000;

    /** Names of submissions by ids of jobs. */
    private final Map<String, String> names = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Done when the job is known of a submission, by fingerprint. */
    private final Map<String, List<CompletableFuture<Void>>> underWay = new HashMap<>();

    /**
     * Submits a job, which is known from the moment at which its submission is answered.
     *
     * @param name of the submission
     * @param fingerprint of its content
     * @param post sends it, without blocking the caller
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
            // Not before: whoever waits for this one looks at once at whose the jobs are.
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
     * Takes one of several jobs of the same content for a submission whose answer was lost. Waits until all submissions of this
     * content are answered that are under way now, since each of the jobs may be theirs.
     *
     * @param jobs all that the service has listed, the newest first
     * @return empty when all of them are of others
     */
    public CompletableFuture<Optional<Job>> take(List<Job> jobs, String fingerprint, String name) {
        CompletableFuture<?>[] others;
        synchronized (this) {
            others = jobs.isEmpty()
                    ? new CompletableFuture<?>[0]
                    : underWay.getOrDefault(fingerprint, List.of()).toArray(CompletableFuture[]::new);
        }
        return Steps.then(
                CompletableFuture.allOf(others),
                answered -> CompletableFuture.completedFuture(taken(jobs, name)),
                job -> {});
    }

    /** The one that it took before, else the oldest of nobody: a newer one is rather of somebody who came later. */
    private synchronized Optional<Job> taken(List<Job> jobs, String name) {
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
