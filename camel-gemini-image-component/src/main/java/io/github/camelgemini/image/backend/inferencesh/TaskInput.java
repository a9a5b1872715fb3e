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

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private TaskInput() {}

    /** @param references addresses of the reference pictures, in their order */
    static ObjectNode of(ImageRequest request, List<String> references) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("prompt", request.prompt());
        if (!references.isEmpty()) {
            ArrayNode images = input.putArray("images");
            references.forEach(images::add);
        }
        request.get(Parameter.ASPECT_RATIO).ifPresent(ratio -> input.put("aspect_ratio", ratio.toString()));
        request.get(Parameter.IMAGE_SIZE).ifPresent(size -> input.put("resolution", size.wireName()));
        // Of what quality its JPEG and WebP are, nobody can say; where that matters they are made here, of a PNG.
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
        // Of its own calls of the model, for which it is asked only once.
        request.get(Parameter.MAX_RETRIES)
                .ifPresent(retries -> input.put("retry_count", Math.min(MOST_RETRIES, retries)));
        return input;
    }

    /** The same for the same input, in whatever order its fields are. */
    static String fingerprint(JsonNode input) {
        try {
            byte[] text = SORTED.writeValueAsString(SORTED.treeToValue(input, Map.class))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The input of a task is no JSON object", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
