package io.github.camelgemini.emulator.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Copies parts of a request that is processed after its answer. */
public final class Kept {

    private Kept() {}

    /** A copy of a request's JSON with a short text in place of each picture. */
    public static JsonNode json(JsonNode node) {
        if (node instanceof POJONode pojo) {
            ReferencePicture picture = (ReferencePicture) pojo.getPojo();
            return TextNode.valueOf("[" + picture.length() + " bytes, sha256 " + picture.sha256() + "]");
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                copy.set(field.getKey(), json(field.getValue()));
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(json(element)));
            return copy;
        }
        return node;
    }

    /** The same tiles with copies of their pictures, which outlive the request. */
    public static List<Drawing.Tile> tiles(List<Drawing.Tile> tiles) {
        List<Drawing.Tile> kept = new ArrayList<>();
        try {
            for (Drawing.Tile tile : tiles) {
                kept.add(new Drawing.Tile(
                        tile.label(),
                        tile.picture() == null ? null : tile.picture().copy()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }
}
