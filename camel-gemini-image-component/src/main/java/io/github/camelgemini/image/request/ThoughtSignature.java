package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.PayloadSource;
import java.util.Base64;

/** Reads thought signatures, which the model must get back as it gave them, from JSON. */
public final class ThoughtSignature {

    private ThoughtSignature() {}

    /**
     * The decoded signature. JSON of protocol buffers has either alphabet of Base64, with or without padding.
     *
     * @param json text, or a long signature as the payload that {@code ResponseJson} makes of it
     * @return null when there is none
     * @throws IllegalArgumentException when it is no Base64
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
