package io.github.camelgemini.emulator.api;

import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.util.List;
import java.util.Optional;

/** Determines the pictures of an answer: size, text, and reference pictures. */
public final class Drawings {

    private final Wish wish;
    private final ImageModel model;
    private final String ratio;
    private final String size;
    private final Pixels pixels;
    private final String mimeType;

    /**
     * A valid request for pictures.
     *
     * @param prompt the text to draw
     * @param ratio the aspect ratio; empty for the model's choice
     * @param size the size, as in the pixel table; empty for the model's default
     * @param mimeType of the picture; the model's own is used if this is empty or not supported
     * @param tiles reference pictures
     */
    public record Wish(
            String prompt,
            Optional<String> ratio,
            Optional<String> size,
            Optional<String> mimeType,
            List<Drawing.Tile> tiles) {}

    /** Combines a request with a model. */
    public Drawings(Wish wish, ImageModel model, Generation generation) {
        this.wish = wish;
        this.model = model;
        this.ratio = wish.ratio().orElseGet(this::ratioOfReference);
        this.size = model.ignoresSize() ? ImageModel.DEFAULT_SIZE : wish.size().orElse(ImageModel.DEFAULT_SIZE);
        this.pixels = generation.pixels != null
                ? generation.pixels
                : model.pixels(ratio, size).orElseThrow();
        this.mimeType = wish.mimeType().filter(Drawings::canBeMade).orElse(model.mimeType());
    }

    /** The n-th picture. Numbers from 0 are results, negative ones are interim pictures. */
    public Drawing drawing(int n) {
        String footer =
                String.join(" · ", model.id(), ratio, size, pixels.toString()) + (n == 0 ? "" : " · " + label(n));
        return new Drawing(wish.prompt(), footer, n, pixels, mimeType, wish.tiles());
    }

    /** The size of each picture. */
    public Pixels pixels() {
        return pixels;
    }

    /** The type of each picture. */
    public String mimeType() {
        return mimeType;
    }

    /** The output tokens of a picture. */
    public int tokensPerPicture() {
        return model.tokensPerPicture().get(size);
    }

    /** A number that is equal for equal requests. */
    public long identity() {
        return (wish.prompt() + pixels + model.id()).hashCode();
    }

    private static String label(int n) {
        return n < 0 ? "thought " + -n : "no. " + (n + 1);
    }

    private String ratioOfReference() {
        if (!model.followsReference()) {
            return model.defaultRatio();
        }
        return wish.tiles().stream()
                .findFirst()
                .map(Drawing.Tile::picture)
                .flatMap(ReferencePicture::pixels)
                .map(model::nearestRatio)
                .orElse(model.defaultRatio());
    }

    private static boolean canBeMade(String mimeType) {
        return mimeType.equals("image/png") || mimeType.equals("image/jpeg");
    }
}
