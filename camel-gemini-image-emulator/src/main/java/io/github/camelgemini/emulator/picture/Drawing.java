package io.github.camelgemini.emulator.picture;

import io.github.camelgemini.emulator.model.Pixels;
import java.util.List;

/**
 * Everything that decides what a picture looks like. The same drawing is always the same bytes.
 *
 * @param text the prompt, lettered on the picture
 * @param footer a small line at the bottom
 * @param variation tells several pictures of one answer apart; 0 is the first
 * @param pixels the exact size
 * @param mimeType {@code image/jpeg} or {@code image/png}
 * @param tiles reference pictures to show, in order
 */
public record Drawing(String text, String footer, int variation, Pixels pixels, String mimeType, List<Tile> tiles) {

    /** Copies the list of tiles. */
    public Drawing {
        tiles = List.copyOf(tiles);
    }

    /**
     * A reference picture as it appears on an edit.
     *
     * @param label shown when the picture cannot be, because it is somewhere else or of a type that Java cannot read
     * @param picture null when the bytes are not here
     */
    public record Tile(String label, ReferencePicture picture) {

        String identity() {
            return picture == null ? label : picture.sha256();
        }
    }

    /** Equal for drawings that look the same. */
    String identity() {
        List<String> identities = tiles.stream().map(Tile::identity).toList();
        return String.join("|", text, footer, String.valueOf(variation), pixels.toString(), mimeType) + identities;
    }
}
