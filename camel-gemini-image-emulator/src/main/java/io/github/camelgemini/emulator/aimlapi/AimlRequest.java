package io.github.camelgemini.emulator.aimlapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request after the checks.
 *
 * @param model to use
 * @param json the request; pictures as POJO nodes
 */
record AimlRequest(ImageModel model, JsonNode json) {

    String prompt() {
        return json.path("prompt").asText();
    }

    Optional<String> aspectRatio() {
        return text("aspect_ratio");
    }

    Optional<String> resolution() {
        return text("resolution");
    }

    List<References.Reference> references() {
        List<References.Reference> references = new ArrayList<>();
        json.path("image_urls")
                .forEach(image -> references.add(
                        image instanceof POJONode pojo
                                ? new References.Reference("", (ReferencePicture) pojo.getPojo())
                                : new References.Reference(image.asText(), null)));
        return references;
    }

    private Optional<String> text(String field) {
        return json.hasNonNull(field) ? Optional.of(json.path(field).asText()) : Optional.empty();
    }
}
