package io.github.camelgemini.emulator.aimlapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for, after the checks.
 *
 * @param model who is to draw
 * @param json the request; pictures as POJO nodes
 */
record AimlRequest(ImageModel model, JsonNode json) {

    /**
     * A picture to work on.
     *
     * @param address where it is; empty when its bytes are here
     * @param picture its bytes; null when they are not here
     */
    record Reference(String address, ReferencePicture picture) {}

    String prompt() {
        return json.path("prompt").asText();
    }

    Optional<String> aspectRatio() {
        return text("aspect_ratio");
    }

    Optional<String> resolution() {
        return text("resolution");
    }

    List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        json.path("image_urls")
                .forEach(image -> references.add(
                        image instanceof POJONode pojo
                                ? new Reference("", (ReferencePicture) pojo.getPojo())
                                : new Reference(image.asText(), null)));
        return references;
    }

    private Optional<String> text(String field) {
        return json.hasNonNull(field) ? Optional.of(json.path(field).asText()) : Optional.empty();
    }
}
