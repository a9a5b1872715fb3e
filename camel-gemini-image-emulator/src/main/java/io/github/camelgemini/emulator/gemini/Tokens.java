package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Token counts by modality.
 *
 * @param text of texts
 * @param image of pictures
 * @param video of videos
 * @param document of PDF and text files
 */
public record Tokens(int text, int image, int video, int document) {

    /** The tokens of a picture in a request, from live calls. For videos and documents, the tokens of one page. */
    private static final int PER_INPUT = 258;

    /** Google's rule of thumb. */
    private static final int LETTERS_PER_TOKEN = 4;

    /** The tokens of a request. */
    public static Tokens ofPrompt(GenerateRequest request) {
        return new Tokens(
                request.allTexts().mapToInt(Tokens::ofText).sum(),
                request.mediaCount("image") * PER_INPUT,
                request.mediaCount("video") * PER_INPUT,
                request.mediaCount("document") * PER_INPUT);
    }

    /** The tokens of an answer. */
    public static Tokens ofAnswer(int text, int image) {
        return new Tokens(text, image, 0, 0);
    }

    /** The tokens of a text. */
    public static int ofText(String text) {
        return (text.length() + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
    }

    /** The sum. */
    public int total() {
        return text + image + video + document;
    }

    /** The list by modality, as in answers. */
    public ArrayNode details() {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        add(details, "TEXT", text);
        add(details, "IMAGE", image);
        add(details, "VIDEO", video);
        add(details, "DOCUMENT", document);
        return details;
    }

    private static void add(ArrayNode details, String modality, int count) {
        if (count > 0) {
            ObjectNode detail = details.addObject();
            detail.put("modality", modality).put("tokenCount", count);
        }
    }
}
