package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelgemini.image.backend.KnownJobs;
import io.github.camelgemini.image.backend.OneResult;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.backend.http.UploadedReferences;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ReferenceImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * The requests of GMI Cloud: jobs with one request each. They have no names. If a submission was not answered, its job
 * is found by the payload; a job that already has another name is not taken.
 */
final class GmiRequests implements ImageBatches {

    private static final MediaType JSON = MediaType.get("application/json");
    /** The largest difference between the clock of the service and the local clock. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int METHOD_NOT_ALLOWED = 405;
    /** The fields in which an answer may contain its list. */
    private static final List<String> LISTS = List.of("requests", "items", "data", "results");

    private final GmiApi api;
    private final ModelCatalog catalog;
    private final UploadedReferences references;
    private final PictureFetch fetch;
    private final KnownJobs known = new KnownJobs();

    GmiRequests(GmiApi api, ModelCatalog catalog, ServiceMeans means) {
        this.api = api;
        this.catalog = catalog;
        this.references = new UploadedReferences(api.calls(), new UploadedReferences.Places() {
            @Override
            public CompletableFuture<UploadedReferences.Place> find(ReferenceImage.Inline image) {
                return place(image);
            }

            @Override
            public CompletableFuture<Boolean> isThere(UploadedReferences.Place place) {
                return references.isAtItsAddress(place);
            }
        });
        // The route has chosen this server, so its pictures may also be in a private network.
        this.fetch =
                (uri, by) -> means.pictures().fetch(uri, api.calls().isOfServer(uri) ? PictureFetch.By.SERVER : by);
    }

    /**
     * The content type must be announced, and then be sent in the same spelling: {@code jpeg} and {@code image/jpeg}.
     */
    private CompletableFuture<UploadedReferences.Place> place(ReferenceImage.Inline image) {
        String type = image.mimeType().replaceFirst("^.*/", "");
        String json =
                JsonNodeFactory.instance.objectNode().put("file_type", type).toString();
        CompletableFuture<JsonNode> told = api.post(
                "/upload-url",
                RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON),
                api.calls().context().about("for an upload"));
        return Steps.apply(
                told,
                answer -> new UploadedReferences.Place(
                        answer.path("uploadUrl").asText(""),
                        "image/" + type,
                        answer.path("publicUrl").asText(""),
                        ""));
    }

    @Override
    public void check(ImageRequest request) {
        // The traits say what the service takes.
    }

    @Override
    public JobDraft draft() {
        return new GmiDraft(api, catalog, references, known);
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        String model = GmiFingerprint.modelOf(mark.fingerprint());
        String path = "/requests" + (model == null ? "" : "?model_id=" + HttpCalls.segment(model));
        Instant oldest = mark.since().minus(SKEW);
        CompletableFuture<KnownJobs.Listed> listed = Steps.apply(all(path), all -> {
            List<Job> same = new ArrayList<>();
            List<String> unclear = new ArrayList<>();
            boolean reached = false;
            for (GmiRequest request : all.requests()) {
                boolean older = request.created() != null && request.created().isBefore(oldest);
                reached |= older;
                if (!older && (!request.payload().isObject() || request.model() == null)) {
                    unclear.add(request.id());
                } else if (!older && isSame(request, mark)) {
                    same.add(job(request));
                }
            }
            return new KnownJobs.Listed(same, unclear, all.whole() || reached && all.newestFirst());
        });
        return Steps.then(listed, all -> known.take(all, mark, GmiTraits.TRAITS.title()), job -> {});
    }

    private static boolean isSame(GmiRequest request, Mark mark) {
        return !mark.others().contains(request.id())
                && GmiFingerprint.of(request.model(), request.payload()).equals(mark.fingerprint());
    }

    private Job job(GmiRequest request) {
        return request.job(request.said(), api.calls().redact(request.error()));
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return Steps.apply(request(id), request -> {
            ResponseJson.discard(request.json());
            return request.job(request.state(), api.calls().redact(request.error()));
        });
    }

    private CompletableFuture<GmiRequest> request(String id) {
        return Steps.apply(ofBatch(api.get(path(id), about(id)), id), GmiRequest::new);
    }

    private static String path(String id) {
        return "/requests/" + HttpCalls.segment(id);
    }

    private ErrorContext about(String id) {
        return api.calls().context().about("for request " + id);
    }

    /** Status 404 means an unknown request here, not an unknown model. */
    private static <T> CompletableFuture<T> ofBatch(CompletableFuture<T> call, String id) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Steps.endWith(result, call);
        call.whenComplete((answer, failure) -> {
            Throwable cause = failure == null ? null : Steps.cause(failure);
            if (cause instanceof ModelNotFoundException unknown) {
                result.completeExceptionally(new BatchNotFoundException(
                        "GMI Cloud has no request '" + id + "'",
                        new ProviderError(
                                unknown.getHttpStatus(),
                                unknown.getProviderStatus(),
                                unknown.getProviderMessage(),
                                null)));
            } else if (cause != null) {
                result.completeExceptionally(cause);
            } else {
                result.complete(answer);
            }
        });
        return result;
    }

    /** The service has no pages, so this takes a part of the whole list. */
    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        int from = from(cursor);
        return Steps.apply(all("/requests"), all -> {
            List<GmiRequest> requests = all.requests();
            List<Job> jobs =
                    requests.stream().skip(from).limit(most).map(this::job).toList();
            int to = from + jobs.size();
            return new JobPage(jobs, to < requests.size() ? String.valueOf(to) : null);
        });
    }

    private static int from(String cursor) {
        try {
            return cursor == null ? 0 : Math.max(0, Integer.parseInt(cursor));
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("'" + cursor + "' is not a page of the list of GMI Cloud");
        }
    }

    /**
     * Requests as the service lists them.
     *
     * @param requests the newest first, without the payloads of their pictures
     * @param whole whether the list is complete
     * @param newestFirst whether the service had listed them in this order
     */
    private record Listing(List<GmiRequest> requests, boolean whole, boolean newestFirst) {}

    private CompletableFuture<Listing> all(String path) {
        return Steps.apply(api.get(path, api.calls().context().about("for its requests")), answer -> {
            ResponseJson.discard(answer);
            List<GmiRequest> requests = new ArrayList<>();
            JsonNode items = listed(answer);
            for (JsonNode item : items) {
                GmiRequest request = new GmiRequest(item);
                if (request.hasId()) {
                    requests.add(request);
                }
            }
            List<GmiRequest> sorted = requests.stream()
                    .sorted(Comparator.comparing(GmiRequest::created, Comparator.nullsLast(Comparator.reverseOrder())))
                    .toList();
            boolean whole = requests.size() == items.size() && !saysMore(answer, items.size());
            return new Listing(sorted, whole, sorted.equals(requests));
        });
    }

    /** The list, in any of the forms that clients have seen. */
    private static JsonNode listed(JsonNode answer) {
        for (String field : LISTS) {
            JsonNode list = answer.path(field);
            if (list.isArray() || list.isNull()) {
                return list;
            }
            if (list.isObject()) {
                return listed(list);
            }
        }
        if (!answer.isArray()) {
            // A job may be missing from a list in an unknown form although it exists and is billed.
            throw new MalformedResponseException(
                    "GMI Cloud lists its requests in an unknown format", ProviderError.NONE, null);
        }
        return answer;
    }

    /** Pages are not documented. Whether there are more is read from field names that APIs commonly use. */
    private static boolean saysMore(JsonNode answer, int listed) {
        for (JsonNode envelope = answer; envelope.isObject(); ) {
            for (String field : List.of("hasMore", "hasNext", "hasNextPage", "next", "nextCursor", "nextPageToken")) {
                JsonNode more = envelope.path(field);
                if (more.asBoolean() || more.isTextual() && !more.asText().isEmpty()) {
                    return true;
                }
            }
            for (String field : List.of("total", "totalCount", "totalItems")) {
                if (envelope.path(field).asLong() > listed) {
                    return true;
                }
            }
            JsonNode inner = MissingNode.getInstance();
            for (String field : LISTS) {
                inner = inner.isMissingNode() ? envelope.path(field) : inner;
            }
            envelope = inner;
        }
        return false;
    }

    /** As clients do it. Whether the service supports it is not documented. */
    @Override
    public CompletableFuture<Job> cancel(String id) {
        CompletableFuture<Job> result = new CompletableFuture<>();
        CompletableFuture<JsonNode> cancelled = api.delete(path(id), about(id));
        Steps.endWith(result, cancelled);
        cancelled.whenComplete((answer, failure) -> {
            Throwable cause = failure == null ? null : Steps.cause(failure);
            if (answer != null) {
                ResponseJson.discard(answer);
            }
            if (cause instanceof RetryableError) {
                result.completeExceptionally(cause);
                return;
            }
            CompletableFuture<Job> retrieved = retrieve(id);
            Steps.endWith(result, retrieved);
            retrieved.whenComplete((job, unseen) -> {
                if (unseen != null) {
                    result.completeExceptionally(Steps.cause(unseen));
                } else if (cause == null || job.state().isDone()) {
                    result.complete(job);
                } else {
                    result.completeExceptionally(impossible(id, cause));
                }
            });
        });
        return result;
    }

    private static Throwable impossible(String id, Throwable cause) {
        boolean none = cause instanceof ModelNotFoundException
                || cause instanceof GeminiImageException known && known.getHttpStatus() == METHOD_NOT_ALLOWED;
        return none
                ? new InvalidRequestException(
                        "GMI Cloud cannot cancel request " + id + ". It continues and is billed", cause)
                : cause;
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return Steps.then(
                request(id), request -> CompletableFuture.completedFuture(results(request, asked)), JobResults::close);
    }

    private JobResults results(GmiRequest request, Function<String, Asked> asked) {
        JobState state = request.state();
        Asked what = asked.apply(null);
        if (state == JobState.SUCCEEDED) {
            return new OneResult(new GmiPictures(request, what, catalog, fetch).result());
        }
        ResponseJson.discard(request.json());
        if (state == JobState.FAILED) {
            return OneResult.failed(GmiFailure.ofRequest(
                    request.id(),
                    api.calls().redact(request.error()),
                    what == null ? String.valueOf(request.model()) : what.model()));
        }
        if (request.said() == JobState.SUCCEEDED) {
            throw new ServiceUnavailableException(
                    "GMI Cloud completed request " + request.id() + ", but does not give the address of the image yet",
                    Duration.ZERO,
                    ProviderError.ofModel(request.model()),
                    null);
        }
        return JobResults.NONE;
    }
}
