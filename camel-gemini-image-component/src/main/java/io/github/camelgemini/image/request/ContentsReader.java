package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Converts the JSON of a conversation, {@code contents}, to {@link Turn}s. The JSON comes from {@link
 * io.github.camelgemini.image.payload.json.ResponseJson}, so pictures and long thought signatures are payloads, and
 * names are in camelCase.
 */
final class ContentsReader {

    private final String source;
    private final Function<String, Optional<ReferenceImage.Remote>> remote;
    private final boolean kept;

    private ContentsReader(String source, Function<String, Optional<ReferenceImage.Remote>> remote, boolean kept) {
        this.source = source;
        this.remote = remote;
        this.kept = kept;
    }

    /**
     * Reads turns.
     *
     * @param contents an array of turns, or a single one
     * @param source where it came from, such as {@code header CamelGeminiImageContents}, for errors
     * @param remote gives the picture for a URI; empty if the URI is not allowed
     * @param kept whether they were loaded from a repository, and so checked before; a picture from a model may be
     *     incomplete
     * @throws InvalidRequestException names the place in the JSON, the value, and what is allowed there
     * @throws ReferenceImageException for data that is not a picture
     */
    static List<Turn> read(
            JsonNode contents, String source, Function<String, Optional<ReferenceImage.Remote>> remote, boolean kept) {
        return new ContentsReader(source, remote, kept).turns(contents);
    }

    private List<Turn> turns(JsonNode contents) {
        if (contents.isObject()) {
            return List.of(turn(contents, "/contents"));
        }
        if (!contents.isArray() || contents.isEmpty()) {
            throw wrong(
                    "/contents",
                    contents,
                    "must be an array of turns such as" + " {\"role\":\"user\",\"parts\":[{\"text\":\"…\"}]}");
        }
        List<Turn> turns = new ArrayList<>();
        for (JsonNode turn : contents) {
            turns.add(turn(turn, "/contents/" + turns.size()));
        }
        return turns;
    }

    private Turn turn(JsonNode turn, String place) {
        if (!turn.isObject()) {
            throw wrong(place, turn, "must be a turn such as {\"role\":\"user\",\"parts\":[{\"text\":\"…\"}]}");
        }
        JsonNode json = turn.path("parts");
        if (json.isObject()) {
            return new Turn(role(turn, place), List.of(part(json, place + "/parts")));
        }
        if (!json.isArray() || json.isEmpty()) {
            throw wrong(place + "/parts", json, "must be an array with at least one part");
        }
        List<Turn.Part> parts = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            if (!isThoughtPictureWithoutBytes(json.get(i))) {
                parts.add(part(json.get(i), place + "/parts/" + i));
            }
        }
        return new Turn(role(turn, place), parts);
    }

    /** Interim pictures lose their bytes when JSON is read, and need not be sent back. */
    private static boolean isThoughtPictureWithoutBytes(JsonNode part) {
        return part.path("thought").asBoolean()
                && part.has("inlineData")
                && !part.path("inlineData").has("data");
    }

    private Turn.Role role(JsonNode turn, String place) {
        JsonNode role = turn.path("role");
        return switch (role.asText("user").toLowerCase(Locale.ROOT)) {
            case "user", "" -> Turn.Role.USER;
            case "model" -> Turn.Role.MODEL;
            default -> throw wrong(place + "/role", role, "must be user or model");
        };
    }

    private Turn.Part part(JsonNode part, String place) {
        boolean thought = part.path("thought").asBoolean();
        PayloadSource signature = signature(part.path("thoughtSignature"), place + "/thoughtSignature");
        if (part.has("inlineData")) {
            return new Turn.Picture(inline(part.path("inlineData"), place + "/inlineData"), thought, signature);
        }
        if (part.has("fileData")) {
            return new Turn.Picture(remote(part.path("fileData"), place + "/fileData"), thought, signature);
        }
        if (part.path("text").isTextual()) {
            return new Turn.Text(text(part.path("text"), place + "/text"), thought, signature);
        }
        throw wrong(place, part, "must have text, inlineData or fileData");
    }

    private ReferenceImage inline(JsonNode blob, String place) {
        if (!(blob.path("data") instanceof POJONode data && data.getPojo() instanceof PayloadSource bytes)) {
            throw wrong(place + "/data", blob.path("data"), "must be the Base64 of an image");
        }
        String name = source + ": " + place + "/data";
        try {
            return (kept ? BodyReader.anyhow(bytes) : BodyReader.whole(bytes, name))
                    .orElseThrow(() -> new ReferenceImageException(
                            name + " is not an image of a known type (PNG, JPEG, WebP, HEIC, HEIF)"));
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new ReferenceImageException(name + " cannot be read: " + e.getMessage(), e));
        }
    }

    private String text(JsonNode text, String place) {
        try {
            return Values.wellFormed(text.asText());
        } catch (IllegalArgumentException e) {
            throw wrong(place, text, e.getMessage());
        }
    }

    /** Only files of the Files API and of Cloud Storage. For other URIs the API might use the route's permissions. */
    private ReferenceImage remote(JsonNode file, String place) {
        ReferenceImage.Remote named = remote.apply(
                        ReferenceUris.normal(file.path("fileUri").asText()))
                .orElseThrow(() -> wrong(
                        place + "/fileUri",
                        file.path("fileUri"),
                        "must be gs:// or a file of the Files API (files/name)"));
        String type = file.path("mimeType").asText();
        return new ReferenceImage.Remote(named.uri(), type.isEmpty() ? null : type, named.byUrl());
    }

    private PayloadSource signature(JsonNode signature, String place) {
        try {
            return ThoughtSignature.read(signature);
        } catch (IllegalArgumentException e) {
            throw wrong(place, signature, "must be the Base64 that the model returned with this part");
        }
    }

    private InvalidRequestException wrong(String place, JsonNode value, String right) {
        String found = value.isMissingNode() ? "nothing" : value.isValueNode() ? value.asText() : "an object or array";
        return new InvalidRequestException(source + ": " + place + " '" + Values.quote(found) + "' " + right);
    }
}
