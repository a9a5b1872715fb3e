package io.github.camelgemini.image.backend.inferencesh;

import io.github.camelgemini.image.backend.batch.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Tasks whose ids somebody was told, so that none is taken for the lost one of another submission of the same input. Thread-safe.
 */
final class KnownTasks {

    private static final int REMEMBERED = 10_000;

    /** Ids of tasks, and the names of their submissions. */
    private final Map<String, String> taken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final Map<String, List<CompletableFuture<Job>>> underWay = new HashMap<>();

    /** @param submission done when the service has answered, or its answer is lost */
    void submitting(String name, String fingerprint, CompletableFuture<Job> submission) {
        synchronized (this) {
            underWay.computeIfAbsent(fingerprint, any -> new ArrayList<>()).add(submission);
        }
        submission.whenComplete((job, failure) -> ended(name, fingerprint, submission, job));
    }

    private synchronized void ended(String name, String fingerprint, CompletableFuture<Job> submission, Job job) {
        if (job != null) {
            taken.put(job.id(), name);
        }
        underWay.computeIfPresent(fingerprint, (same, all) -> {
            all.remove(submission);
            return all.isEmpty() ? null : all;
        });
    }

    /** Done when no submission of this input waits for its answer, which may be of any task in the list of the service. */
    CompletableFuture<Void> answered(String fingerprint) {
        List<CompletableFuture<Job>> all;
        synchronized (this) {
            all = List.copyOf(underWay.getOrDefault(fingerprint, List.of()));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).handle((done, failure) -> null);
    }

    /** Somebody knows the task by its id. */
    synchronized void told(String id) {
        taken.putIfAbsent(id, "");
    }

    /** False when it is of another submission. */
    synchronized boolean take(String id, String name) {
        return taken.computeIfAbsent(id, any -> name).equals(name);
    }
}
