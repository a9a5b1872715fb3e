package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.UntrustedCertificate;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.SourceException;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The Files API of the Developer API. Uploads use its resumable protocol, on the connections of the other calls.
 *
 * <p>Does not use the SDK (google-genai 1.70.0, checked again with 2.0.0): its uploader fails on files whose size is a
 * multiple of 8 MiB, and takes a short read for the end of a stream.
 */
final class FilesApi {

    private static final String GOOGLE = "https://generativelanguage.googleapis.com";
    private static final Duration LIFETIME = Duration.ofHours(48);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Google documents neither a time limit nor a progress for the processing of a file. */
    private static final Duration LONGEST_PROCESSING = Duration.ofMinutes(10);

    private static final long LONGEST_ANSWER = 1 << 20;
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GoogleConnection connection;
    private final OkHttpClient http;
    private final HttpUrl base;
    private final String version;
    private final String what;
    private final Duration patience;

    /**
     * @param http places the key where it belongs
     */
    FilesApi(GoogleConnection connection, OkHttpClient http) {
        this(connection, http, "a reference image");
    }

    /**
     * @param what is uploaded, for messages
     */
    FilesApi(GoogleConnection connection, OkHttpClient http, String what) {
        this(connection, http, what, LONGEST_PROCESSING);
    }

    /**
     * @param patience the longest wait until a file is processed
     */
    FilesApi(GoogleConnection connection, OkHttpClient http, String what, Duration patience) {
        this.what = what;
        this.patience = patience;
        this.connection = connection;
        this.http = http.newBuilder().readTimeout(connection.idleTimeout()).build();
        this.base = server(connection);
        this.version = connection.apiVersion() == null ? "v1" : connection.apiVersion();
    }

    /** The server, found as the SDK does. */
    static HttpUrl server(GoogleConnection connection) {
        String server = connection.baseUrl() == null ? System.getenv("GOOGLE_GEMINI_BASE_URL") : connection.baseUrl();
        return HttpUrl.parse(server == null || server.isBlank() ? GOOGLE : server);
    }

    /**
     * A file that was uploaded.
     *
     * @param name such as {@code files/abc-123}
     * @param uri that requests refer to
     * @param state {@code PROCESSING}, {@code ACTIVE} or {@code FAILED}
     * @param expires when the API deletes it
     */
    record RemoteFile(String name, String uri, String state, Instant expires) {}

    /**
     * Uploads a file. Blocks until the upload is complete.
     *
     * @param track receives each call, to cancel it
     * @throws GeminiImageException the error of the API, or the failed connection
     */
    RemoteFile upload(PayloadSource source, String mimeType, Consumer<Call> track) {
        try {
            HttpUrl url = begin(source.length(), mimeType, track);
            RequestBody content = new SourceRequestBody(MediaType.get("application/octet-stream"), source);
            Request send = request(url)
                    .header("X-Goog-Upload-Command", "upload, finalize")
                    .header("X-Goog-Upload-Offset", "0")
                    .post(content)
                    .build();
            try (Response response = answer(send, track)) {
                JsonNode json = json(response);
                if (!json.path("file").isObject()) {
                    throw broken("was answered without a file");
                }
                return file(json.path("file"));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private HttpUrl begin(long length, String mimeType, Consumer<Call> track) throws IOException {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.putObject("file").put("mimeType", mimeType);
        HttpUrl url = base.newBuilder()
                .addPathSegments("upload/" + version + "/files")
                .build();
        Request begin = request(url)
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .header("X-Goog-Upload-Header-Content-Length", Long.toString(length))
                .header("X-Goog-Upload-Header-Content-Type", mimeType)
                .post(RequestBody.create(metadata.toString(), JSON_TYPE))
                .build();
        try (Response response = answer(begin, track)) {
            String location = response.header("X-Goog-Upload-URL");
            HttpUrl there = location == null ? null : url.resolve(location);
            if (there == null) {
                throw noUrl(response);
            }
            return here(there);
        }
    }

    private GeminiImageException noUrl(Response response) throws IOException {
        try {
            json(response);
        } catch (JsonProcessingException e) {
            // Comes from some other server.
        }
        return broken("was answered without X-Goog-Upload-URL");
    }

    /**
     * The same path on the configured server, whatever host the API names, so that the key goes nowhere else. The SDK
     * does the same.
     */
    private HttpUrl here(HttpUrl there) {
        String prefix = base.encodedPath().replaceFirst("/$", "");
        boolean prefixed = there.host().equals(base.host())
                && there.port() == base.port()
                && there.encodedPath().startsWith(prefix + "/");
        return base.newBuilder()
                .encodedPath((prefixed ? "" : prefix) + there.encodedPath())
                .encodedQuery(there.encodedQuery())
                .build();
    }

    /** The longest wait until a file is processed. */
    Duration patience() {
        return patience;
    }

    /**
     * Waits until a file can be used; blocks.
     *
     * @throws RequestTimeoutException when it takes longer than {@link #patience}
     * @throws InvalidRequestException when the processing failed
     */
    RemoteFile processed(RemoteFile uploaded, Consumer<Call> track) throws IOException {
        RemoteFile file = uploaded;
        long begun = System.nanoTime();
        while (file.state().equals("PROCESSING")) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new RequestTimeoutException(
                        "Google still processes the upload of " + what + ", " + file.name() + ", after "
                                + patience.toSeconds() + " s; it was not used",
                        ProviderError.NONE,
                        null);
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The upload of " + what + " was interrupted");
            }
            file = get(file, track);
        }
        if (file.state().equals("FAILED")) {
            throw new InvalidRequestException(
                    "Google could not process the upload of " + what + ": its state is FAILED",
                    ProviderError.NONE,
                    null);
        }
        return file;
    }

    /** The current state of a file. */
    RemoteFile get(RemoteFile file, Consumer<Call> track) {
        HttpUrl url =
                base.newBuilder().addPathSegments(version + "/" + file.name()).build();
        try (Response response = answer(request(url).build(), track)) {
            return file(json(response));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        connection.headers().forEach(request::header);
        if (connection.apiKey() != null) {
            request.header("x-goog-api-key", connection.apiKey());
        }
        return request;
    }

    private Response answer(Request request, Consumer<Call> track) throws IOException {
        Call call = http.newCall(request);
        track.accept(call);
        Response response = call.execute();
        if (response.isSuccessful()) {
            return response;
        }
        try (response) {
            String body = response.peekBody(LONGEST_ANSWER).string();
            throw refused(ErrorResponse.read(response.code(), connection.redact(body), response.header("Retry-After")));
        }
    }

    private JsonNode json(Response response) throws IOException {
        JsonNode json = JSON.readTree(response.peekBody(LONGEST_ANSWER).string());
        Optional<ErrorResponse> error = ErrorResponse.within(json, connection::redact, response.header("Retry-After"));
        if (error.isPresent()) {
            throw refused(error.get());
        }
        return json;
    }

    private GeminiImageException refused(ErrorResponse response) {
        return GoogleError.toUploadException(response, GoogleError.context(connection.surface()), what);
    }

    private static RemoteFile file(JsonNode json) {
        Instant latest = Instant.now().plus(LIFETIME);
        Instant expires;
        try {
            expires = Instant.parse(json.path("expirationTime").asText());
        } catch (DateTimeParseException e) {
            expires = latest;
        }
        // No file lives longer, whatever the answer says. Also keeps the time within the years that Java can count.
        expires = expires.isAfter(latest) ? latest : expires.isBefore(Instant.EPOCH) ? Instant.EPOCH : expires;
        String name = json.path("name").asText();
        return new RemoteFile(
                name, json.path("uri").asText(name), json.path("state").asText("ACTIVE"), expires);
    }

    private GeminiImageException failure(IOException e) {
        if (e instanceof JsonProcessingException) {
            return broken("was not answered with valid JSON");
        }
        if (e instanceof SourceException) {
            return new ReferenceImageException("The upload of " + what + " failed: " + e.getMessage(), e);
        }
        if (UntrustedCertificate.isCauseOf(e)) {
            return UntrustedCertificate.failure(base.host(), connection.redact(e.getMessage()), e, ProviderError.NONE);
        }
        return new ServiceUnavailableException(
                "The upload of " + what + " failed: " + e.getClass().getSimpleName() + ": "
                        + connection.redact(e.getMessage()),
                Duration.ZERO,
                ProviderError.NONE,
                e);
    }

    private MalformedResponseException broken(String how) {
        return new MalformedResponseException(
                "The upload of " + what + " " + how + "; for a server without the Files API set referenceUpload=INLINE",
                ProviderError.NONE,
                null);
    }
}
