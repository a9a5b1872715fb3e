package io.github.camelgemini.emulator.picture;

import io.github.camelgemini.emulator.model.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads reference pictures of any size with little memory, by reading every n-th pixel only. */
final class Thumbnails {

    private static final int LONGEST_SIDE = 640;

    private Thumbnails() {}

    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    static Optional<Pixels> pixels(ReferencePicture picture) {
        return read(picture, reader -> new Pixels(reader.getWidth(0), reader.getHeight(0)));
    }

    /** The picture, with sides of about 640 pixels at most; empty when Java cannot decode it. */
    static Optional<BufferedImage> of(ReferencePicture picture) {
        return read(picture, reader -> {
            int every = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / LONGEST_SIDE);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(every, every, 0, 0);
            return reader.read(0, param);
        });
    }

    private static <T> Optional<T> read(ReferencePicture picture, Reading<T> reading) {
        try (ImageInputStream in = picture.open()) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return Optional.of(reading.from(reader));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException broken) {
            // ImageIO's readers also throw unchecked exceptions for invalid pictures.
            return Optional.empty();
        }
    }
}
