package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.Handle;
import io.github.camelgemini.image.payload.json.PayloadRequestBody;
import io.github.camelgemini.image.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * Makes pictures bypass the SDK, which would hold several copies of each as text. In requests it writes the pictures in
 * place of the handles in the SDK's JSON. It reads answers into payloads as they arrive, and gives the SDK an empty
 * object.
 *
 * <p>Application interceptors run on the thread of a synchronous call. This is how an intercepted request finds its
 * call.
 */
final class PictureTransport implements Interceptor {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final String KEY_HEADER = "x-goog-api-key";

    private final AnswerTransport answers;
    private final GoogleConnection connection;
    private final UnaryOperator<String> redaction;
    private final Duration idleTimeout;
    private final ThreadLocal<Transfer> current = new ThreadLocal<>();

    PictureTransport(GoogleConnection connection, PayloadStore store) {
        this.connection = connection;
        this.redaction = connection::redact;
        this.idleTimeout = connection.idleTimeout();
        this.answers = new AnswerTransport(store, redaction, idleTimeout);
    }

    /** Runs a synchronous call of the SDK with this transfer. */
    void run(Transfer transfer, Runnable sdkCall) {
        current.set(transfer);
        try {
            sdkCall.run();
        } finally {
            current.remove();
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Transfer transfer = current.get();
        Secrets.keepHeader(chain.request().header("Authorization"));
        Request request = placeKey(chain.request());
        if (transfer == null) {
            return chain.proceed(request);
        }
        transfer.started(chain.call());
        if (transfer.isWriteOnly()) {
            transfer.written(body(request, transfer.pictures()));
            return emptyAnswer(request);
        }
        if (request.body() != null) {
            request = withBody(request, transfer.pictures());
        }
        try (Response response = chain.proceed(request)) {
            if (response.isSuccessful()) {
                answers.read(response, transfer);
            } else {
                String body = answers.readError(response);
                transfer.refused(
                        ErrorResponse.read(response.code(), redaction.apply(body), response.header("Retry-After")));
            }
        }
        return emptyAnswer(request);
    }

    private static Response emptyAnswer(Request request) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create("{}", JSON))
                .build();
    }

    private Request withBody(Request request, Map<Handle, PayloadSource> pictures) throws IOException {
        return request.newBuilder()
                .method(request.method(), new SentOnce(body(request, pictures), idleTimeout))
                .build();
    }

    private static RequestBody body(Request request, Map<Handle, PayloadSource> pictures) throws IOException {
        RequestBody body = request.body();
        if (pictures.isEmpty()) {
            return body;
        }
        Buffer json = new Buffer();
        body.writeTo(json);
        return new PayloadRequestBody(body.contentType(), json.readString(StandardCharsets.UTF_8), pictures);
    }

    private Request placeKey(Request request) {
        String key = request.header(KEY_HEADER);
        if (key == null || connection.apiKeyPlacement() == ApiKeyPlacement.HEADER) {
            return request;
        }
        Request.Builder moved = request.newBuilder().removeHeader(KEY_HEADER);
        if (connection.apiKeyPlacement() == ApiKeyPlacement.BEARER) {
            return moved.header("Authorization", "Bearer " + key).build();
        }
        HttpUrl url = request.url().newBuilder().setQueryParameter("key", key).build();
        return moved.url(url).build();
    }
}
