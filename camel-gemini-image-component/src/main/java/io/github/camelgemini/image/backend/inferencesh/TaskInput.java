package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.model.OutputFormat;
import io.github.camelgemini.image.model.SafetyThreshold;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@link ImageRequest} → the input of the app. */
final class TaskInput {

    private static final int MOST_RETRIES = 5;

    private static final int LONGEST_APP = 32;

    /** The defaults in the schema of the app. An input with them added by the service counts as the same. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "num_images", "1",
            "aspect_ratio", "1:1",
            "resolution", "1K",
            "output_format", "png",
            "enable_google_search", "false",
            "safety_tolerance", "BLOCK_NONE",
            "retry_count", "2");

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private TaskInput() {}

    /**
     * @param references URLs of the reference images, in their order
     */
    static ObjectNode of(ImageRequest request, List<String> references) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("prompt", request.prompt());
        if (!references.isEmpty()) {
            ArrayNode images = input.putArray("images");
            references.forEach(images::add);
        }
        request.get(Parameter.ASPECT_RATIO).ifPresent(ratio -> input.put("aspect_ratio", ratio.toString()));
        request.get(Parameter.IMAGE_SIZE).ifPresent(size -> input.put("resolution", size.wireName()));
        // The quality of the service's JPEG and WebP is not documented. If the route sets a quality, they are made here
        // from PNG.
        request.get(Parameter.OUTPUT_FORMAT)
                .filter(format -> format == OutputFormat.PNG || !request.has(Parameter.OUTPUT_QUALITY))
                .ifPresent(format -> input.put("output_format", format.name().toLowerCase(Locale.ROOT)));
        if (request.is(Parameter.GOOGLE_SEARCH)) {
            input.put("enable_google_search", true);
        }
        request.get(Parameter.SAFETY_THRESHOLD)
                .ifPresent(threshold -> input.put(
                        "safety_tolerance",
                        (threshold == SafetyThreshold.OFF ? SafetyThreshold.BLOCK_NONE : threshold).wireName()));
        // The app's own number of calls to the model. It only gets requests for one picture.
        request.get(Parameter.MAX_RETRIES)
                .ifPresent(retries -> input.put("retry_count", Math.min(MOST_RETRIES, retries)));
        return input;
    }

    /**
     * Identifies a task: equal for the same input, whatever the order of its fields and whether defaults are written.
     *
     * @param app without its version
     * @return up to 100 characters; ends with the app if its name is short enough
     */
    static String fingerprint(String app, JsonNode input) {
        try {
            byte[] text = SORTED.writeValueAsString(SORTED.treeToValue(asked(input), Map.class))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    + (app.length() <= LONGEST_APP ? ":" + app : "");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The input of a task is not a JSON object", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The app of a fingerprint; empty if it contains none. */
    static String appOf(String fingerprint) {
        int colon = fingerprint.indexOf(':');
        return colon < 0 ? "" : fingerprint.substring(colon + 1);
    }

    private static ObjectNode asked(JsonNode input) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        input.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            boolean none = value.isNull()
                    || value.isContainerNode() && value.isEmpty()
                    || value.isBoolean() && !value.asBoolean()
                    || value.asText().equals(DEFAULTS.get(field.getKey()));
            if (!none) {
                asked.set(field.getKey(), field.getKey().equals("images") ? addresses(value) : value);
            }
        });
        return asked;
    }

    /** File addresses. The service may return them as objects. */
    private static ArrayNode addresses(JsonNode images) {
        ArrayNode addresses = JsonNodeFactory.instance.arrayNode();
        (images.isArray() ? images : List.of(images))
                .forEach(image -> addresses.add(image.path("uri").isTextual() ? image.path("uri") : image));
        return addresses;
    }
}
