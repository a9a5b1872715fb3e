package io.github.camelgemini.emulator.queue;

import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.wire.Base64Body;
import java.util.ArrayList;
import java.util.List;

/** Gives addresses to pictures that are drawn when somebody fetches them. */
public final class PicturesToCome {

    private final Studio studio;
    private final HostedPictures hosted;

    /** Drawn in this studio, and kept there. */
    public PicturesToCome(Studio studio, HostedPictures hosted) {
        this.studio = studio;
        this.hosted = hosted;
    }

    /** Paths, below that of the service, of so many pictures. */
    public List<String> announce(Drawings drawings, int number, Generation generation) {
        List<String> paths = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            Drawing drawing = drawings.drawing(n);
            String mimeType = generation.declaredMimeType == null ? drawing.mimeType() : generation.declaredMimeType;
            paths.add(hosted.keepUndrawn(mimeType, () -> studio.make(drawing)
                    .thenApply(picture -> Base64Body.plain(generation.bytes(picture), generation.pictureBytes))));
        }
        return paths;
    }
}
