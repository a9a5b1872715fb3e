package io.github.camelgemini.image.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Writes a result as JSON, in the format of services with these models: {@code images}, {@code description}, {@code
 * output_meta}. Pictures are streamed, so that none is in the heap.
 */
public final class ResultJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final ImageResult result;
    private final Map<String, Object> parameters;
    private final JsonGenerator json;
    private final OutputStream out;

    private ResultJson(ImageResult result, Map<String, Object> parameters, JsonGenerator json, OutputStream out) {
        this.result = result;
        this.parameters = parameters;
        this.json = json;
        this.out = out;
    }

    /**
     * Writes a result.
     *
     * @param parameters of the request, which the JSON repeats
     * @param uris the location of each picture; empty to write the pictures into the JSON, as data URIs
     * @param nextTurnContents the JSON of the conversation so far, or null
     * @return the JSON in UTF-8
     */
    public static Payload write(
            ImageResult result,
            Map<String, Object> parameters,
            List<String> uris,
            Payload nextTurnContents,
            PayloadStore store)
            throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            try (JsonGenerator json = JSON.createGenerator(writer)) {
                new ResultJson(result, parameters, json, writer).write(uris, nextTurnContents);
            }
            return writer.finish();
        }
    }

    private void write(List<String> uris, Payload nextTurnContents) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("images");
        for (String uri : uris) {
            json.writeString(uri);
        }
        for (GeneratedImage image : uris.isEmpty() ? result.images() : List.<GeneratedImage>of()) {
            writeDataUri(image);
        }
        for (RemoteImage image : result.remoteImages()) {
            json.writeString(image.uri());
        }
        json.writeEndArray();
        json.writeStringField("description", result.text());
        json.writeObjectFieldStart("output_meta");
        writeMeta();
        json.writeEndObject();
        if (nextTurnContents != null) {
            json.writeFieldName("next_turn_contents");
            writeRaw("", nextTurnContents::writeTo);
        }
        json.writeEndObject();
    }

    private void writeDataUri(GeneratedImage image) throws IOException {
        writeRaw("\"data:" + image.mimeType() + ";base64,", target -> {
            try (OutputStream base64 = Base64.getEncoder().wrap(new LeftOpen(target))) {
                image.writeTo(base64);
            }
        });
        json.writeRaw('"');
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Writes a value without the generator, which buffers until it is flushed. */
    private void writeRaw(String start, Writing value) throws IOException {
        json.writeRawValue(start);
        json.flush();
        value.to(out);
    }

    private void writeMeta() throws IOException {
        json.writeStringField("model", result.model());
        json.writeStringField("response_id", result.responseId());
        json.writeStringField("finish_reason", result.finishReason());
        if (!result.images().isEmpty()) {
            GeneratedImage first = result.images().get(0);
            json.writeStringField("resolution", first.width() + "x" + first.height());
        }
        json.writeArrayFieldStart("images");
        for (GeneratedImage image : result.images()) {
            json.writeStartObject();
            json.writeStringField("mime_type", image.mimeType());
            json.writeNumberField("width", image.width());
            json.writeNumberField("height", image.height());
            json.writeNumberField("bytes", image.length());
            json.writeEndObject();
        }
        for (RemoteImage image : result.remoteImages()) {
            json.writeStartObject();
            json.writeStringField("mime_type", image.mimeType());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writePOJOField("parameters", parameters);
        Usage usage = result.usage();
        json.writeObjectFieldStart("tokens");
        json.writeNumberField("prompt", usage.promptTokens());
        json.writeNumberField("output", usage.outputTokens());
        json.writeNumberField("thoughts", usage.thoughtTokens());
        json.writeNumberField("total", usage.totalTokens());
        json.writeEndObject();
        json.writeNumberField("estimated_cost_usd", result.estimatedCost());
        json.writeNumberField("attempts", result.attempts());
        if (result.grounding() != null) {
            json.writePOJOField("grounding", result.grounding());
        }
        if (!result.failures().isEmpty()) {
            json.writeArrayFieldStart("failures");
            for (GeminiImageException failure : result.failures()) {
                json.writeStartObject();
                json.writeStringField("error", failure.getClass().getSimpleName());
                json.writeStringField("message", failure.getMessage());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    /** The encoder closes its output to complete the last group. */
    private static final class LeftOpen extends FilterOutputStream {

        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
