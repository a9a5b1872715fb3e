package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The jobs of a service for tests, which does what a test tells it. */
public class Jobs implements ImageBatches {

    /** The outcome of a submission. */
    public record Fate(boolean made, GeminiImageException failure) {}

    private final int room;
    private final Deque<Fate> fates = new ArrayDeque<>();
    public final Map<String, List<String>> made = new LinkedHashMap<>();
    public final Map<String, Job> jobs = Collections.synchronizedMap(new LinkedHashMap<>());
    int draftsOpen;
    public int draftsBegun;
    public int submissions;
    /** Run for each submission that reaches the service. */
    public Runnable onSubmission = () -> {};
    /** The answer to submissions, in place of the job. */
    public volatile CompletableFuture<Job> answer;
    /** Jobs that cannot be cancelled, with the failure. */
    final Map<String, GeminiImageException> uncancellable = new LinkedHashMap<>();
    /** The last job that was looked for. */
    Mark looked;

    /**
     * @param room the most requests in a job
     */
    public Jobs(int room) {
        this.room = room;
    }

    /** Sets the outcome of the next submission that has none yet. */
    public Jobs next(boolean isMade, GeminiImageException failure) {
        fates.add(new Fate(isMade, failure));
        return this;
    }

    @Override
    public void check(ImageRequest request) {}

    @Override
    public JobDraft draft() {
        draftsOpen++;
        draftsBegun++;
        List<String> keys = new ArrayList<>();
        return new JobDraft() {
            @Override
            public boolean add(String key, ImageRequest request) {
                return keys.size() < room && keys.add(key);
            }

            @Override
            public String fingerprint() {
                return String.valueOf(keys.hashCode());
            }

            @Override
            public CompletableFuture<Job> submit(String name, URI webhook) {
                submissions++;
                Fate fate = fates.isEmpty() ? new Fate(true, null) : fates.pop();
                if (fate.made()) {
                    String id = "jobs/" + (made.size() + 1);
                    made.put(name, keys);
                    jobs.put(id, Job.of(id, name, JobState.PENDING));
                }
                onSubmission.run();
                if (answer != null) {
                    return answer;
                }
                return fate.failure() == null
                        ? CompletableFuture.completedFuture(job(name).orElseThrow())
                        : CompletableFuture.failedFuture(fate.failure());
            }

            @Override
            public void close() {
                draftsOpen--;
            }
        };
    }

    private Optional<Job> job(String name) {
        return jobs.values().stream().filter(job -> name.equals(job.name())).findFirst();
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        looked = mark;
        return CompletableFuture.completedFuture(job(mark.name()));
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        Job job = jobs.get(id);
        return job == null
                ? CompletableFuture.failedFuture(new BatchNotFoundException("no job " + id, ProviderError.NONE))
                : CompletableFuture.completedFuture(job);
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return CompletableFuture.completedFuture(new JobPage(List.copyOf(jobs.values()), null));
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        if (uncancellable.containsKey(id)) {
            return CompletableFuture.failedFuture(uncancellable.get(id));
        }
        jobs.computeIfPresent(id, (same, job) -> Job.of(id, job.name(), JobState.CANCELLED));
        return retrieve(id);
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return CompletableFuture.completedFuture(JobResults.NONE);
    }
}
