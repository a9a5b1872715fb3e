package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.KnownJobs;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Call;

/** The batch jobs of Vertex AI. Requests and results are files in Cloud Storage. */
final class VertexBatches implements ImageBatches {

    private static final int JOBS_OF_A_PAGE = 100;
    /** The largest difference between the clock of the service and the local clock. */
    private static final Duration SKEW = Duration.ofHours(1);

    /** Besides results there may be files with errors that belong to no line. */
    private static final Pattern RESULTS =
            Pattern.compile("(.*/)?predictions?[^/]*\\.jsonl|(.*/)?prediction\\.results-[^/]*");

    private final BatchCalls calls;
    private final VertexApi api;
    private final CloudStorage storage;

    VertexBatches(BatchCalls calls, VertexApi api, CloudStorage storage) {
        this.calls = calls;
        this.api = api;
        this.storage = storage;
    }

    @Override
    public void check(ImageRequest request) {
        SurfaceCheck.check(request, Surface.VERTEX);
        GoogleBatches.checkOnePicture(request);
    }

    @Override
    public JobDraft draft() {
        return new VertexDraft(calls, api, storage);
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return calls.onWorker(track -> find(mark, track), found -> {});
    }

    private Optional<Job> find(Mark mark, Consumer<Call> track) {
        String page = null;
        for (int searched = 0; searched < GoogleBatches.PAGES_SEARCHED; searched++) {
            JobPage jobs = VertexJob.page(api.list(mark.name(), page, JOBS_OF_A_PAGE, track));
            Optional<Job> found =
                    jobs.jobs().stream().filter(job -> mark.fits(job, SKEW)).findFirst();
            if (found.isPresent() || jobs.next() == null) {
                return found;
            }
            page = jobs.next();
        }
        throw KnownJobs.unclear("Vertex AI", " does not end", mark);
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return calls.onWorker(track -> VertexJob.job(api.get(id, track)), job -> {});
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return calls.onWorker(track -> VertexJob.page(api.list(null, cursor, most, track)), page -> {});
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        return calls.onWorker(
                track -> {
                    Job job = VertexJob.job(api.get(id, track));
                    if (job.state().isDone()) {
                        return job;
                    }
                    try {
                        api.cancel(id, track);
                    } catch (InvalidRequestException e) {
                        // The job may have ended meanwhile.
                        job = VertexJob.job(api.get(id, track));
                        if (job.state().isDone()) {
                            return job;
                        }
                        throw e;
                    }
                    return VertexJob.job(api.get(id, track));
                },
                job -> {});
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return calls.onWorker(
                track -> {
                    JsonNode job = api.get(id, track);
                    List<String> files = files(VertexJob.outputOf(job), track);
                    if (files.isEmpty()) {
                        if (VertexJob.job(job).state() == JobState.SUCCEEDED) {
                            throw GoogleBatches.notNamedYet(id);
                        }
                        return JobResults.NONE;
                    }
                    Function<String, Asked> known = GoogleResults.known(asked, VertexJob.modelOf(job));
                    return new VertexResults(files, VertexJob.results(job), storage, known, calls);
                },
                JobResults::close);
    }

    /**
     * @param output folder of results, or null
     */
    private List<String> files(String output, Consumer<Call> track) {
        return output == null
                ? List.of()
                : storage.below(output, track).stream()
                        .filter(name -> RESULTS.matcher(name).matches())
                        .sorted()
                        .toList();
    }
}
