package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A request that was checked against the schema.
 *
 * @param json field names in camelCase
 */
public record GenerateRequest(JsonNode json) {

    /** The field in which a part with a file has its picture, once it was found. */
    public static final String STORED = "stored file";

    private static final Pattern IMAGE = Pattern.compile("image/(png|jpe?g|webp|heic|heif)");

    /** The turns. */
    public JsonNode contents() {
        return json.path("contents");
    }

    /** The texts of the last turn, one a line. */
    public String prompt() {
        return String.join("\n", texts(parts(lastTurn())).toList());
    }

    /** All texts of all turns and the system instruction. */
    public Stream<String> allTexts() {
        return Stream.concat(
                texts(parts(json.path("systemInstruction"))), stream(contents()).flatMap(turn -> texts(parts(turn))));
    }

    /** The parts of all turns and of the system instruction. */
    public Stream<JsonNode> allParts() {
        return Stream.concat(
                parts(json.path("systemInstruction")), stream(contents()).flatMap(GenerateRequest::parts));
    }

    /** The number of media of this kind in all turns; media without a type count as pictures. */
    public int mediaCount(String kind) {
        return (int) stream(contents())
                .flatMap(GenerateRequest::parts)
                .filter(part -> part.has("inlineData") || part.has("fileData"))
                .filter(part -> mediaKind(mimeType(part)).equals(kind))
                .count();
    }

    /** The declared type of a part with media; empty for none. */
    public static String mimeType(JsonNode part) {
        return part.path(part.has("inlineData") ? "inlineData" : "fileData")
                .path("mimeType")
                .asText();
    }

    /** {@code image}, {@code video}, {@code document}, or {@code unknown} for types that no model accepts. */
    public static String mediaKind(String mimeType) {
        if (mimeType.isEmpty() || IMAGE.matcher(mimeType).matches()) {
            return "image";
        }
        if (mimeType.startsWith("video/")) {
            return "video";
        }
        return mimeType.equals("application/pdf") || mimeType.startsWith("text/") ? "document" : "unknown";
    }

    /** The folder into which Vertex AI writes the pictures instead of sending them. */
    public Optional<String> outputUriPrefix() {
        return text(json.path("outputConfig").path("outputUriPrefix"));
    }

    /** The pictures to edit: those of the last turn, or else the model's last one. */
    public List<JsonNode> referenceParts() {
        List<JsonNode> ofLastTurn = pictureParts(lastTurn());
        if (!ofLastTurn.isEmpty()) {
            return ofLastTurn;
        }
        for (int i = contents().size() - 2; i >= 0; i--) {
            List<JsonNode> earlier = pictureParts(contents().get(i));
            if (!earlier.isEmpty()) {
                return List.of(earlier.get(earlier.size() - 1));
            }
        }
        return List.of();
    }

    /** The picture of a part, inline or as a file of the Files API. */
    public static Optional<ReferencePicture> picture(JsonNode part) {
        JsonNode found = part.has("inlineData")
                ? part.path("inlineData").path("data")
                : part.path("fileData").path(STORED);
        return found instanceof POJONode pojo ? Optional.of((ReferencePicture) pojo.getPojo()) : Optional.empty();
    }

    /** The requested pictures. */
    public Drawings.Wish wish() {
        List<Drawing.Tile> tiles =
                referenceParts().stream().map(GenerateRequest::tile).toList();
        return new Drawings.Wish(prompt(), aspectRatio(), imageSize(), outputMimeType(), tiles);
    }

    private static Drawing.Tile tile(JsonNode part) {
        Optional<ReferencePicture> picture = picture(part);
        if (picture.isEmpty()) {
            return new Drawing.Tile(part.path("fileData").path("fileUri").asText(), null);
        }
        return new Drawing.Tile(mimeType(part) + " " + picture.get().length() + " bytes", picture.get());
    }

    /** The requested aspect ratio. */
    public Optional<String> aspectRatio() {
        return text(config("imageConfig").path("aspectRatio"));
    }

    /** The requested size as in the pixel table: {@code 512}, {@code 1K}. */
    public Optional<String> imageSize() {
        return text(config("imageConfig").path("imageSize"))
                .map(size -> size.toUpperCase(Locale.ROOT).replaceFirst("^512(P|PX)$", "512"));
    }

    /** The type that Vertex AI is asked for, instead of the model's own. */
    public Optional<String> outputMimeType() {
        return text(config("imageConfig").path("imageOutputOptions").path("mimeType"));
    }

    /** Whether the answer may contain text, which is the default. */
    public boolean wantsText() {
        JsonNode modalities = config("responseModalities");
        return modalities.isEmpty()
                || stream(modalities).anyMatch(m -> m.asText().equalsIgnoreCase("TEXT"));
    }

    /** Whether interim texts and pictures were requested. */
    public boolean wantsThoughts() {
        return config("thinkingConfig").path("includeThoughts").asBoolean();
    }

    /** The requested thinking level, in lower case. */
    public Optional<String> thinkingLevel() {
        return text(config("thinkingConfig").path("thinkingLevel")).map(level -> level.toLowerCase(Locale.ROOT));
    }

    /** The search tool; a missing node when there is none. */
    public JsonNode googleSearch() {
        return stream(json.path("tools"))
                .map(tool -> tool.path("googleSearch"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(json.path("no such field"));
    }

    /** The service tier; {@code standard} by default. */
    public String serviceTier() {
        return text(json.path("serviceTier")).orElse("standard");
    }

    /** A field of the generation config; a missing node when there is none. */
    public JsonNode config(String field) {
        return json.path("generationConfig").path(field);
    }

    private JsonNode lastTurn() {
        return contents().path(contents().size() - 1);
    }

    private static List<JsonNode> pictureParts(JsonNode turn) {
        List<JsonNode> pictures = new ArrayList<>();
        parts(turn)
                .filter(part -> part.has("inlineData") || part.has("fileData"))
                .filter(part -> !part.path("thought").asBoolean())
                .forEach(pictures::add);
        return pictures;
    }

    private static Stream<String> texts(Stream<JsonNode> parts) {
        return parts.filter(part -> !part.path("thought").asBoolean())
                .map(part -> part.path("text").asText())
                .filter(text -> !text.isEmpty());
    }

    /** The parts of a turn. */
    public static Stream<JsonNode> parts(JsonNode turn) {
        return stream(turn.path("parts"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? Optional.of(node.asText()) : Optional.empty();
    }
}
