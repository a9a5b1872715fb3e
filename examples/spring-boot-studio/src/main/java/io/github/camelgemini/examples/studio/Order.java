package io.github.camelgemini.examples.studio;

import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;

/**
 * The parameters that a client may set; nothing else of a request reaches the component.
 *
 * @param aspectRatio null for the model's choice
 * @param imageSize null for the application's default
 * @param conversation null to begin one
 */
record Order(
        @Schema(
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        description = "What to draw, or what to change",
                        example = "A fern")
                String prompt,
        @Schema(description = "Width to height. Without it, the model chooses", example = "16:9") String aspectRatio,
        @Schema(description = "1K, 2K or 4K. Default: 1K", example = "1K") String imageSize,
        @Schema(description = "The conversation of an earlier picture, to edit that picture again")
                String conversation) {

    private static final List<String> FIELDS = List.of("prompt", "aspectRatio", "imageSize", "conversation");
    private static final int MAX_PROMPT = 10_000;

    /**
     * Reads the fields of a JSON object or of a form.
     *
     * @param model as its service offers it, if it is known; unsupported values are refused at once, and not later in
     *     the queue
     * @throws RefusedException when a field is invalid
     */
    static Order of(Map<String, ?> fields, Optional<ModelSpec> model) {
        TreeSet<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw refused("The field '" + unknown.first() + "' is unknown. The fields are " + String.join(", ", FIELDS)
                    + ".");
        }
        String prompt = text(fields, "prompt");
        if (prompt == null) {
            throw refused("Write a prompt: say what to draw, or what to change.");
        }
        if (prompt.length() > MAX_PROMPT) {
            throw refused("The prompt has " + prompt.length() + " characters. The limit is " + MAX_PROMPT + ".");
        }
        return new Order(
                prompt,
                checked(fields, "aspectRatio", value -> {
                    AspectRatio ratio = AspectRatio.parse(value);
                    model.ifPresent(known -> known.checkAspectRatio(ratio));
                }),
                checked(fields, "imageSize", value -> {
                    ImageSize size = ImageSize.parse(value);
                    model.ifPresent(known -> known.checkImageSize(size));
                }),
                text(fields, "conversation"));
    }

    private static String checked(Map<String, ?> fields, String name, Consumer<String> check) {
        String value = text(fields, name);
        if (value != null) {
            try {
                check.accept(value);
            } catch (IllegalArgumentException e) {
                throw refused("The field '" + name + "' is '" + value + "' and " + e.getMessage() + ".");
            }
        }
        return value;
    }

    private static String text(Map<String, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw refused("The field '" + name + "' must be a text.");
        }
        return text.isBlank() ? null : text.strip();
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(HttpStatus.BAD_REQUEST, sentence);
    }
}
