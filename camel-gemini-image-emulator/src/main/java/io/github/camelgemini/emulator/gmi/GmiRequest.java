package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.gemini.GenerateRequest;
import io.github.camelgemini.emulator.gemini.ThoughtSignatures;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A request after the checks: {@code prompt} and {@code image}, or {@code contents} in Gemini's format.
 *
 * @param model to use
 * @param payload as it arrived
 */
record GmiRequest(ImageModel model, JsonNode payload) {

    /** The parameters on the model's page. */
    private static final Set<String> FIELDS =
            new TreeSet<>(Set.of("prompt", "image", "image_size", "aspect_ratio", "image_output_format", "contents"));

    private static final Pattern ADDRESS = Pattern.compile("(https?|gs)://.+");
    private static final int MOST_IMAGES = 14;

    static GmiRequest of(ParsedBody body, ModelCatalog catalog, EndedModels ended) throws RefusedByGmiException {
        if (body.error().isPresent()) {
            throw refused(body.error().get().description());
        }
        JsonNode json = body.json();
        String name = json.path("model").asText();
        if (name.isEmpty()) {
            throw refused("model is required");
        }
        ImageModel model = catalog.find(name)
                .filter(known -> !ended.hasEnded(known.id()))
                .orElseThrow(() -> new RefusedByGmiException(GmiError.modelNotFound(name)));
        JsonNode payload = json.path("payload");
        if (!payload.isObject() || payload.isEmpty()) {
            throw refused("payload is required");
        }
        GmiRequest request = new GmiRequest(model, payload);
        request.check();
        return request;
    }

    private void check() throws RefusedByGmiException {
        Set<String> unknown = new TreeSet<>();
        payload.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw refused("unknown parameters " + unknown + ", supported are " + FIELDS);
        }
        oneOf("image_size", model.tokensPerPicture().keySet());
        oneOf("aspect_ratio", model.ratios());
        oneOf("image_output_format", List.of("png", "jpeg"));
        if (isConversation()) {
            checkContents();
        } else {
            checkSingle();
        }
    }

    private void checkSingle() throws RefusedByGmiException {
        if (!payload.path("prompt").isTextual()
                || payload.path("prompt").asText().isBlank()) {
            throw refused("prompt is required when contents is not provided");
        }
        List<JsonNode> images = images();
        if (images.size() > MOST_IMAGES) {
            throw refused("image: at most " + MOST_IMAGES + " images");
        }
        for (JsonNode image : images) {
            boolean inline = image instanceof POJONode pojo
                    && !((ReferencePicture) pojo.getPojo()).mimeType().isEmpty();
            if (!inline && !ADDRESS.matcher(image.asText()).matches()) {
                throw refused("image: must be a URL or a list of URLs");
            }
        }
    }

    private void checkContents() throws RefusedByGmiException {
        JsonNode contents = payload.path("contents");
        JsonNode last = contents.path(contents.size() - 1);
        if (!last.path("role").asText("user").equals("user") || prompt().isEmpty()) {
            throw refused("contents: the last turn must be the user's, with a text");
        }
        for (JsonNode turn : contents) {
            if (!turn.path("parts").isArray()) {
                throw refused("contents: each turn must have parts");
            }
            for (JsonNode part : turn.path("parts")) {
                boolean drawn = turn.path("role").asText().equals("model") && isPicture(part);
                if (drawn && !isSigned(part)) {
                    throw refused("contents: image part is missing a valid thoughtSignature. Copy next_turn_contents"
                            + " as it is.");
                }
            }
        }
    }

    private static boolean isPicture(JsonNode part) {
        return part.has("inlineData") || part.has("fileData");
    }

    private static boolean isSigned(JsonNode part) {
        try {
            return ThoughtSignatures.isValid(part.path("thoughtSignature").asText());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private void oneOf(String field, Collection<String> values) throws RefusedByGmiException {
        JsonNode value = payload.path(field);
        if (!value.isMissingNode() && !(value.isTextual() && values.contains(value.asText()))) {
            throw refused(field + ": must be one of " + String.join(", ", values));
        }
    }

    private static RefusedByGmiException refused(String text) {
        return new RefusedByGmiException(GmiError.invalid(text));
    }

    /** Whether there are turns; prompt and image are then ignored. */
    boolean isConversation() {
        return payload.path("contents").isArray() && !payload.path("contents").isEmpty();
    }

    static String prompt(JsonNode payload) {
        return payload.path("contents").isArray() && !payload.path("contents").isEmpty()
                ? new GenerateRequest(payload).prompt()
                : payload.path("prompt").asText();
    }

    String prompt() {
        return prompt(payload);
    }

    private List<JsonNode> images() {
        JsonNode image = payload.path("image");
        List<JsonNode> images = new ArrayList<>();
        if (image.isArray()) {
            image.forEach(images::add);
        } else if (!image.isMissingNode() && !image.isNull()) {
            images.add(image);
        }
        return images;
    }

    /** The pictures to edit. */
    List<References.Reference> references() {
        List<References.Reference> references = new ArrayList<>();
        if (isConversation()) {
            for (JsonNode part : new GenerateRequest(payload).referenceParts()) {
                references.add(GenerateRequest.picture(part)
                        .map(picture -> new References.Reference("", picture))
                        .orElseGet(() -> new References.Reference(
                                part.path("fileData").path("fileUri").asText(), null)));
            }
        } else {
            for (JsonNode image : images()) {
                references.add(
                        image instanceof POJONode pojo
                                ? new References.Reference("", (ReferencePicture) pojo.getPojo())
                                : new References.Reference(image.asText(), null));
            }
        }
        return references;
    }

    Drawings.Wish wish(List<Drawing.Tile> tiles) {
        return new Drawings.Wish(
                prompt(),
                text("aspect_ratio"),
                text("image_size"),
                text("image_output_format").map(format -> "image/" + format),
                tiles);
    }

    String size() {
        return text("image_size").orElse(ImageModel.DEFAULT_SIZE);
    }

    private Optional<String> text(String field) {
        return payload.hasNonNull(field) ? Optional.of(payload.path(field).asText()) : Optional.empty();
    }

    /** The turns so far; a single prompt becomes one turn. */
    static JsonNode turns(JsonNode payload) {
        if (payload.path("contents").isArray() && !payload.path("contents").isEmpty()) {
            return payload.path("contents");
        }
        ObjectNode turn = JsonNodeFactory.instance.objectNode().put("role", "user");
        turn.putArray("parts").addObject().put("text", payload.path("prompt").asText());
        return JsonNodeFactory.instance.arrayNode().add(turn);
    }
}
