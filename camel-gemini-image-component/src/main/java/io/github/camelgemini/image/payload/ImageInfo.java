package io.github.camelgemini.image.payload;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Type and dimensions of a picture, read from its bytes. The declared type is not used, because the API has labelled
 * JPEG as PNG (googleapis/python-genai#1824).
 *
 * @param mimeType such as {@code image/png}
 * @param width in pixels, as stored, before the orientation is applied; 0 if unknown
 * @param height in pixels, as stored, before the orientation is applied; 0 if unknown
 * @param orientation as in Exif, 1 to 8; 1 means upright, and is used for pictures without one
 */
public record ImageInfo(String mimeType, int width, int height, int orientation) {

    /** The usual size of a header. Java's default of 8 KB would be much of the garbage that a picture leaves. */
    private static final int BUFFER = 1024;

    private static final int UPRIGHT = 1;

    /**
     * Reads the header of a picture.
     *
     * @return empty if this is not a picture in PNG, JPEG, WebP, GIF, BMP, HEIC, HEIF or AVIF
     * @throws UncheckedIOException if the bytes cannot be read
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

    /** Notes a failed read, because the readers of formats report it in the same way as invalid data. */
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
     * Reads the type of a PDF or a video, which some models accept as context. Its width and height are 0.
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

    /** Whether this is a picture, not a PDF or a video. */
    public boolean isPicture() {
        return mimeType.startsWith("image/");
    }

    /**
     * The format that the first bytes indicate, as a name such as {@code JPEG}. Also works for data that is too damaged
     * to be read.
     *
     * @return empty if they indicate no format that {@link #read} knows
     * @throws IOException if the bytes cannot be read
     */
    public static Optional<String> beginsLike(PayloadSource source) throws IOException {
        try (InputStream in = source.newInputStream()) {
            return ImageHeader.format(in.readNBytes(ImageHeader.SIGNATURE));
        }
    }

    /**
     * Whether the bytes are complete, as far as the format shows it. Nothing is decoded.
     *
     * @param source the bytes that this object was read from
     * @throws IOException if they cannot be read
     */
    public boolean isWhole(PayloadSource source) throws IOException {
        return PictureEnd.isThere(source, mimeType);
    }

    /** The displayed width in pixels, after the orientation is applied. */
    public int displayWidth() {
        return liesOnItsSide() ? height : width;
    }

    /** The displayed height in pixels, after the orientation is applied. */
    public int displayHeight() {
        return liesOnItsSide() ? width : height;
    }

    /** Orientations 5 to 8 include a rotation by 90 degrees. */
    private boolean liesOnItsSide() {
        return orientation >= 5;
    }

    /** The file name extension, without the dot: {@code png}, {@code jpg}, … */
    public String extension() {
        return mimeType.equals("image/jpeg") ? "jpg" : mimeType.substring(mimeType.indexOf('/') + 1);
    }
}
