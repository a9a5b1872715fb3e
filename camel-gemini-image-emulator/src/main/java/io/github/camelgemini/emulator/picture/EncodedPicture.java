package io.github.camelgemini.emulator.picture;

import io.github.camelgemini.emulator.model.Pixels;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * An encoded picture. The emulator's drawings are simple, and have a tenth of the size of a photograph. The rest is
 * padding inside the file, which every decoder skips: comments in a JPEG, a private chunk in a PNG. The padding does
 * not compress, and all pictures share its bytes.
 *
 * @param mimeType {@code image/jpeg} or {@code image/png}
 * @param drawn the file without padding; must not be changed
 * @param usualLength size of a real picture with these pixels, in bytes
 */
public record EncodedPicture(String mimeType, byte[] drawn, long usualLength) {

    /** Bytes a pixel in the live API's pictures of 1K: JPEG of 0.7 to 0.8 MB, PNG of 1.5 MB. */
    private static final double JPEG_BYTES_PER_PIXEL = 0.72e6 / (1024 * 1024);

    private static final double PNG_BYTES_PER_PIXEL = 1.5e6 / (1024 * 1024);

    /** Larger JPEG files have fewer bytes a pixel: 2 MB for 2K and 5.5 to 7 MB for 4K. */
    private static final double PIXELS_OF_1K = 1024 * 1024;

    private static final double GROWTH = 0.75;

    /** Real sizes vary. */
    private static final double SPREAD = 0.02;

    private static final int JPEG_MARKER = 2;
    private static final int JPEG_SEGMENT = JPEG_MARKER + 0xFFFF;
    private static final byte JPEG_COMMENT = (byte) 0xFE;
    private static final int JPEG_START_OF_SCAN = 0xDA;
    private static final int PNG_END_CHUNK = 12;
    private static final int PNG_CHUNK = 64 * 1024;

    /** Ancillary, private, safe to copy: a chunk that all decoders skip. */
    private static final byte[] PNG_NAME = {'b', 'a', 'L', 't'};

    private static final byte[] NOISE = noise(JPEG_SEGMENT);
    private static final ByteBuffer FULL_SEGMENT = comment(JPEG_SEGMENT);
    private static final ByteBuffer FULL_CHUNK = chunk(PNG_CHUNK);

    static EncodedPicture of(Drawing drawing, byte[] drawn) {
        return new EncodedPicture(
                drawing.mimeType(),
                drawn,
                usualLength(
                        drawing.pixels(), drawing.mimeType(), drawing.identity().hashCode()));
    }

    private static long usualLength(Pixels size, String mimeType, int seed) {
        double pixels = (double) size.width() * size.height();
        double usual = mimeType.equals("image/png")
                ? pixels * PNG_BYTES_PER_PIXEL
                : pixels * JPEG_BYTES_PER_PIXEL * Math.pow(Math.max(1, pixels / PIXELS_OF_1K), GROWTH - 1);
        return Math.round(usual * (1 + SPREAD * (2 * new SplittableRandom(seed).nextDouble() - 1)));
    }

    /** The file without padding. */
    public List<ByteBuffer> light() {
        return List.of(ByteBuffer.wrap(drawn));
    }

    /** The file with padding. It has about the size of a real one, and at least that of the drawing. */
    public List<ByteBuffer> heavy() {
        boolean png = mimeType.equals("image/png");
        ByteBuffer full = png ? FULL_CHUNK : FULL_SEGMENT;
        int at = png ? drawn.length - PNG_END_CHUNK : startOfScan(drawn);
        List<ByteBuffer> pieces = new ArrayList<>();
        pieces.add(ByteBuffer.wrap(drawn, 0, at));
        long missing = usualLength - drawn.length;
        for (; missing >= full.capacity(); missing -= full.capacity()) {
            pieces.add(full.duplicate());
        }
        if (missing > PNG_END_CHUNK) {
            pieces.add(png ? chunk((int) missing) : comment((int) missing));
        }
        pieces.add(ByteBuffer.wrap(drawn, at, drawn.length - at));
        return pieces;
    }

    /** The dimensions come before this position, so readers of dimensions need not skip the padding. */
    private static int startOfScan(byte[] jpeg) {
        int at = JPEG_MARKER;
        while ((jpeg[at + 1] & 0xFF) != JPEG_START_OF_SCAN) {
            at += JPEG_MARKER + ByteBuffer.wrap(jpeg).getChar(at + JPEG_MARKER);
        }
        return at;
    }

    private static ByteBuffer comment(int length) {
        ByteBuffer segment = ByteBuffer.allocate(length);
        segment.put((byte) 0xFF).put(JPEG_COMMENT).putChar((char) (length - JPEG_MARKER));
        return segment.put(NOISE, 0, segment.remaining()).flip();
    }

    private static ByteBuffer chunk(int length) {
        ByteBuffer chunk = ByteBuffer.allocate(length);
        int data = length - PNG_END_CHUNK;
        CRC32 crc = new CRC32();
        crc.update(PNG_NAME);
        crc.update(NOISE, 0, data);
        return chunk.putInt(data)
                .put(PNG_NAME)
                .put(NOISE, 0, data)
                .putInt((int) crc.getValue())
                .flip();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
