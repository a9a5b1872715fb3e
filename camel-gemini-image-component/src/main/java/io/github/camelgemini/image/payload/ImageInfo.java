package io.github.camelgemini.image.payload;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What the bytes of a picture say about it, whatever was declared: the API has labelled JPEG as PNG
 * (googleapis/python-genai#1824).
 *
 * @param mimeType    such as {@code image/png}
 * @param width       in pixels, as stored, before the orientation is applied; 0 if it cannot be found out
 * @param height      in pixels, likewise
 * @param orientation as Exif counts, 1 to 8; 1 is upright, and the value for pictures that do not say
 */
public record ImageInfo(String mimeType, int width, int height, int orientation) {

    /** What a header mostly is; Java's default of 8 KB would be a good part of the garbage that a picture makes. */
    private static final int BUFFER = 1024;

    private static final int UPRIGHT = 1;

    /**
     * Reads no more than the header of the picture.
     *
     * @return empty if this is not a picture in PNG, JPEG, WebP, GIF, BMP, HEIC, HEIF or AVIF
     * @throws UncheckedIOException if the bytes cannot be read, which says nothing about them
     */
    public static Optional<ImageInfo> read(PayloadSource source) {
        try (Opened bytes = new Opened(source.newInputStream());
                InputStream in = new BufferedInputStream(bytes, BUFFER)) {
            try {
                return ImageHeader.read(in);
            } catch (IOException | RuntimeException garbage) {
                if (bytes.failure != null) {
                    throw bytes.failure;
                }
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers that its bytes could not be read, for the readers of formats make one failure of that and of garbage. */
    private static final class Opened extends FilterInputStream {

        private IOException failure;

        Opened(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            try {
                return super.read(bytes, offset, count);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    /**
     * Reads the type of a PDF or a video, which some models take as context. Its width and height are 0.
     *
     * @return empty if this is neither
     * @throws IOException if the bytes cannot be read
     */
    public static Optional<ImageInfo> ofMedia(PayloadSource source) throws IOException {
        try (InputStream in = source.newInputStream()) {
            return MediaHeader.mimeType(in.readNBytes(MediaHeader.LENGTH))
                    .map(type -> new ImageInfo(type, 0, 0, UPRIGHT));
        }
    }

    /** Whether it is a picture, and not a PDF or a video. */
    public boolean isPicture() {
        return mimeType.startsWith("image/");
    }

    /**
     * The format that bytes begin like, in words such as {@code JPEG}, also where they are too broken to be read as one.
     *
     * @return empty if they begin like none of those that {@link #read} knows
     * @throws IOException if the bytes cannot be read
     */
    public static Optional<String> beginsLike(PayloadSource source) throws IOException {
        try (InputStream in = source.newInputStream()) {
            return ImageHeader.format(in.readNBytes(ImageHeader.SIGNATURE));
        }
    }

    /**
     * Whether the bytes go on to the end of the picture, as far as its format tells; nothing is decoded.
     *
     * @param source the bytes that this was read from
     * @throws IOException if they cannot be read
     */
    public boolean isWhole(PayloadSource source) throws IOException {
        return PictureEnd.isThere(source, mimeType);
    }

    /** Width in pixels as a person sees it, after the orientation is applied. */
    public int displayWidth() {
        return liesOnItsSide() ? height : width;
    }

    /** Height in pixels as a person sees it, after the orientation is applied. */
    public int displayHeight() {
        return liesOnItsSide() ? width : height;
    }

    /** Orientations 5 to 8 are turned by a quarter. */
    private boolean liesOnItsSide() {
        return orientation >= 5;
    }

    /** What the name of such a file ends with, without the dot: {@code png}, {@code jpg}, … */
    public String extension() {
        return mimeType.equals("image/jpeg") ? "jpg" : mimeType.substring(mimeType.indexOf('/') + 1);
    }
}
