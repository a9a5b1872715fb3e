package io.github.camelgemini.image.backend.anyfast;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.CallFailure;
import io.github.camelgemini.image.backend.Ends;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.UnfinishedAnswerException;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.gemini.AnswerSoFar;
import io.github.camelgemini.image.backend.gemini.Answered;
import io.github.camelgemini.image.backend.gemini.GeminiError;
import io.github.camelgemini.image.backend.gemini.GenerateContentBody;
import io.github.camelgemini.image.backend.gemini.GenerateContentReader;
import io.github.camelgemini.image.backend.gemini.Received;
import io.github.camelgemini.image.backend.http.HttpAnswer;
import io.github.camelgemini.image.backend.http.HttpCall;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code generateContent} and {@code streamGenerateContent} at AnyFast. */
final class AnyFastBackend implements ImageBackend {

    private static final String VERSION = "v1beta";

    private final ModelCatalog catalog;
    private final HttpCalls calls;
    private final PictureFetch pictures;
    private final ApiKeyPlacement placement;
    private final String version;
    private final GenerateContentReader reader;

    AnyFastBackend(ServiceOptions options, ServiceMeans means) throws Exception {
        ServiceTraits traits = traits();
        this.catalog = means.catalog().at(traits.face());
        BaseUrl base = BaseUrl.of(options.baseUrl(), options.apiVersion());
        this.version = base.apiVersion() == null ? VERSION : base.apiVersion();
        this.calls = HttpCalls.open(traits, options.withBaseUrl(base.url()), means);
        this.pictures = (uri, by) -> means.pictures()
                .fetch(uri, by == PictureFetch.By.SERVICE && calls.isOfServer(uri) ? PictureFetch.By.SERVER : by);
        this.placement = placement(options);
        this.reader = new GenerateContentReader(means.store(), calls::redact);
    }

    private static ApiKeyPlacement placement(ServiceOptions options) {
        ApiKeyPlacement placement = options.own(AnyFastTraits.API_KEY_PLACEMENT, ApiKeyPlacement.class)
                .orElse(ApiKeyPlacement.QUERY);
        if (placement == ApiKeyPlacement.HEADER) {
            throw new InvalidRequestException(
                    "option apiKeyPlacement 'HEADER' is not supported by AnyFast, which does not"
                            + " document x-goog-api-key. Use QUERY, the default, or BEARER");
        }
        return placement;
    }

    @Override
    public ServiceTraits traits() {
        return AnyFastTraits.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {
        if (request.is(Parameter.STREAM)
                && request.get(Parameter.IMAGE_SIZE)
                        .filter(ImageSize.SIZE_512::equals)
                        .isPresent()) {
            throw new InvalidRequestException(
                    "imageSize '512' is not supported by AnyFast with streaming. Set stream=false, or"
                            + " imageSize to 1K, 2K or 4K");
        }
    }

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        Ends ends = new Ends();
        CompletableFuture<ImageResult> result;
        try {
            result = calls.send(call(request), answer -> read(request, answer, ends), ImageResult::discard);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(failure(e, request));
        }
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                ends.run();
            }
        });
        return result;
    }

    private HttpCall call(ImageRequest request) throws IOException {
        String model =
                catalog.find(request.model()).map(ModelSpec::nameAtService).orElse(request.model());
        boolean stream = request.is(Parameter.STREAM);
        String path = (version.isEmpty() ? "" : "/" + version) + "/models/" + encoded(model)
                + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
        String key = calls.key();
        if (placement == ApiKeyPlacement.QUERY) {
            path += (stream ? "&" : "?") + "key=" + encoded(key);
        }
        HttpCall call = HttpCall.post(calls.uri(path), GenerateContentBody.of(request, true))
                .ofModel(request.model());
        return placement == ApiKeyPlacement.BEARER ? call.header("Authorization", "Bearer " + key) : call;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ImageResult read(ImageRequest request, HttpAnswer answer, Ends ends) throws IOException {
        String retryAfter = answer.header("Retry-After");
        if (!answer.isSuccess()) {
            throw refused(ErrorResponse.read(answer.status(), calls.redact(answer.text()), retryAfter), request);
        }
        Received received = reader.read(
                answer.body(), answer.isEventStream(), answer::readAsEvents, retryAfter, request.progress());
        if (received.error() != null) {
            throw refused(received.error(), request);
        }
        try {
            return new Answered(
                            request,
                            received.answer(),
                            null,
                            catalog,
                            pictures,
                            ends::add,
                            broken -> failure(broken, request))
                    .result();
        } catch (UnfinishedAnswerException e) {
            if (ends.came() && e.next().answerSoFar() instanceof AnswerSoFar begun) {
                begun.close();
            }
            throw e;
        }
    }

    private GeminiImageException refused(ErrorResponse response, ImageRequest request) {
        String successor = catalog.successorOf(request.model()).orElse(null);
        return GeminiError.toException(response, calls.context().forModel(request.model(), successor));
    }

    private GeminiImageException failure(IOException broken, ImageRequest request) {
        return new CallFailure(calls.context().forModel(request.model(), null), calls.host(), calls::redact)
                .of(broken)
                .orElseThrow();
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        return CompletableFuture.failedFuture(new InvalidRequestException("AnyFast does not count tokens"));
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        return CompletableFuture.failedFuture(new InvalidRequestException("AnyFast does not list its models"));
    }

    @Override
    public ImageBatches batches() {
        throw new InvalidRequestException("AnyFast does not support batches");
    }

    @Override
    public void close() {
        calls.close();
    }
}
