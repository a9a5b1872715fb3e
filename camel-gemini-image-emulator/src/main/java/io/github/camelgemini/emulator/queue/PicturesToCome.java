package io.github.camelgemini.emulator.queue;

import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Base64Body;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Gives URLs to pictures that are made when they are fetched. */
public final class PicturesToCome {

    private final Studio studio;
    private final HostedPictures hosted;
    private final EmulatorClock clock;

    /** Uses a studio to make pictures, and a clock for their expiry. */
    public PicturesToCome(Studio studio, HostedPictures hosted, EmulatorClock clock) {
        this.studio = studio;
        this.hosted = hosted;
        this.clock = clock;
    }

    /**
     * The paths of pictures, below that of the service.
     *
     * @param end when they are ready for clients; empty for never
     */
    public List<String> announce(Drawings drawings, int number, Generation generation, Optional<Instant> end) {
        Optional<Instant> expiry =
                Optional.ofNullable(generation.queue.picturesLast).flatMap(last -> end.map(time -> time.plus(last)));
        BooleanSupplier expired =
                () -> expiry.filter(time -> clock.instant().isAfter(time)).isPresent();
        List<String> paths = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            Drawing drawing = drawings.drawing(n);
            String mimeType = generation.declaredMimeType == null ? drawing.mimeType() : generation.declaredMimeType;
            paths.add(hosted.keepUndrawn(
                    mimeType,
                    () -> studio.make(drawing)
                            .thenApply(picture -> Base64Body.plain(generation.bytes(picture), generation.pictureBytes)),
                    expired));
        }
        return paths;
    }
}
