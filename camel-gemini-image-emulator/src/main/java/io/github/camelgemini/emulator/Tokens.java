package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Counts tokens per modality.
 *
 * @param text of texts
 * @param image of pictures
 */
record Tokens(int text, int image) {

    /** What a picture in a request costs, as live calls show. */
    private static final int PER_INPUT_PICTURE = 258;

    /** Google's rule of thumb. */
    private static final int LETTERS_PER_TOKEN = 4;

    static Tokens ofPrompt(GenerateRequest request) {
        return new Tokens(
                request.allTexts().mapToInt(Tokens::ofText).sum(), request.pictureCount() * PER_INPUT_PICTURE);
    }

    static int ofText(String text) {
        return (text.length() + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
    }

    int total() {
        return text + image;
    }

    ArrayNode details() {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        add(details, "TEXT", text);
        add(details, "IMAGE", image);
        return details;
    }

    private static void add(ArrayNode details, String modality, int count) {
        if (count > 0) {
            ObjectNode detail = details.addObject();
            detail.put("modality", modality).put("tokenCount", count);
        }
    }
}
