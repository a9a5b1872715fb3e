package io.github.camelgemini.emulator.aimlapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks a body against the OpenAPI documents of AI/ML API. Reports each problem on a line. Messages about enum values
 * follow the service's page on errors, the others the validator with that style. Unknown fields are ignored, because
 * the schemas do not forbid them.
 */
final class AimlChecks {

    private static final int MOST_IMAGES = 5;

    private final ModelCatalog catalog;
    private final EndedModels ended;

    AimlChecks(ModelCatalog catalog, EndedModels ended) {
        this.catalog = catalog;
        this.ended = ended;
    }

    AimlRequest check(ParsedBody body) throws RefusedByAimlException {
        if (body.error().isPresent()) {
            throw new RefusedByAimlException(
                    AimlError.validation(body.error().get().description()));
        }
        JsonNode json = body.json();
        if (!json.isObject()) {
            throw new RefusedByAimlException(AimlError.validation("Expected object, received " + type(json)));
        }
        List<String> wrong = new ArrayList<>();
        Optional<ImageModel> model = catalog.find(json.path("model").asText());
        String[] names = catalog.all().stream().map(ImageModel::id).toArray(String[]::new);
        oneOf(json, "model", true, List.of(names)).ifPresent(wrong::add);
        text(json, "prompt").ifPresent(wrong::add);
        model.ifPresent(known -> {
            oneOf(json, "aspect_ratio", false, known.ratios()).ifPresent(wrong::add);
            oneOf(json, "resolution", false, known.tokensPerPicture().keySet()).ifPresent(wrong::add);
        });
        wrong.addAll(images(json.path("image_urls")));
        JsonNode search = json.path("enable_web_search");
        if (!search.isMissingNode() && !search.isBoolean()) {
            wrong.add("enable_web_search: Expected boolean, received " + type(search));
        }
        if (!wrong.isEmpty()) {
            throw new RefusedByAimlException(AimlError.validation(String.join("\n", wrong)));
        }
        if (ended.hasEnded(model.orElseThrow().id())) {
            throw new RefusedByAimlException(AimlError.modelNotFound(model.get().id()));
        }
        return new AimlRequest(model.get(), json);
    }

    private static Optional<String> text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return Optional.of(field + ": Required");
        }
        if (!value.isTextual()) {
            return Optional.of(field + ": Expected string, received " + type(value));
        }
        return value.asText().isEmpty()
                ? Optional.of(field + ": String must contain at least 1 character(s)")
                : Optional.empty();
    }

    private static Optional<String> oneOf(JsonNode json, String field, boolean required, Collection<String> values) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return required ? Optional.of(field + ": Required") : Optional.empty();
        }
        String expected = values.stream().map(text -> "'" + text + "'").collect(Collectors.joining(" | "));
        if (!value.isTextual()) {
            return Optional.of(field + ": Expected " + expected + ", received " + type(value));
        }
        return values.contains(value.asText())
                ? Optional.empty()
                : Optional.of("Invalid enum value. Expected " + expected + ", received '" + value.asText() + "'");
    }

    private static List<String> images(JsonNode images) {
        if (images.isMissingNode()) {
            return List.of();
        }
        if (!images.isArray()) {
            return List.of("image_urls: Expected array, received " + type(images));
        }
        List<String> wrong = new ArrayList<>();
        if (images.size() > MOST_IMAGES) {
            wrong.add("image_urls: Array must contain at most " + MOST_IMAGES + " element(s)");
        }
        for (int i = 0; i < images.size(); i++) {
            JsonNode image = images.get(i);
            if (!image.isPojo() && !image.isTextual()) {
                wrong.add("image_urls." + i + ": Expected string, received " + type(image));
            } else if (image.isTextual() && !isAddress(image.asText())) {
                wrong.add("image_urls." + i + ": Invalid url");
            }
        }
        return wrong;
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && Set.of("http", "https")
                            .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING -> "undefined";
            case POJO -> "string";
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
