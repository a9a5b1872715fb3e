package io.github.camelgemini.image.payload.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.Payload;
import java.util.ArrayList;
import java.util.List;

/** Finds the payloads in a JSON tree. */
final class Payloads {

    private Payloads() {}

    /** All payloads, in the order of the JSON. */
    static List<Payload> of(JsonNode tree) {
        List<Payload> found = new ArrayList<>();
        collect(tree, found);
        return found;
    }

    /** Discards all payloads, except those that were handed out. */
    static void discard(JsonNode tree) {
        of(tree).forEach(Payload::discard);
    }

    private static void collect(JsonNode node, List<Payload> found) {
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof Payload payload) {
            found.add(payload);
        }
        node.forEach(child -> collect(child, found));
    }
}
