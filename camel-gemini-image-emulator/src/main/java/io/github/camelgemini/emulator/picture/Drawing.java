package io.github.camelgemini.emulator.picture;

import io.github.camelgemini.emulator.model.Pixels;
import java.util.List;

/**
 * Everything that determines a picture. Equal drawings give equal bytes.
 *
 * @param text the prompt, written on the picture
 * @param footer a small line at the bottom
 * @param variation distinguishes the pictures of one answer; 0 is the first
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
     * @param label shown in place of a picture that is elsewhere, or that Java cannot read
     * @param picture null when the bytes are not available
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
