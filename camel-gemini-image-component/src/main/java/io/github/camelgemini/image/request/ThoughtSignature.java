package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.PayloadSource;
import java.util.Base64;

/** Reads thought signatures from JSON. The model must get them back unchanged. */
public final class ThoughtSignature {

    private ThoughtSignature() {}

    /**
     * The decoded signature. Protobuf JSON may use either alphabet of Base64, with or without padding.
     *
     * @param json text, or the payload that {@code ResponseJson} makes of a long signature
     * @return null when there is none
     * @throws IllegalArgumentException when it is not Base64
     */
    public static PayloadSource read(JsonNode json) {
        if (json instanceof POJONode pojo && pojo.getPojo() instanceof PayloadSource bytes) {
            return bytes;
        }
        if (!json.isTextual() || json.asText().isEmpty()) {
            return null;
        }
        String base64 = json.asText().replace('-', '+').replace('_', '/');
        return PayloadSource.of(Base64.getDecoder().decode(base64));
    }
}
