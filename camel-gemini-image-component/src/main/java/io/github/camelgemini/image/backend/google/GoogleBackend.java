package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auth.Retryable;
import com.google.genai.Client;
import io.github.camelgemini.image.backend.CallFailure;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.UnfinishedAnswerException;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.gemini.AnswerSoFar;
import io.github.camelgemini.image.backend.gemini.Answered;
import io.github.camelgemini.image.backend.gemini.CountTokensResponse;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ProgressListener;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Google's Gemini API, called with Google's SDK: the Developer API, Vertex AI, and gateways and emulators with the same
 * API. The SDK makes URLs, authentication and request JSON. Pictures bypass it in {@link PictureTransport}.
 */
final class GoogleBackend implements ImageBackend {

    /** The largest number of pages of the list of models; Google's has one. */
    private static final int MOST_PAGES = 100;
    /** The limit for the list of models, in bytes of heap: some hundred times the size of Google's. */
    private static final long MOST_KEPT = 8L << 20;

    private final SdkClient client;
    private final InlineLimits limits;
    /** Null if uploads are off. */
    private final ReferenceUploads uploads;
    /** Null if there are none. */
    private final ImageBatches batches;

    private final ModelCatalog catalog;
    private final Executor executor;
    private final PictureFetch fetch;
    private final ErrorContext context;

    private GoogleBackend(
            SdkClient client,
            InlineLimits limits,
            ReferenceUploads uploads,
            ImageBatches batches,
            ModelCatalog catalog,
            Executor executor,
            PictureFetch fetch) {
        this.context = GoogleError.context(client.surface());
        this.fetch = fetch;
        this.client = client;
        this.limits = limits;
        this.uploads = uploads;
        this.batches = batches;
        this.catalog = catalog;
        this.executor = executor;
    }

    /** A backend with its own connections; opens none yet. */
    static GoogleBackend connect(GoogleConnection connection, ServiceMeans means) {
        StreamingClient client = new StreamingClient(connection, means.store());
        ModelCatalog catalog = means.catalog().at(connection.surface().face());
        InlineLimits limits = new InlineLimits(catalog, connection.surface(), connection.referenceUpload());
        PictureFetch pictures = (uri, by) -> means.pictures()
                .fetch(uri, by == PictureFetch.By.SERVICE && connection.isOfServer(uri) ? PictureFetch.By.SERVER : by);
        if (connection.surface() == Surface.VERTEX) {
            ImageBatches jobs = vertexBatches(connection, client, limits, means, catalog, pictures);
            return new GoogleBackend(client, limits, null, jobs, catalog, means.workers(), pictures);
        }
        FilesApi files = new FilesApi(connection, client.http());
        ReferenceUploads uploads = new ReferenceUploads(files, means.workers(), means.timer());
        FilesApi requests = new FilesApi(connection, client.http(), "the requests of a batch");
        BatchesApi api = new BatchesApi(connection, client.http());
        BatchCalls calls = new BatchCalls(client, api.calls(), limits, uploads, means, catalog, pictures);
        GoogleBatches batches = new GoogleBatches(calls, api, requests);
        return new GoogleBackend(client, limits, uploads, batches, catalog, means.workers(), pictures);
    }

    /** Null if the route names no folder for the files of batches, or has no credentials for them. */
    private static ImageBatches vertexBatches(
            GoogleConnection connection,
            StreamingClient client,
            InlineLimits limits,
            ServiceMeans means,
            ModelCatalog catalog,
            PictureFetch pictures) {
        if (connection.batchGcsUri() == null || connection.project() == null || connection.credentials() == null) {
            return null;
        }
        VertexApi api = new VertexApi(connection, client.http());
        BatchCalls calls = new BatchCalls(client, api.calls(), limits, null, means, catalog, pictures);
        return new VertexBatches(calls, api, new CloudStorage(connection, client.http()));
    }

    /**
     * A backend with a client that the route author made and closes. Such a client cannot stream. Each picture is in
     * the heap several times: about 11 bytes for each byte received, 17 for each byte sent (google-genai 1.70.0). The
     * client's own retries and time-outs apply, and a call in flight cannot be cancelled.
     */
    static GoogleBackend using(Client client, ServiceMeans means) {
        SuppliedClient supplied = new SuppliedClient(client, means.store());
        ModelCatalog catalog = means.catalog().at(supplied.surface().face());
        InlineLimits limits = new InlineLimits(catalog, supplied.surface(), ReferenceUpload.INLINE);
        return new GoogleBackend(supplied, limits, null, null, catalog, means.workers(), means.pictures());
    }

    @Override
    public ServiceTraits traits() {
        return GoogleTraits.of(client.surface());
    }

    @Override
    public void check(ImageRequest request) {
        SurfaceCheck.check(request, client.surface());
        limits.check(request);
    }

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        return onWorker(
                request,
                (sent, transfer) -> {
                    JsonNode answer = call(sent.model(), transfer, () -> client.generate(named(sent), transfer));
                    return new Answered(
                                    sent,
                                    answer,
                                    transfer.serviceTier(),
                                    catalog,
                                    fetch,
                                    transfer::onCancel,
                                    broken -> failure(broken, sent.model(), null))
                            .result();
                },
                ImageResult::discard);
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        return onWorker(
                request,
                (sent, transfer) -> CountTokensResponse.read(
                        call(sent.model(), transfer, () -> client.countTokens(named(sent), transfer))),
                usage -> {});
    }

    /**
     * Uses the name that a catalog file gives the model, since a gateway may have other names. Resource names stay
     * unchanged.
     */
    private ImageRequest named(ImageRequest request) {
        return catalog.find(request.model())
                .filter(model -> !model.nameAtService().equals(model.id()))
                .map(model -> request.ofModel(model.nameAtService()))
                .orElse(request);
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        return onWorker(
                ProgressListener.NONE,
                transfer -> id == null
                        ? allModels(transfer)
                        : List.of(call(id, transfer, () -> client.model(id, transfer))),
                models -> {});
    }

    private List<JsonNode> allModels(Transfer transfer) {
        List<JsonNode> models = new ArrayList<>();
        long kept = 0;
        int pages = 0;
        String page = null;
        do {
            if (++pages > MOST_PAGES || kept > MOST_KEPT) {
                throw new MalformedResponseException(
                        "The list of models does not end: " + models.size() + " models in " + (pages - 1)
                                + " pages so far",
                        ProviderError.NONE,
                        null);
            }
            String wanted = page;
            JsonNode answer = call(null, transfer, () -> client.models(wanted, transfer));
            answer.path("models").forEach(models::add);
            answer.path("publisherModels").forEach(models::add);
            kept += ResponseJson.weight(answer);
            page = answer.path("nextPageToken").asText("");
        } while (!page.isEmpty());
        return models;
    }

    /** First uploads pictures that are too large for the request. */
    private <T> CompletableFuture<T> onWorker(
            ImageRequest request, BiFunction<ImageRequest, Transfer, T> call, Consumer<T> discard) {
        Set<ReferenceImage.Inline> large = limits.toUpload(request);
        if (large.isEmpty()) {
            return onWorker(request.progress(), transfer -> call.apply(request, transfer), discard);
        }
        CompletableFuture<ImageRequest> uploaded = uploads.upload(request, large);
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<T> unused = uploaded.thenCompose(smaller -> {
                    CompletableFuture<T> called =
                            onWorker(request.progress(), transfer -> call.apply(smaller, transfer), discard);
                    Steps.endWith(result, called);
                    return called;
                })
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(again(Steps.cause(failure)));
                    } else if (!result.complete(answer)) {
                        discard.accept(answer);
                    }
                });
        Steps.endWith(result, uploaded);
        return result;
    }

    /** A file that was deleted or expired early is uploaded again by the next attempt. */
    private Throwable again(Throwable failure) {
        boolean gone = failure instanceof ReferenceImageException refused
                && refused.getHttpStatus() == 403
                && uploads.forget(String.valueOf(refused.getProviderMessage()));
        return gone
                ? new ServiceUnavailableException(
                        "An uploaded reference image is no longer in the Files API: " + failure.getMessage(),
                        Duration.ZERO,
                        ProviderError.ofModel(((ReferenceImageException) failure).getModel()),
                        failure)
                : failure;
    }

    /**
     * Runs a call on a thread of its own; cancelling the future ends it.
     *
     * @param discard releases a result that nobody takes any more
     */
    private <T> CompletableFuture<T> onWorker(
            ProgressListener progress, Function<Transfer, T> call, Consumer<T> discard) {
        Transfer transfer = new Transfer(progress);
        CompletableFuture<T> result = new CompletableFuture<>();
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                transfer.cancel();
            }
        });
        executor.execute(() -> {
            try {
                T answer = call.apply(transfer);
                if (!result.complete(answer)) {
                    discard.accept(answer);
                }
            } catch (Throwable e) {
                boolean late = !result.completeExceptionally(e);
                if (late
                        && e instanceof UnfinishedAnswerException unfinished
                        && unfinished.next().answerSoFar() instanceof AnswerSoFar begun) {
                    begun.close();
                }
            }
        });
        return result;
    }

    /** A call of the SDK. */
    private interface SdkCall {
        void run() throws IOException;
    }

    private JsonNode call(String model, Transfer transfer, SdkCall call) {
        try {
            call.run();
        } catch (IOException | RuntimeException e) {
            // OkHttp rejects even a complete answer if its call was cancelled meanwhile.
            transfer.discard();
            throw failure(e, model, transfer.host());
        }
        if (transfer.error() != null) {
            String successor = model == null ? null : catalog.successorOf(model).orElse(null);
            throw GoogleError.toException(transfer.error(), context.forModel(model, successor));
        }
        return transfer.answer();
    }

    private GeminiImageException failure(Exception failure, String model, String host) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Retryable refresh && !refresh.isRetryable()) {
                return new AuthenticationException(
                        "Google issued no access token for the credentials of project or serviceAccountKey: "
                                + client.redact(cause.getMessage()),
                        ProviderError.ofModel(model),
                        failure);
            }
        }
        return new CallFailure(context.forModel(model, null), host, client::redact)
                .of(failure)
                .orElseGet(() -> new InvalidRequestException(
                        "The Google Gen AI SDK rejected the request: " + client.redact(failure.getMessage()),
                        ProviderError.ofModel(model),
                        failure));
    }

    @Override
    public ImageBatches batches() {
        if (batches == null) {
            throw new InvalidRequestException(
                    client.surface() == Surface.VERTEX
                            ? "Batches of Vertex AI use Cloud Storage: set batchGcsUri=gs://bucket/folder, and project"
                                    + " with credentials, because an API key gives no access to a bucket"
                            : "Batches are not possible with a client of your own; remove the option client");
        }
        return batches;
    }

    @Override
    public void close() {
        if (uploads != null) {
            uploads.close();
        }
        client.close();
    }
}
