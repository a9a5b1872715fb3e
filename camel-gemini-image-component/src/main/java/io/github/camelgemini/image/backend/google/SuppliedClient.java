package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.Client;
import com.google.genai.JsonSerializable;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.HttpResponse;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import io.github.camelgemini.image.backend.gemini.GenerateContentReader;
import io.github.camelgemini.image.backend.gemini.Received;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ProgressListener;
import io.github.camelgemini.image.secret.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The SDK as the route author configured it. Its HTTP client is not accessible, so pictures go through the heap. */
final class SuppliedClient implements SdkClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client client;
    private final PayloadStore store;
    private final Secrets.Held secrets;

    SuppliedClient(Client client, PayloadStore store) {
        this.client = client;
        this.store = store;
        this.secrets = Secrets.hold(Map.of(), client.apiKey());
    }

    @Override
    public Surface surface() {
        return client.vertexAI() ? Surface.VERTEX : Surface.DEVELOPER;
    }

    @Override
    public void generate(ImageRequest request, Transfer transfer) throws IOException {
        GenerateContentRequest content = new GenerateContentRequest(request, surface());
        List<Content> turns = content.contents(SuppliedClient::bytes);
        try {
            HttpResponse response = client.models
                    .generateContent(request.model(), turns, content.config())
                    .sdkHttpResponse()
                    .orElseThrow();
            byte[] body = response.body().orElse("").getBytes(StandardCharsets.UTF_8);
            Map<String, String> headers = response.headers().orElse(Map.of());
            Received received = new GenerateContentReader(store, this::redact)
                    .read(
                            new ByteArrayInputStream(body),
                            false,
                            () -> {},
                            headers.get("retry-after"),
                            ProgressListener.NONE);
            transfer.received(received, headers.get("x-gemini-service-tier"));
        } catch (ApiException e) {
            transfer.refused(ErrorResponse.read(e.code(), redact(body(e)), null));
        }
    }

    @Override
    public void countTokens(ImageRequest request, Transfer transfer) throws IOException {
        List<Content> turns = new GenerateContentRequest(request, surface()).contents(SuppliedClient::bytes);
        answer(transfer, () -> client.models.countTokens(request.model(), turns, null));
    }

    @Override
    public void model(String id, Transfer transfer) throws IOException {
        answer(transfer, () -> client.models.get(id, null));
    }

    /** All models at once, because single pages of the SDK are not accessible. */
    @Override
    public void models(String page, Transfer transfer) throws IOException {
        try {
            ObjectNode all = JSON.createObjectNode();
            ArrayNode models = all.putArray("models");
            for (Model model : client.models.list(ListModelsConfig.builder().build())) {
                models.add(JSON.readTree(model.toJson()));
            }
            transfer.answered(all, null);
        } catch (ApiException e) {
            transfer.refused(ErrorResponse.read(e.code(), redact(body(e)), null));
        }
    }

    /** The SDK's answer, converted back to JSON. */
    private void answer(Transfer transfer, Supplier<JsonSerializable> call) throws IOException {
        try {
            transfer.answered(JSON.readTree(call.get().toJson()), null);
        } catch (ApiException e) {
            transfer.refused(ErrorResponse.read(e.code(), redact(body(e)), null));
        }
    }

    /** The SDK keeps neither headers nor body, but appends the details of the error to the message, one a line. */
    private static String body(ApiException e) {
        String[] lines = e.message().split("\n?Details: ", 2);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error")
                .put("code", e.code())
                .put("status", e.status())
                .put("message", lines[0]);
        if (lines.length > 1) {
            ArrayNode details = error.putArray("details");
            lines[1].lines().forEach(line -> {
                try {
                    details.add(JSON.readTree(line));
                } catch (JsonProcessingException notJson) {
                    details.addObject().put("detail", line);
                }
            });
        }
        return body.toString();
    }

    private static byte[] bytes(PayloadSource source) {
        try (InputStream in = source.newInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String redact(String text) {
        return Secrets.redact(text);
    }

    /** The route author closes the client. */
    @Override
    public void close() {
        secrets.close();
    }
}
