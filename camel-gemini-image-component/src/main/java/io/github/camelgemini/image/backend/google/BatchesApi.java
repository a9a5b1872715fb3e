package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.CallFailure;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Batches of the Developer API. Not by the SDK, which reads what a batch has drawn as one text, up to 15 MB for each picture, and
 * drops its counts and failures (google-genai 2.0.0).
 */
final class BatchesApi {

    /** An answer that is read while it comes. */
    record Download(Call call, Response response) implements AutoCloseable {

        /** Whether the end of the connection can be told from the end of the answer. */
        boolean isFramed() {
            Response sent = response.networkResponse() == null ? response : response.networkResponse();
            return sent.protocol() != Protocol.HTTP_1_0 && sent.protocol() != Protocol.HTTP_1_1
                    || sent.header("Content-Length") != null
                    || sent.header("Transfer-Encoding") != null;
        }

        /** Ends it, also while another thread reads. */
        @Override
        public void close() {
            call.cancel();
            response.close();
        }
    }

    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final long LONGEST_ERROR = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory PARSERS = JSON.getFactory();
    /** Where the results of a batch are, which may be gigabytes. */
    private static final Set<String> RESULTS = Set.of("inlinedResponses", "inlined_responses");
    /** Where Google keeps files. */
    private static final Pattern GOOGLE = Pattern.compile("(^|\\.)google(apis|usercontent)\\.com$");

    private static final int MOST_HOPS = 3;

    private final GoogleConnection connection;
    private final OkHttpClient http;
    private final OkHttpClient patient;
    private final HttpUrl base;
    private final String version;
    private final ErrorContext context;

    /** @param http places the key where it belongs */
    BatchesApi(GoogleConnection connection, OkHttpClient http) {
        this.connection = connection;
        // It answers when it has read all requests of a batch.
        this.patient = http.newBuilder()
                .readTimeout(connection.idleTimeout().multipliedBy(4))
                .build();
        this.http = http.newBuilder().readTimeout(connection.idleTimeout()).build();
        this.base = FilesApi.server(connection);
        this.version = connection.apiVersion() == null ? "v1beta" : connection.apiVersion();
        this.context = GoogleError.context(connection.surface());
    }

    /**
     * Makes a batch.
     *
     * @param model as the API names it
     * @param batch as the API has it
     * @return the operation
     */
    JsonNode create(String model, PayloadSource batch, Consumer<Call> track) {
        HttpUrl url = url((model.contains("/") ? model : "models/" + model) + ":batchGenerateContent");
        try {
            Request request =
                    request(url).post(new SourceRequestBody(JSON_TYPE, batch)).build();
            try (Response response = answer(patient, request, track, context.forModel(model, null))) {
                return operation(response, context.forModel(model, null));
            }
        } catch (IOException e) {
            throw failure(e, context.forModel(model, null));
        }
    }

    /** The operation of a batch, without what it has drawn. */
    JsonNode get(String name, Consumer<Call> track) {
        ErrorContext about = context.about("for " + name);
        try (Response response = answer(http, request(url(name)).build(), track, about)) {
            return operation(response, about);
        } catch (IOException e) {
            throw failure(e, about);
        }
    }

    /** A page of the list, without what they have drawn. */
    JsonNode list(String pageToken, int pageSize, Consumer<Call> track) {
        HttpUrl.Builder url = url("batches").newBuilder().addQueryParameter("pageSize", Integer.toString(pageSize));
        if (pageToken != null) {
            url.addQueryParameter("pageToken", pageToken);
        }
        ErrorContext about = context.about("to the list of batches");
        try (Response response = answer(http, request(url.build()).build(), track, about)) {
            JsonNode list = withoutResults(response);
            if (!list.isObject() || !list.has("operations")) {
                refuseError(list, about);
            }
            return list;
        } catch (IOException e) {
            throw failure(e, about);
        }
    }

    void cancel(String name, Consumer<Call> track) {
        ErrorContext about = context.about("to the cancellation of " + name);
        Request request = request(url(name + ":cancel"))
                .post(RequestBody.create("{}", JSON_TYPE))
                .build();
        try (Response response = answer(http, request, track, about)) {
            response.body();
        } catch (IOException e) {
            throw failure(e, about);
        }
    }

    /** Removes an uploaded file that no batch was made of; that it stays for 48 hours harms nobody. */
    void deleteFile(String name) throws IOException {
        http.newCall(request(url(name)).delete().build()).execute().close();
    }

    /** Opens a file of results; the caller closes the answer. */
    Download download(String file, Consumer<Call> track) {
        HttpUrl url = base.newBuilder()
                .addPathSegments("download/" + version + "/" + file + ":download")
                .addQueryParameter("alt", "media")
                .build();
        return open(url, "for the results in " + file, track);
    }

    /** Opens the operation of a batch with what it has drawn; the caller closes the answer. */
    Download open(String name, Consumer<Call> track) {
        return open(url(name), "for " + name, track);
    }

    private Download open(HttpUrl url, String what, Consumer<Call> track) {
        ErrorContext about = context.about(what);
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

    /** The key goes to nobody but the server of the route, and to other servers than Google's goes no request. */
    private Request elsewhere(Response redirect, ErrorContext about) {
        String location = redirect.header("Location", "");
        HttpUrl there = redirect.request().url().resolve(location);
        if (there != null && isHere(there)) {
            return request(there).build();
        }
        if (there != null
                && GOOGLE.matcher(base.host()).find()
                && there.isHttps()
                && GOOGLE.matcher(there.host()).find()) {
            return new Request.Builder().url(there).build();
        }
        throw new MalformedResponseException(
                context.service() + " sends the request " + about.about() + " to "
                        + (there == null ? "nowhere" : "the host " + there.host()) + ", where it does not go",
                ProviderError.NONE,
                null);
    }

    private boolean isHere(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    private HttpUrl url(String path) {
        return base.newBuilder().addPathSegments(version + "/" + path).build();
    }

    private Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        connection.headers().forEach(request::header);
        if (connection.apiKey() != null) {
            request.header("x-goog-api-key", connection.apiKey());
        }
        return request;
    }

    private Response answer(OkHttpClient client, Request request, Consumer<Call> track, ErrorContext about)
            throws IOException {
        Call call = client.newCall(request);
        track.accept(call);
        return successful(call.execute(), about);
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
        return error.status() == 404 && about.model() == null
                ? new BatchNotFoundException(error.told(about), error.provider(about))
                : GoogleError.toException(error, about);
    }

    /** What a failed connection, or a line of results that is an error, becomes. */
    GeminiImageException failure(IOException failure, ErrorContext about) {
        return new CallFailure(about, base.host(), connection::redact)
                .of(failure)
                .orElseThrow(() -> new IllegalStateException(failure));
    }

    String redact(String text) {
        return connection.redact(text);
    }

    ErrorContext context() {
        return context;
    }

    Duration idleTimeout() {
        return connection.idleTimeout();
    }

    /** An operation has a name; one without is none that could be asked for again. */
    private JsonNode operation(Response response, ErrorContext about) throws IOException {
        JsonNode operation = withoutResults(response);
        if (operation.path("name").asText("").isEmpty()) {
            refuseError(operation, about);
            throw new MalformedResponseException(
                    context.service() + " answered " + about.about() + " with no batch",
                    ProviderError.ofModel(about.model()),
                    null);
        }
        return operation;
    }

    private void refuseError(JsonNode answer, ErrorContext about) {
        ErrorResponse.within(answer, connection::redact, null).ifPresent(error -> {
            throw refused(error, about);
        });
    }

    private static JsonNode withoutResults(Response response) throws IOException {
        try (InputStream in = response.body().byteStream();
                JsonParser parser = PARSERS.createParser(in)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return parser.currentToken() == null ? JSON.missingNode() : JSON.readTree(parser);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (RESULTS.contains(name)) {
                parser.skipChildren();
                object.putObject(name);
            } else {
                object.set(name, value(parser));
            }
        }
        return object;
    }
}
