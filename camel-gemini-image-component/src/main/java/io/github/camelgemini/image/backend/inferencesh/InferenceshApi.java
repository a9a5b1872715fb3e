package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgemini.image.backend.http.HttpAnswer;
import io.github.camelgemini.image.backend.http.HttpCall;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.backend.http.Reading;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/** Calls of inference.sh: JSON there and back, without the envelope of any of its generations. */
final class InferenceshApi {

    /** Of an answer. Tasks have no pictures in them, but may have long logs, and a list many of them. */
    private static final AnswerLimits LIMITS = AnswerLimits.ofHeap(32L << 20);

    static final JsonMapper JSON = JsonMapper.builder(LIMITS.jsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final MediaType TYPE = MediaType.get("application/json");
    private static final String STREAMS = "application/x-ndjson, text/event-stream;q=0.5";

    private final HttpCalls calls;

    InferenceshApi(HttpCalls calls) {
        this.calls = calls;
    }

    HttpCalls calls() {
        return calls;
    }

    /** @param about what is asked for, for failures */
    CompletableFuture<JsonNode> get(String path, ErrorContext about) {
        return send(HttpCall.get(calls.uri(path)), about);
    }

    /** @param json what is sent, or null for nothing */
    CompletableFuture<JsonNode> post(String path, JsonNode json, ErrorContext about) {
        RequestBody body =
                RequestBody.create((json == null ? "{}" : json.toString()).getBytes(StandardCharsets.UTF_8), TYPE);
        return send(HttpCall.post(calls.uri(path), body), about);
    }

    private CompletableFuture<JsonNode> send(HttpCall call, ErrorContext about) {
        return calls.send(
                withKey(call).header("Accept", "application/json").ofModel(about.model()),
                answer -> read(answer, about),
                json -> {});
    }

    /** Reads an answer that comes bit by bit, whose silence has no limit. */
    <T> CompletableFuture<T> stream(String path, Reading<T> reading) {
        HttpCall call = withKey(HttpCall.get(calls.uri(path))).header("Accept", STREAMS);
        return calls.send(
                call,
                answer -> {
                    if (!answer.isSuccess()) {
                        throw InferenceshError.of(answer, calls, calls.context())
                                .toException();
                    }
                    answer.readAsEvents();
                    return reading.read(answer);
                },
                read -> {});
    }

    private HttpCall withKey(HttpCall call) {
        return call.header("Authorization", "Bearer " + calls.key());
    }

    private JsonNode read(HttpAnswer answer, ErrorContext about) throws IOException {
        if (!answer.isSuccess()) {
            throw InferenceshError.of(answer, calls, about).toException();
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (StreamConstraintsException e) {
            throw broken("is too large: " + e.getOriginalMessage(), about);
        } catch (JacksonException e) {
            throw broken("is no JSON", about);
        }
        if (json.path("success").isBoolean() && !json.path("success").asBoolean()) {
            throw InferenceshError.within(json, calls, about).toException();
        }
        return unwrapped(json);
    }

    private static MalformedResponseException broken(String why, ErrorContext about) {
        return new MalformedResponseException(
                "The answer of inference.sh" + (about.about().isEmpty() ? "" : " " + about.about()) + " " + why,
                ProviderError.ofModel(about.model()),
                null);
    }

    /**
     * Without its envelope: that of today with {@code messages}, that of old with {@code success}. Between them were none, and a
     * task has no {@code data} of its own.
     */
    static JsonNode unwrapped(JsonNode json) {
        boolean enveloped = json.has("data") && !json.has("id");
        return enveloped ? json.path("data") : json;
    }
}
