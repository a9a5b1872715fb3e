package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.util.List;
import java.util.Optional;

/** Decides what a model draws for a request: which size, which text, which reference pictures. */
final class Drawings {

    private final GenerateRequest request;
    private final ImageModel model;
    private final List<Drawing.Tile> tiles;
    private final String ratio;
    private final String size;
    private final Pixels pixels;
    private final String mimeType;

    Drawings(GenerateRequest request, ImageModel model, Generation generation) {
        this.request = request;
        this.model = model;
        this.tiles = request.referenceParts().stream().map(Drawings::tile).toList();
        this.ratio = request.aspectRatio().orElseGet(this::ratioOfReference);
        this.size = model.ignoresSize()
                ? ImageModel.DEFAULT_SIZE
                : request.imageSize().orElse(ImageModel.DEFAULT_SIZE);
        this.pixels = generation.pixels != null
                ? generation.pixels
                : model.pixels(ratio, size).orElseThrow();
        this.mimeType = request.outputMimeType().filter(Drawings::canBeMade).orElse(model.mimeType());
    }

    /** The n-th picture; those from 0 on are results, negative ones are thoughts. */
    Drawing drawing(int n) {
        String footer =
                String.join(" · ", model.id(), ratio, size, pixels.toString()) + (n == 0 ? "" : " · " + label(n));
        return new Drawing(request.prompt(), footer, n, pixels, mimeType, tiles);
    }

    /** What the model says it made. */
    String size() {
        return size;
    }

    /** The same for the same request. */
    long identity() {
        return (request.prompt() + pixels + model.id()).hashCode();
    }

    private static String label(int n) {
        return n < 0 ? "thought " + -n : "no. " + (n + 1);
    }

    private String ratioOfReference() {
        return tiles.stream()
                .findFirst()
                .map(Drawing.Tile::picture)
                .flatMap(ReferencePicture::pixels)
                .map(model::nearestRatio)
                .orElse("1:1");
    }

    private static Drawing.Tile tile(JsonNode part) {
        Optional<ReferencePicture> picture = GenerateRequest.picture(part);
        if (picture.isEmpty()) {
            return new Drawing.Tile(part.path("fileData").path("fileUri").asText(), null);
        }
        String type = part.path(part.has("inlineData") ? "inlineData" : "fileData")
                .path("mimeType")
                .asText();
        return new Drawing.Tile(type + " " + picture.get().length() + " bytes", picture.get());
    }

    private static boolean canBeMade(String mimeType) {
        return mimeType.equals("image/png") || mimeType.equals("image/jpeg");
    }
}
