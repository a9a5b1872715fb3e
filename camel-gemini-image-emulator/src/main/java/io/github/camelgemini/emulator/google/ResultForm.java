package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.Streamed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** The format of the results of a batch. */
enum ResultForm {
    /** A list in the batch itself. */
    INLINE,
    /** Lines in a file of the Developer API. */
    LINES,
    /** Lines in a file of Vertex AI, each with its request, because there are no keys. */
    PREDICTIONS;

    /** The gRPC status for an HTTP status, and the text before the error in a line of Vertex AI. */
    private record Failure(int code, String status, String title) {}

    private static final Failure INTERNAL = new Failure(500, "INTERNAL", "Internal Server Error");
    private static final Map<Integer, Failure> FAILURES = Map.of(
            3, new Failure(400, "INVALID_ARGUMENT", "Bad Request"),
            5, new Failure(404, "NOT_FOUND", "Not Found"),
            7, new Failure(403, "PERMISSION_DENIED", "Forbidden"),
            8, new Failure(429, "RESOURCE_EXHAUSTED", "Too Many Requests"),
            9, new Failure(400, "FAILED_PRECONDITION", "Bad Request"));

    /** A multiple of 3, so that pieces can be joined. */
    private static final int PIECE = 48 * 1024;

    /**
     * @param answer with {@code response}, or with {@code error} and a gRPC status
     */
    ObjectNode json(JsonNode line, ObjectNode answer, Instant end) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case INLINE -> {
                json.setAll(answer);
                json.putObject("metadata").set("key", key(line));
            }
            case LINES -> {
                json.set("key", key(line));
                json.setAll(answer);
            }
            default -> {
                json.put("status", status(answer.path("error")));
                json.put("processed_time", end.toString());
                json.set("request", echo(line.path("request")));
                json.set("response", answer.has("response") ? answer.get("response") : json.objectNode());
            }
        }
        return json;
    }

    String broken(JsonNode line) {
        return this == PREDICTIONS
                ? "{\"status\":\"\",\"response\":{\"candidates\":[{\"content\":oops"
                : "{\"key\":" + key(line) + ",\"response\":{\"candidates\":[{\"content\":oops";
    }

    private static JsonNode key(JsonNode line) {
        return line.has("key") ? line.path("key") : line.at("/metadata/key");
    }

    private static String status(JsonNode error) {
        if (error.isMissingNode()) {
            return "";
        }
        Failure failure = FAILURES.getOrDefault(error.path("code").asInt(), INTERNAL);
        return failure.title() + ": "
                + ApiError.of(
                                failure.code(),
                                failure.status(),
                                error.path("message").asText())
                        .toJson();
    }

    /** A copy with pictures written as they arrived. */
    private static JsonNode echo(JsonNode node) {
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof ReferencePicture picture) {
            return JsonNodeFactory.instance.pojoNode((Streamed) () -> base64(picture));
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), echo(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(echo(element)));
            return copy;
        }
        return node;
    }

    private static Body base64(ReferencePicture picture) {
        return new Body() {
            private long at;

            @Override
            public long length() {
                return (picture.length() + 2) / 3 * 4;
            }

            @Override
            public ByteBuffer next() throws IOException {
                if (at == picture.length()) {
                    return null;
                }
                try (InputStream in = picture.newInputStream()) {
                    in.skipNBytes(at);
                    byte[] piece = in.readNBytes(PIECE);
                    at += piece.length;
                    return ByteBuffer.wrap(Base64.getEncoder().encode(piece));
                }
            }
        };
    }
}
