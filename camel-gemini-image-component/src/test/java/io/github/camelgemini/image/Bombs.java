package io.github.camelgemini.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Pictures with few bytes and many pixels. */
final class Bombs {

    private Bombs() {}

    /** A complete black PNG. */
    static byte[] png(int width, int height) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put((byte) 2);
        chunk("IHDR", header.array(), png);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            byte[] row = new byte[1 + 3 * width];
            for (int y = 0; y < height; y++) {
                deflated.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        chunk("IDAT", pixels.toByteArray(), png);
        chunk("IEND", new byte[0], png);
        return png.toByteArray();
    }

    private static void chunk(String type, byte[] data, ByteArrayOutputStream out) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    /** A GIF whose screen has 8×8 pixels, and whose frame has more. */
    static byte[] gif(int width, int height) {
        ByteBuffer gif = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 8)
                .putShort((short) 8);
        gif.put(new byte[3]);
        gif.put((byte) 0x2c).putInt(0).putShort((short) width).putShort((short) height);
        // A palette of two colours, and pixels that end at once.
        gif.put((byte) 0x80).put(new byte[] {0, 0, 0, -1, -1, -1});
        gif.put(new byte[] {2, 2, 0x44, 1, 0, 0x3b});
        return Arrays.copyOf(gif.array(), gif.position());
    }

    /**
     * A JPEG with a marker without parameters. A reader that takes the next bytes for its length finds 8×8 pixels
     * further on.
     */
    static byte[] jpeg(int width, int height) {
        byte[] picture = Pictures.draw("jpg", 8, 8);
        int frame = indexOf(picture, (byte) 0xc0);
        int scan = indexOf(picture, (byte) 0xda);
        int frameLength = 2 + (picture[frame + 2] << 8 | picture[frame + 3]);
        byte[] small = Arrays.copyOfRange(picture, frame, frame + frameLength);
        byte[] large = small.clone();
        ByteBuffer.wrap(large).putShort(5, (short) height).putShort(7, (short) width);
        try (ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(jpeg)) {
            out.writeShort(0xffd8);
            out.writeShort(0xff01);
            int from = jpeg.size();
            out.write(large);
            out.write(picture, 2, frame - 2);
            out.write(picture, frame + frameLength, scan - frame - frameLength);
            // The wrong length is 0xffc0, which leads to a small frame in a comment.
            int padding = from + 0xffc0 - jpeg.size();
            out.writeShort(0xfffe);
            out.writeShort(padding - 4 + small.length + 2);
            out.write(new byte[padding - 4]);
            out.write(small);
            out.write(picture, scan, picture.length - scan);
            return jpeg.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] jpeg, byte marker) {
        int at = 2;
        while (jpeg[at + 1] != marker) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        return at;
    }
}
