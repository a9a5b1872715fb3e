package io.github.camelgemini.image.backend.aimlapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.http.HttpAnswer;
import io.github.camelgemini.image.backend.http.HttpCall;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Calls AI/ML API: sends JSON, reads JSON, and fetches the picture from the URL in the answer. */
final class AimlApiBackend implements ImageBackend {

    private static final String PATH = "/v1/images/generations";
    /** Fields that contain a picture. */
    private static final Set<String> PICTURES = Set.of("b64_json");

    private static final int LONGEST_ID = 128;
    private static final int OUT_OF_CREDITS = 403;

    private final HttpCalls calls;
    private final ModelCatalog catalog;
    private final PayloadStore store;
    private final PictureFetch fetch;

    AimlApiBackend(HttpCalls calls, ServiceMeans means) {
        this.calls = calls;
        this.catalog = means.catalog().at(AimlApiTraits.TRAITS.face());
        this.store = means.store();
        // The route has chosen this server, so its pictures may also be in a private network.
        this.fetch = (uri, by) -> means.pictures().fetch(uri, calls.isOfServer(uri) ? PictureFetch.By.SERVER : by);
    }

    @Override
    public ServiceTraits traits() {
        return AimlApiTraits.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {
        // The traits and the catalog are sufficient.
    }

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        HttpCall call;
        try {
            String model =
                    catalog.find(request.model()).map(ModelSpec::nameAtService).orElse(request.model());
            call = HttpCall.post(calls.uri(PATH), AimlApiRequest.body(request, model))
                    .header("Authorization", "Bearer " + calls.key())
                    .header("Accept", "application/json")
                    .header("X-Client-Request-Id", requestId(request))
                    .ofModel(request.model());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(LocalStorageException.or(
                    e, () -> new ReferenceImageException("A reference image cannot be sent: " + e.getMessage(), e)));
        }
        return Steps.then(
                calls.send(call, answer -> read(request, answer), AimlApiAnswer::discard),
                answer -> answer.result(fetch),
                ImageResult::discard);
    }

    /** The id in the format of the service, which silently ignores any other. */
    private static String requestId(ImageRequest request) {
        return request.exchangeId()
                .map(id -> id.replaceAll("[^A-Za-z0-9._:-]", "-"))
                .filter(id -> !id.isEmpty())
                .map(id -> id.substring(0, Math.min(id.length(), LONGEST_ID)))
                .orElse(null);
    }

    private AimlApiAnswer read(ImageRequest request, HttpAnswer answer) throws IOException {
        String retryAfter = answer.header("Retry-After");
        if (!answer.isSuccess()) {
            throw failure(ErrorResponse.read(answer.status(), calls.redact(answer.text()), retryAfter), request);
        }
        JsonNode json =
                ResponseJson.read(answer.body(), store, AnswerLimits.DEFAULT, request.progress()::receiving, PICTURES);
        if (json.path("data").isEmpty()) {
            Optional<ErrorResponse> error = error(json, retryAfter);
            if (error.isPresent()) {
                ResponseJson.discard(json);
                throw failure(error.get(), request);
            }
        }
        return new AimlApiAnswer(
                request,
                json,
                catalog,
                answer.header("x-inference-id"),
                answer.header("x-aimlapi-usd-spent"),
                answer.header("x-aimlapi-credits-used"));
    }

    /** An error in an answer with a success status. */
    private Optional<ErrorResponse> error(JsonNode json, String retryAfter) {
        int status = json.path("statusCode").asInt();
        return status >= 400 && status < 600
                ? Optional.of(ErrorResponse.read(status, calls.redact(json.toString()), retryAfter))
                : ErrorResponse.within(json, calls::redact, retryAfter);
    }

    private GeminiImageException failure(ErrorResponse error, ImageRequest request) {
        String successor = catalog.successorOf(request.model()).orElse(null);
        ErrorContext context = calls.context().forModel(request.model(), successor);
        // The service itself answers 401 for an invalid key. A 403 page comes from a proxy in front of it.
        boolean credits = error.status() == OUT_OF_CREDITS && isOfTheService(error.error())
                || error.message().toLowerCase(Locale.ROOT).contains("out of credits");
        return credits
                ? new QuotaExhaustedException(error.told(context), null, error.provider(context))
                : error.toException(context);
    }

    private static boolean isOfTheService(JsonNode error) {
        return error.has("statusCode") || error.has("message");
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        return CompletableFuture.failedFuture(new InvalidRequestException("AI/ML API does not count tokens"));
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        return CompletableFuture.failedFuture(new InvalidRequestException("AI/ML API does not list its image models"));
    }

    @Override
    public ImageBatches batches() {
        throw new InvalidRequestException("AI/ML API does not support batches");
    }

    @Override
    public void close() {
        calls.close();
    }
}
