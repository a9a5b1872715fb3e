package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import java.util.List;

/** A request as JSON that {@code generate} reads, stored to submit it again. */
final class KeptRequest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptRequest() {}

    /**
     * @return null for a request with the message's own pictures, or with turns of a conversation: these are not stored
     */
    static ObjectNode of(ImageRequest request) {
        List<ReferenceImage> images = request.referenceImages();
        if (!request.history().isEmpty() || images.stream().anyMatch(ReferenceImage.Inline.class::isInstance)) {
            return null;
        }
        ObjectNode json = JSON.valueToTree(request.repeatedParameters());
        json.put(Parameter.MODEL.fieldName(), request.model());
        json.put(Parameter.PROMPT.fieldName(), request.prompt());
        request.get(Parameter.SYSTEM_INSTRUCTION)
                .ifPresent(text -> json.put(Parameter.SYSTEM_INSTRUCTION.fieldName(), text));
        request.get(Parameter.LABELS)
                .ifPresent(labels -> json.set(Parameter.LABELS.fieldName(), JSON.valueToTree(labels)));
        if (!images.isEmpty()) {
            ArrayNode uris = json.putArray(Parameter.REFERENCE_IMAGES.fieldName());
            images.forEach(image -> uris.add(((ReferenceImage.Remote) image).uri()));
        }
        return json;
    }
}
