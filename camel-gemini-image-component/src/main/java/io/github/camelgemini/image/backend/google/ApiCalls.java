package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auth.Retryable;
import io.github.camelgemini.image.backend.CallFailure;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Makes the calls for batches without the SDK. Reads answers of any size, and leaves out the results in them. */
final class ApiCalls {

    /** An answer that is read while it arrives. */
    record Download(Call call, Response response) implements AutoCloseable {

        /**
         * Whether the answer declares its length or uses chunks, so that a broken connection is not taken for its end.
         */
        boolean isFramed() {
            Response sent = response.networkResponse() == null ? response : response.networkResponse();
            return sent.protocol() != Protocol.HTTP_1_0 && sent.protocol() != Protocol.HTTP_1_1
                    || sent.header("Content-Length") != null
                    || sent.header("Transfer-Encoding") != null;
        }

        /** Closes the connection. May be called while another thread reads. */
        @Override
        public void close() {
            call.cancel();
            response.close();
        }
    }

    private static final long LONGEST_ERROR = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader READER = JSON.reader();
    private static final JsonFactory PARSERS = JSON.getFactory();
    /** The limit for an answer without its results, in bytes of heap. */
    private static final long MOST_KEPT = 16L << 20;
    /** The size of a value and its name, besides the characters of both. */
    private static final int NODE = 128;

    /** The fields with the results of a batch, which may be gigabytes. */
    private static final Set<String> RESULTS = Set.of("inlinedResponses", "inlined_responses");
    /** The fields of an empty list. */
    private static final Set<String> OF_LISTS = Set.of("nextPageToken", "unreachable");
    /** The hosts of Google's file storage. */
    private static final Pattern GOOGLE = Pattern.compile("(^|\\.)google(apis|usercontent)\\.com$");

    private static final int MOST_HOPS = 3;

    private final GoogleConnection connection;
    private final OkHttpClient http;
    private final OkHttpClient patient;
    private final HttpUrl base;
    private final ErrorContext context;

    /**
     * @param http places the key where it belongs
     * @param base the server
     * @param context names the server in messages
     */
    ApiCalls(GoogleConnection connection, OkHttpClient http, HttpUrl base, ErrorContext context) {
        this.connection = connection;
        // The service answers after it has read all requests of a batch.
        this.patient = http.newBuilder()
                .readTimeout(connection.idleTimeout().multipliedBy(4))
                .build();
        this.http = http.newBuilder().readTimeout(connection.idleTimeout()).build();
        this.base = base;
        this.context = context;
    }

    /** The URL of a path on the server. */
    HttpUrl.Builder url(String path) {
        return base.newBuilder().addPathSegments(path);
    }

    /** A request with credentials. Blocks while an access token is fetched. */
    Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        connection.headers().forEach(request::header);
        if (connection.apiKey() != null) {
            request.header("x-goog-api-key", connection.apiKey());
        } else if (connection.credentials() != null) {
            token().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        }
        return request;
    }

    private Map<String, List<String>> token() {
        try {
            return connection.credentials().getRequestMetadata(base.uri());
        } catch (IOException e) {
            if (e instanceof Retryable known && !known.isRetryable()) {
                throw new AuthenticationException(
                        "Google issued no access token for the credentials of project or serviceAccountKey: "
                                + connection.redact(e.getMessage()),
                        ProviderError.NONE,
                        e);
            }
            throw failure(e, context);
        }
    }

    /** The JSON of an answer, without the results in it. */
    JsonNode json(Request request, Consumer<Call> track, ErrorContext about) {
        return json(http, request, track, about);
    }

    /**
     * Creates something. The server may need much time before it answers. Not retried, since it may have been created.
     */
    JsonNode jsonLater(Request request, Consumer<Call> track, ErrorContext about) {
        Request once = request.newBuilder()
                .method(request.method(), new SentOnce(request.body(), connection.idleTimeout()))
                .build();
        return json(patient, once, track, about);
    }

    private JsonNode json(OkHttpClient client, Request request, Consumer<Call> track, ErrorContext about) {
        Call call = client.newCall(request);
        track.accept(call);
        try (Response response = successful(call.execute(), about)) {
            return withoutResults(response);
        } catch (IOException e) {
            throw failure(e, about);
        }
    }

    /** Makes a call whose answer has no content besides its status. */
    void run(Request request, Consumer<Call> track, ErrorContext about) {
        Call call = patient.newCall(request);
        track.accept(call);
        try (Response response = successful(call.execute(), about)) {
            response.body();
        } catch (IOException e) {
            throw failure(e, about);
        }
    }

    /** Opens an answer of any size; the caller closes it. */
    Download open(HttpUrl url, Consumer<Call> track, ErrorContext about) {
        try {
            Request request = request(url).build();
            for (int hops = 0; ; hops++) {
                Call call = http.newCall(request);
                track.accept(call);
                Response response = call.execute();
                if (!response.isRedirect() || hops == MOST_HOPS) {
                    return new Download(call, successful(response, about));
                }
                try (response) {
                    request = elsewhere(response, about);
                }
            }
        } catch (IOException e) {
            throw failure(e, about);
        }
    }

    /**
     * Follows a redirect. The key is sent only to the route's own server, and only servers of Google are followed to.
     */
    private Request elsewhere(Response redirect, ErrorContext about) {
        HttpUrl there = redirect.request().url().resolve(redirect.header("Location", ""));
        if (there != null && isHere(there)) {
            return request(there).build();
        }
        boolean google = there != null
                && there.isHttps()
                && GOOGLE.matcher(base.host()).find()
                && GOOGLE.matcher(there.host()).find();
        if (google) {
            return new Request.Builder().url(there).build();
        }
        throw new MalformedResponseException(
                context.service() + " redirected the request " + about.about() + " to "
                        + (there == null ? "no valid address" : "the host " + there.host())
                        + ". The component does not follow this redirect",
                ProviderError.NONE,
                null);
    }

    private boolean isHere(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    private Response successful(Response response, ErrorContext about) throws IOException {
        if (response.isSuccessful()) {
            return response;
        }
        try (response) {
            String body = response.peekBody(LONGEST_ERROR).string();
            throw refused(
                    ErrorResponse.read(response.code(), connection.redact(body), response.header("Retry-After")),
                    about);
        }
    }

    private static GeminiImageException refused(ErrorResponse error, ErrorContext about) {
        if (error.status() != 404 || about.model() != null) {
            return GoogleError.toException(error, about);
        }
        BatchNotFoundException unknown = new BatchNotFoundException(error.told(about), error.provider(about));
        // A gateway sends such a page while the server behind it is being replaced, so it says nothing about the batch.
        return error.error().isObject()
                ? unknown
                : notThere(
                        "The server offers no batches at this address now; check the options baseUrl and apiVersion",
                        unknown);
    }

    /** For a resource that must exist. It may appear later, so the batch must not count as unknown. */
    static ServiceUnavailableException notThere(String what, GeminiImageException failure) {
        return new ServiceUnavailableException(
                what + ": " + failure.getMessage(), Duration.ZERO, provider(failure), failure);
    }

    /** The provider's answer, for another exception. */
    static ProviderError provider(GeminiImageException failure) {
        return new ProviderError(
                failure.getHttpStatus(), failure.getProviderStatus(), failure.getProviderMessage(), failure.getModel());
    }

    /**
     * Checks that an answer has the expected content.
     *
     * @throws GeminiImageException the error in the answer, or the missing text in {@code field}
     */
    void checkHas(String field, JsonNode answer, ErrorContext about) {
        if (answer.path(field).asText("").isEmpty()) {
            refuseError(answer, about);
            throw new MalformedResponseException(
                    context.service() + " answered " + about.about() + " without a batch",
                    ProviderError.ofModel(about.model()),
                    null);
        }
    }

    /**
     * Checks that an answer is a list. If it is not, as with some gateways, an entry may exist and be billed
     * nevertheless.
     *
     * @param field of the list; the API leaves it out when the list is empty
     * @throws GeminiImageException the error in the answer, or that it is not a list
     */
    void checkIsList(String field, JsonNode answer, ErrorContext about) {
        JsonNode items = answer.path(field);
        boolean empty = answer.isObject()
                && (answer.isEmpty()
                        || items.isNull()
                        || !answer.has(field) && OF_LISTS.stream().anyMatch(answer::has));
        if (!items.isArray() && !empty) {
            refuseError(answer, about);
            throw new MalformedResponseException(
                    context.service() + " answered " + about.about() + " without a list", ProviderError.NONE, null);
        }
    }

    /** Throws the error of an answer with a success status, as some gateways send it. */
    void refuseError(JsonNode answer, ErrorContext about) {
        ErrorResponse.within(answer, connection::redact, null).ifPresent(error -> {
            throw refused(error, about);
        });
    }

    /** The exception for a failed connection. */
    GeminiImageException failure(IOException failure, ErrorContext about) {
        return new CallFailure(about, base.host(), connection::redact)
                .of(failure)
                .orElseThrow(() -> new IllegalStateException(failure));
    }

    /** The failure of a list that has too many pages. */
    MalformedResponseException endless(String what) {
        return new MalformedResponseException(
                context.service() + " returned an endless list of " + what, ProviderError.NONE, null);
    }

    String redact(String text) {
        return connection.redact(text);
    }

    ErrorContext context() {
        return context;
    }

    private static JsonNode withoutResults(Response response) throws IOException {
        try (InputStream in = response.body().byteStream();
                JsonParser parser = PARSERS.createParser(in)) {
            parser.nextToken();
            return new WithoutResults(parser).value();
        }
    }

    /** Reads everything except the results, and counts what is kept. */
    private static final class WithoutResults {

        private final JsonParser parser;
        private long kept;
        private String name = "";

        WithoutResults(JsonParser parser) {
            this.parser = parser;
        }

        private JsonNode value() throws IOException {
            kept += NODE + 2L * name.length();
            if (kept > MOST_KEPT) {
                throw new JsonParseException(parser, "more than " + MOST_KEPT + " bytes besides results");
            }
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value());
                }
                return array;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                JsonNode scalar = parser.currentToken() == null ? JSON.missingNode() : READER.readTree(parser);
                kept += 2L * scalar.asText().length();
                return scalar;
            }
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                if (RESULTS.contains(member)) {
                    parser.skipChildren();
                    object.putObject(member);
                } else {
                    name = member;
                    object.set(member, value());
                }
            }
            return object;
        }
    }
}
