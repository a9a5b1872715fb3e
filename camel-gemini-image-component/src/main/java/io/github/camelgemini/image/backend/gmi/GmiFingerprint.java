package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Identifies a payload that the service repeats. The service may add defaults, write a single address as a list, and
 * move the pictures of a conversation. None of this changes the fingerprint.
 */
final class GmiFingerprint {

    /** The defaults from the document of the model, with names as in answers. */
    private static final Map<String, String> DEFAULTS =
            Map.of("imageSize", "1K", "aspectRatio", "1:1", "imageOutputFormat", "png");

    private static final int LONGEST_MODEL = 32;

    private GmiFingerprint() {}

    /**
     * @param model its name at the service
     * @param payload names in snake_case or in camelCase
     * @return up to 100 characters; ends with the model if its name is short enough
     */
    static String of(String model, JsonNode payload) {
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("model", model);
        JsonNode contents = payload.path("contents");
        if (contents.isArray() && !contents.isEmpty()) {
            contents.forEach(turn -> turn(turn, said.withArray("contents")));
        } else {
            said.put("prompt", payload.path("prompt").asText(""));
            JsonNode image = payload.path("image");
            ArrayNode images = said.putArray("image");
            if (image.isArray()) {
                images.addAll((ArrayNode) image);
            } else if (image.isTextual()) {
                images.add(image);
            }
        }
        said.put("imageSize", text(payload, "imageSize", "image_size"));
        said.put("aspectRatio", text(payload, "aspectRatio", "aspect_ratio"));
        said.put("imageOutputFormat", text(payload, "imageOutputFormat", "image_output_format"));
        return digest(said.toString()) + (model.length() <= LONGEST_MODEL ? ":" + model : "");
    }

    /** The model of a fingerprint; null if it contains none. */
    static String modelOf(String fingerprint) {
        int colon = fingerprint.indexOf(':');
        return colon < 0 ? null : fingerprint.substring(colon + 1);
    }

    private static void turn(JsonNode turn, ArrayNode all) {
        all.add(turn.path("role").asText("user"));
        for (JsonNode part : turn.path("parts")) {
            if (!part.path("thought").asBoolean()) {
                all.add(part.has("text") ? "text " + part.path("text").asText() : "picture");
            }
        }
    }

    private static String text(JsonNode payload, String name, String other) {
        JsonNode value = payload.has(name) ? payload.path(name) : payload.path(other);
        String text = value instanceof MissingNode ? "" : value.asText("");
        return text.equals(DEFAULTS.get(name)) || text.equals("null") ? "" : text;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
