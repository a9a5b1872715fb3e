package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Invented search results for the prompt; all pages are at example.com. */
final class Grounding {

    private Grounding() {}

    static ObjectNode of(GenerateRequest request) {
        String query = request.prompt();
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.putArray("webSearchQueries").add(query);
        boolean images =
                request.googleSearch().path("searchTypes").path("imageSearch").isObject();
        if (images) {
            metadata.putArray("imageSearchQueries").add(query);
        }
        metadata.putObject("searchEntryPoint").put("renderedContent", "<div class=\"container\">Google Search</div>");
        ArrayNode chunks = metadata.putArray("groundingChunks");
        chunks.addObject()
                .putObject("web")
                .put("uri", "https://www.example.com/article")
                .put("title", "example.com");
        if (images) {
            chunks.addObject()
                    .putObject("image")
                    .put("sourceUri", "https://www.example.com/gallery")
                    .put("imageUri", "https://www.example.com/gallery/1.jpg")
                    .put("title", "Gallery")
                    .put("domain", "example.com");
        }
        ObjectNode support = metadata.putArray("groundingSupports").addObject();
        support.putObject("segment").put("startIndex", 0).put("endIndex", 20).put("text", "Here is your picture");
        support.putArray("groundingChunkIndices").add(0);
        return metadata;
    }
}
