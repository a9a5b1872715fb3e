package io.github.camelgemini.image.backend.google;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.http.InterimAnswers;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ProgressListener;
import io.github.camelgemini.image.secret.Secrets;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/** The SDK with our own HTTP client, so that pictures bypass the SDK and calls can be cancelled. */
final class StreamingClient implements SdkClient {

    /** The largest page that Google allows (ai.google.dev/api/models). */
    private static final int MODELS_A_PAGE = 1_000;

    private final GoogleConnection connection;
    private final PictureTransport transport;
    private final OkHttpClient http;
    private final Client client;
    private final Secrets.Held secrets;

    StreamingClient(GoogleConnection connection, PayloadStore store) {
        this.connection = connection;
        this.transport = new PictureTransport(connection, store);
        this.http = httpClient(connection, transport);
        this.client = sdkClient(connection, http);
        this.secrets = connection.hold();
    }

    private static OkHttpClient httpClient(GoogleConnection connection, PictureTransport transport) {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(connection.connectTimeout())
                // A model may work for minutes before it answers; AnswerBody limits the silence after that.
                .readTimeout(Duration.ZERO)
                .writeTimeout(connection.idleTimeout())
                // A redirect to another host would receive the key.
                .followRedirects(false)
                .followSslRedirects(false)
                .addInterceptor(transport)
                .addNetworkInterceptor(new InterimAnswers());
        if (connection.proxy() != null) {
            http.proxy(connection.proxy().toProxy());
        }
        if (connection.tls() != null) {
            http.sslSocketFactory(
                    connection.tls().socketFactory(), connection.tls().trustManager());
        }
        return http.build();
    }

    private static Client sdkClient(GoogleConnection connection, OkHttpClient http) {
        HttpOptions.Builder options = HttpOptions.builder()
                .headers(connection.headers())
                // The SDK sleeps between its retries. It also sleeps after the last one, unless no status is named at
                // all.
                .retryOptions(HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()));
        if (connection.baseUrl() != null) {
            options.baseUrl(connection.baseUrl());
        }
        if (connection.apiVersion() != null) {
            options.apiVersion(connection.apiVersion());
        }
        Client.Builder client = Client.builder()
                .vertexAI(connection.surface() == Surface.VERTEX)
                .clientOptions(ClientOptions.builder().customHttpClient(http).build())
                .httpOptions(options.build());
        if (connection.apiKey() != null) {
            client.apiKey(connection.apiKey());
        }
        if (connection.project() != null) {
            client.project(connection.project());
        }
        if (connection.location() != null) {
            client.location(connection.location());
        }
        if (connection.credentials() != null) {
            client.credentials(connection.credentials());
        }
        try {
            return client.build();
        } catch (RuntimeException e) {
            throw new InvalidRequestException(
                    "The Google Gen AI SDK rejected the credentials: " + connection.redact(e.getMessage()), e);
        }
    }

    /** For calls that the SDK does not do well. Their JSON contains no pictures. */
    OkHttpClient http() {
        return http;
    }

    @Override
    public Surface surface() {
        return connection.surface();
    }

    @Override
    public void generate(ImageRequest request, Transfer transfer) {
        GenerateContentRequest content = new GenerateContentRequest(request, connection.surface());
        List<Content> turns = content.contents(transfer::send);
        transport.run(transfer, () -> {
            if (request.is(Parameter.STREAM)) {
                client.models
                        .generateContentStream(request.model(), turns, content.config())
                        .close();
            } else {
                client.models.generateContent(request.model(), turns, content.config());
            }
        });
    }

    /**
     * Makes the body of {@code generateContent} without a call.
     *
     * @return reads the pictures of the request when it is written
     */
    RequestBody body(ImageRequest request) {
        Transfer transfer = new Transfer(ProgressListener.NONE);
        transfer.writeOnly();
        GenerateContentRequest content = new GenerateContentRequest(request, connection.surface());
        List<Content> turns = content.contents(transfer::send);
        transport.run(transfer, () -> client.models.generateContent(request.model(), turns, content.config()));
        return transfer.written();
    }

    @Override
    public void countTokens(ImageRequest request, Transfer transfer) {
        List<Content> turns = new GenerateContentRequest(request, connection.surface()).contents(transfer::send);
        transport.run(transfer, () -> client.models.countTokens(request.model(), turns, null));
    }

    @Override
    public void model(String id, Transfer transfer) {
        transport.run(transfer, () -> client.models.get(id, null));
    }

    @Override
    public void models(String page, Transfer transfer) {
        ListModelsConfig.Builder config = ListModelsConfig.builder().pageSize(MODELS_A_PAGE);
        if (page != null) {
            config.pageToken(page);
        }
        transport.run(transfer, () -> client.models.list(config.build()));
    }

    @Override
    public String redact(String text) {
        return connection.redact(text);
    }

    @Override
    public void close() {
        client.close();
        secrets.close();
        http.connectionPool().evictAll();
    }
}
