package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/** Calls inference.sh: sends and reads JSON, and removes its envelopes of all versions. */
final class InferenceshApi {

    /** The longest answer, in bytes. Tasks contain no pictures, but may have long logs, and a list has many tasks. */
    private static final int LONGEST_ANSWER = 16 << 20;
    /** The limit for what is kept of an answer, in tokens of Jackson. */
    private static final int MOST_TOKENS = 400_000;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LONGEST_ANSWER)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Leaves out the logs of a task, which are not used. */
    private static final TokenFilter WITHOUT_LOGS = new TokenFilter() {
        private static final Set<String> LOGS = Set.of("logs", "events", "usage_events");

        @Override
        public TokenFilter includeProperty(String name) {
            return LOGS.contains(name) ? null : this;
        }

        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return true;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }
    };

    private static final MediaType TYPE = MediaType.get("application/json");

    private static final String STREAMS = "application/x-ndjson, text/event-stream;q=0.5";

    private final HttpCalls calls;

    InferenceshApi(HttpCalls calls) {
        this.calls = calls;
    }

    HttpCalls calls() {
        return calls;
    }

    /**
     * @param about what is requested, for failures
     */
    CompletableFuture<JsonNode> get(String path, ErrorContext about) {
        return send(HttpCall.get(calls.uri(path)), about);
    }

    /**
     * @param json the body, or null for none
     */
    CompletableFuture<JsonNode> post(String path, JsonNode json, ErrorContext about) {
        RequestBody body =
                RequestBody.create((json == null ? "{}" : json.toString()).getBytes(StandardCharsets.UTF_8), TYPE);
        return send(HttpCall.post(calls.uri(path), body), about);
    }

    private CompletableFuture<JsonNode> send(HttpCall call, ErrorContext about) {
        return calls.send(
                withKey(call)
                        .header("Accept", "application/json")
                        .ofModel(about.model())
                        .answeredWithin(calls.idleTimeout()),
                answer -> read(answer, about),
                json -> {});
    }

    /** Reads an answer that arrives in pieces; pauses between them have no limit. */
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
        try (JsonParser parser = new FilteringParserDelegate(
                JSON.createParser(answer.json()), WITHOUT_LOGS, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            json = JSON.readTree(parser);
        } catch (StreamConstraintsException e) {
            throw broken("is too large: " + e.getOriginalMessage(), about);
        } catch (JacksonException e) {
            throw broken("is not JSON", about);
        }
        if (json == null || json.isMissingNode()) {
            return JSON.missingNode();
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
     * Removes the envelope: the current one with {@code messages}, or the old one with {@code success}. Versions
     * between them had none, and a task has no field {@code data} of its own.
     */
    static JsonNode unwrapped(JsonNode json) {
        boolean enveloped = json.has("data") && !json.has("id");
        return enveloped ? json.path("data") : json;
    }
}
