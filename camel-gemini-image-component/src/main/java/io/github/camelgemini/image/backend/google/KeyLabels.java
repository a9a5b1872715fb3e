package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stores the key of a request in its labels. Vertex AI has no keys in batches and does not keep the order, but repeats
 * each request beside its answer. Label values have up to 63 characters of {@code a-z0-9_-}
 * (cloud.google.com/resource-manager/docs/labels-overview), so a key with other characters is written in hexadecimal
 * digits.
 */
final class KeyLabels {

    private static final String NAME = "batch-key";
    private static final String HEX = NAME + "-hex-";
    private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{1,63}");
    private static final int BYTES_OF_LABEL = 31;
    /** A request may have 64 labels. */
    private static final int MOST = 32;

    private KeyLabels() {}

    /**
     * The labels for a key.
     *
     * @throws InvalidRequestException when the key is too long
     */
    static Map<String, String> of(String key) {
        if (VALUE.matcher(key).matches()) {
            return Map.of(NAME, key);
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MOST * BYTES_OF_LABEL) {
            throw new InvalidRequestException("A key in a batch of Vertex AI must have 1 to " + MOST * BYTES_OF_LABEL
                    + " bytes, but this one has " + bytes.length);
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i * BYTES_OF_LABEL < bytes.length; i++) {
            int from = i * BYTES_OF_LABEL;
            int to = Math.min(bytes.length, from + BYTES_OF_LABEL);
            labels.put(HEX + i, HexFormat.of().formatHex(bytes, from, to));
        }
        return labels;
    }

    /** The key in the labels, or null. */
    static String key(JsonNode labels) {
        if (labels.path(NAME).isTextual()) {
            return labels.path(NAME).asText();
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; labels.path(HEX + i).isTextual(); i++) {
            hex.append(labels.path(HEX + i).asText());
        }
        try {
            return hex.isEmpty() ? null : new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // These labels were set by someone else.
            return null;
        }
    }
}
