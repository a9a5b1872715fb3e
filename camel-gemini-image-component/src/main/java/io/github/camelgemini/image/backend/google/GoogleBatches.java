package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.RequestBody;

/** The batches of the Developer API: many requests in one job, at half the price. */
final class GoogleBatches implements ImageBatches {

    private static final Pattern NAME = Pattern.compile("batches/[A-Za-z0-9._-]{1,200}");
    private static final Pattern FILE = Pattern.compile("files/[A-Za-z0-9._-]{1,200}");
    /** The API's list has no search; whose batch is not among so many of the newest was not made. */
    private static final int PAGES_SEARCHED = 50;

    private static final int JOBS_OF_A_PAGE = 100;
    /** Between clocks here and there. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final StreamingClient client;
    private final BatchesApi api;
    private final FilesApi files;
    private final InlineLimits limits;
    private final ReferenceUploads uploads;
    private final ServiceMeans means;
    private final ModelCatalog catalog;
    private final PictureFetch fetch;

    GoogleBatches(
            StreamingClient client,
            BatchesApi api,
            FilesApi files,
            InlineLimits limits,
            ReferenceUploads uploads,
            ServiceMeans means,
            ModelCatalog catalog,
            PictureFetch fetch) {
        this.client = client;
        this.api = api;
        this.files = files;
        this.limits = limits;
        this.uploads = uploads;
        this.means = means;
        this.catalog = catalog;
        this.fetch = fetch;
    }

    @Override
    public void check(ImageRequest request) {
        SurfaceCheck.check(request, client.surface());
    }

    @Override
    public JobDraft draft() {
        return new GoogleDraft(this, means.store());
    }

    /** As {@code generate} would send it, with its large pictures uploaded. Blocks. */
    RequestBody body(ImageRequest request) {
        Set<ReferenceImage.Inline> large = limits.toUploadForBatch(request);
        ImageRequest sent =
                large.isEmpty() ? request : uploads.upload(request, large).join();
        limits.check(sent);
        return client.body(sent);
    }

    /** The name of the model as the API has it. */
    String model(ImageRequest request) {
        return catalog.find(request.model())
                .map(model -> model.nameAtService())
                .orElse(request.model())
                .replaceFirst("^models/", "");
    }

    BatchesApi api() {
        return api;
    }

    FilesApi files() {
        return files;
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return onWorker(track -> find(mark, track), found -> {});
    }

    private Optional<Job> find(Mark mark, Consumer<Call> track) {
        String page = null;
        for (int searched = 0; searched < PAGES_SEARCHED; searched++) {
            JobPage jobs = page(api.list(page, JOBS_OF_A_PAGE, track));
            Optional<Job> found = jobs.jobs().stream()
                    .filter(job -> mark.name().equals(job.name()))
                    .findFirst();
            boolean older = !jobs.jobs().isEmpty()
                    && jobs.jobs().stream()
                            .allMatch(job -> job.created() != null
                                    && job.created().isBefore(mark.since().minus(SKEW)));
            if (found.isPresent() || jobs.next() == null || older) {
                return found;
            }
            page = jobs.next();
        }
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return onWorker(track -> job(api.get(checked(id), track)), job -> {});
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return onWorker(track -> page(api.list(cursor, most, track)), page -> {});
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        return onWorker(
                track -> {
                    Job job = job(api.get(checked(id), track));
                    if (job.state().isDone()) {
                        return job;
                    }
                    api.cancel(id, track);
                    return job(api.get(id, track));
                },
                job -> {});
    }

    private static String checked(String id) {
        if (!NAME.matcher(id).matches()) {
            throw new BatchNotFoundException(
                    "No batch has the id '" + id + "'; those of Google are like batches/abc123", ProviderError.NONE);
        }
        return id;
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return onWorker(
                track -> {
                    JsonNode operation = api.get(checked(id), track);
                    String model = modelOf(operation);
                    Function<String, Asked> known = key -> {
                        Asked remembered = asked.apply(key);
                        return remembered == null ? new Asked(model, null, 0, ServiceTier.STANDARD, true) : remembered;
                    };
                    String file = fileOf(operation);
                    if (file != null) {
                        if (!FILE.matcher(file).matches()) {
                            throw new InvalidRequestException(
                                    "Google names the results of " + id + " in a way that is none of a file");
                        }
                        return GoogleResults.ofFile(api.download(file, track), known, this);
                    }
                    return hasInline(operation)
                            ? GoogleResults.inline(api.open(id, track), known, this)
                            : JobResults.NONE;
                },
                JobResults::close);
    }

    private static String fileOf(JsonNode operation) {
        for (JsonNode output :
                List.of(operation.at("/metadata/output"), operation.path("response"), operation.at("/metadata/dest"))) {
            for (String name : List.of("responsesFile", "responses_file", "fileName")) {
                if (output.path(name).isTextual()) {
                    return output.path(name).asText();
                }
            }
        }
        return null;
    }

    private static boolean hasInline(JsonNode operation) {
        return operation.at("/metadata/output").has("inlinedResponses")
                || operation.path("response").has("inlinedResponses");
    }

    private static String modelOf(JsonNode operation) {
        return operation.at("/metadata/model").asText("").replaceFirst("^models/", "");
    }

    static Job job(JsonNode operation) {
        JsonNode facts = operation.path("metadata");
        JsonNode stats = facts.path("batchStats");
        String failure = operation.at("/error/message").asText(null);
        return new Job(
                operation.path("name").asText(),
                facts.path("displayName").asText(null),
                state(facts.path("state").asText(""), operation),
                count(stats, "requestCount"),
                count(stats, "successfulRequestCount"),
                count(stats, "failedRequestCount"),
                -1,
                time(facts, "createTime"),
                time(facts, "endTime"),
                failure);
    }

    private static JobState state(String word, JsonNode operation) {
        String bare = word.replaceFirst("^(BATCH|JOB)_STATE_", "");
        return switch (bare) {
            case "PENDING", "QUEUED" -> JobState.PENDING;
            case "SUCCEEDED", "PARTIALLY_SUCCEEDED" -> JobState.SUCCEEDED;
            case "FAILED" -> JobState.FAILED;
            case "CANCELLED" -> JobState.CANCELLED;
            case "EXPIRED" -> JobState.EXPIRED;
            default ->
                operation.path("done").asBoolean() && operation.has("error") ? JobState.FAILED : JobState.RUNNING;
        };
    }

    /** The API has 64-bit numbers as text. */
    private static long count(JsonNode stats, String name) {
        return stats.isObject() ? stats.path(name).asLong(0) : -1;
    }

    private static Instant time(JsonNode facts, String name) {
        try {
            return facts.has(name) ? Instant.parse(facts.path(name).asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static JobPage page(JsonNode list) {
        List<Job> jobs = new ArrayList<>();
        list.path("operations").forEach(operation -> jobs.add(job(operation)));
        String next = list.path("nextPageToken").asText("");
        return new JobPage(jobs, next.isEmpty() ? null : next);
    }

    ModelCatalog catalog() {
        return catalog;
    }

    PictureFetch fetch() {
        return fetch;
    }

    ServiceMeans means() {
        return means;
    }

    /** Runs calls on a thread of its own; cancelling the future ends the one that is under way. */
    <T> CompletableFuture<T> onWorker(Work<T> work, Consumer<T> discard) {
        Executor workers = means.workers();
        Tracked tracked = new Tracked();
        CompletableFuture<T> result = new CompletableFuture<>();
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                tracked.cancel();
            }
        });
        workers.execute(() -> {
            try {
                T answer = work.run(tracked);
                if (!result.complete(answer)) {
                    discard.accept(answer);
                }
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Calls one after another. */
    interface Work<T> {
        T run(Consumer<Call> track) throws IOException;
    }

    private static final class Tracked implements Consumer<Call> {

        private Call call;
        private boolean cancelled;

        @Override
        public synchronized void accept(Call next) {
            call = next;
            if (cancelled) {
                next.cancel();
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (call != null) {
                call.cancel();
            }
        }
    }
}
