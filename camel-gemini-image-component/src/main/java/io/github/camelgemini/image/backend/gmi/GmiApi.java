package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelgemini.image.backend.http.HttpAnswer;
import io.github.camelgemini.image.backend.http.HttpCall;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.RequestBody;

/** Calls GMI Cloud. Answers have names in camelCase. Their pictures are payloads that belong to the receiver. */
final class GmiApi {

    /** A list has no documented limit, and repeats the requests. Several of these answers fit into a small heap. */
    private static final AnswerLimits LIMITS = new AnswerLimits(16L << 20, 8 << 20, 100, 400_000, 2L << 30);
    /** Most pictures are made while their submission is answered. After this time the job is looked for as if lost. */
    private static final Duration LONGEST_SUBMISSION = Duration.ofMinutes(15);

    private final HttpCalls calls;
    private final PayloadStore store;

    GmiApi(HttpCalls calls, PayloadStore store) {
        this.calls = calls;
        this.store = store;
    }

    HttpCalls calls() {
        return calls;
    }

    PayloadStore store() {
        return store;
    }

    /**
     * @param about what is requested, for failures
     */
    CompletableFuture<JsonNode> get(String path, ErrorContext about) {
        return send(HttpCall.get(calls.uri(path)).answeredWithin(calls.idleTimeout()), about);
    }

    CompletableFuture<JsonNode> post(String path, RequestBody body, ErrorContext about) {
        return send(HttpCall.post(calls.uri(path), body).answeredWithin(calls.idleTimeout()), about);
    }

    /** Submits a request. The service may make the picture before it answers. */
    CompletableFuture<JsonNode> submit(RequestBody body, ErrorContext about) {
        return send(HttpCall.post(calls.uri("/requests"), body).answeredWithin(LONGEST_SUBMISSION), about);
    }

    CompletableFuture<JsonNode> delete(String path, ErrorContext about) {
        return send(HttpCall.of("DELETE", calls.uri(path), null).answeredWithin(calls.idleTimeout()), about);
    }

    private CompletableFuture<JsonNode> send(HttpCall call, ErrorContext about) {
        HttpCall whole = call.header("Authorization", "Bearer " + calls.key())
                .header("Accept", "application/json")
                .ofModel(about.model());
        return calls.send(whole, answer -> read(answer, about), ResponseJson::discard);
    }

    private JsonNode read(HttpAnswer answer, ErrorContext about) throws IOException {
        if (!answer.isSuccess()) {
            String text = calls.redact(answer.text());
            throw GmiFailure.of(ErrorResponse.read(answer.status(), text, answer.header("Retry-After")), about);
        }
        if (answer.status() == 204) {
            return MissingNode.getInstance();
        }
        return ResponseJson.read(answer.json(), store, LIMITS);
    }

    /** The name of a model at the service. */
    static String nameOf(String model, ModelCatalog catalog) {
        return catalog.find(model).map(ModelSpec::nameAtService).orElse(model);
    }
}
