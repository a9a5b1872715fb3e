package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.KnownJobs;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Call;

/** The batches of the Developer API: many requests in one job, at half the price. */
final class GoogleBatches implements ImageBatches {

    private static final Pattern NAME = Pattern.compile("batches/[A-Za-z0-9._-]{1,200}");
    private static final Pattern FILE = Pattern.compile("files/[A-Za-z0-9._-]{1,200}");
    /**
     * The API has no search. If a batch is not among so many entries of the list, nobody knows whether it was created.
     */
    static final int PAGES_SEARCHED = 50;

    private static final int JOBS_OF_A_PAGE = 100;
    /** The largest difference between the clock of the service and the local clock. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final BatchCalls calls;
    private final BatchesApi api;
    private final FilesApi files;

    /**
     * @param files uploads requests that do not fit into a call
     */
    GoogleBatches(BatchCalls calls, BatchesApi api, FilesApi files) {
        this.calls = calls;
        this.api = api;
        this.files = files;
    }

    @Override
    public void check(ImageRequest request) {
        SurfaceCheck.check(request, Surface.DEVELOPER);
        checkOnePicture(request);
    }

    static void checkOnePicture(ImageRequest request) {
        if (request.get(Parameter.NUM_IMAGES).orElse(1) > 1) {
            throw new InvalidRequestException(
                    "numImages '" + request.get(Parameter.NUM_IMAGES).orElseThrow()
                            + "' must be 1 in a batch of Google; add one request for each image");
        }
    }

    @Override
    public JobDraft draft() {
        return new GoogleDraft(calls, api, files);
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return calls.onWorker(track -> find(mark, track), found -> {});
    }

    private Optional<Job> find(Mark mark, Consumer<Call> track) {
        String page = null;
        for (int searched = 0; searched < PAGES_SEARCHED; searched++) {
            JobPage jobs = BatchOperation.page(api.list(page, JOBS_OF_A_PAGE, track));
            Optional<Job> found =
                    jobs.jobs().stream().filter(job -> mark.fits(job, SKEW)).findFirst();
            if (found.isPresent()
                    || jobs.next() == null
                    || areOlder(jobs.jobs(), mark.since().minus(SKEW))) {
                return found;
            }
            page = jobs.next();
        }
        throw KnownJobs.unclear("Google", " does not end", mark);
    }

    /** Whether all following jobs are older. The order of the list is not documented, so it is checked. */
    private static boolean areOlder(List<Job> jobs, Instant time) {
        Instant before = Instant.MAX;
        for (Job job : jobs) {
            Instant created = job.created();
            if (created == null || !created.isBefore(time) || created.isAfter(before)) {
                return false;
            }
            before = created;
        }
        return !jobs.isEmpty();
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return calls.onWorker(track -> BatchOperation.job(api.get(checked(id), track)), job -> {});
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return calls.onWorker(track -> BatchOperation.page(api.list(cursor, most, track)), page -> {});
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        return calls.onWorker(
                track -> {
                    Job job = BatchOperation.job(api.get(checked(id), track));
                    if (job.state().isDone()) {
                        return job;
                    }
                    try {
                        api.cancel(id, track);
                    } catch (InvalidRequestException e) {
                        // The batch may have ended meanwhile.
                        job = BatchOperation.job(api.get(id, track));
                        if (job.state().isDone()) {
                            return job;
                        }
                        throw e;
                    }
                    return BatchOperation.job(api.get(id, track));
                },
                job -> {});
    }

    /** Finished pictures are billed, so no request counts as lost while the results may still appear. */
    static ServiceUnavailableException notNamedYet(String id) {
        return new ServiceUnavailableException(
                "Batch " + id + " has succeeded, but has no results yet; they are polled again",
                Duration.ZERO,
                ProviderError.NONE,
                null);
    }

    private static String checked(String id) {
        if (!NAME.matcher(id).matches()) {
            throw new BatchNotFoundException(
                    "No batch has the id '" + id + "'; ids of Google are like batches/abc123", ProviderError.NONE);
        }
        return id;
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return calls.onWorker(
                track -> {
                    JsonNode operation = api.get(checked(id), track);
                    String model = BatchOperation.modelOf(operation);
                    Function<String, Asked> known = GoogleResults.known(asked, model);
                    String file = BatchOperation.fileOf(operation);
                    if (file != null) {
                        if (!FILE.matcher(file).matches()) {
                            throw new MalformedResponseException(
                                    "Google returned a result name for " + id
                                            + " that is not a file of the Files API; other addresses are not followed",
                                    ProviderError.NONE,
                                    null);
                        }
                        long expected = BatchOperation.job(operation).requests();
                        return GoogleResults.ofFile(api.download(file, track), known, calls, expected);
                    }
                    if (BatchOperation.hasInline(operation)) {
                        return GoogleResults.inline(api.open(id, track), known, calls);
                    }
                    if (BatchOperation.job(operation).state() == JobState.SUCCEEDED) {
                        throw notNamedYet(id);
                    }
                    return JobResults.NONE;
                },
                JobResults::close);
    }
}
