package io.github.camelgemini.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Pictures with an Exif orientation, as cameras write them. */
public final class Orientations {

    private Orientations() {}

    /** An Exif TIFF structure with nothing but the orientation. */
    public static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*\0\0\0\b".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 1)
                .putInt(0x01120003)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    public static byte[] jpeg(byte[] jpeg, int orientation) {
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.writeBytes(ByteBuffer.allocate(10)
                .putInt(0xffe10022)
                .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                .array());
        turned.writeBytes(exif(orientation));
        turned.write(jpeg, 2, jpeg.length - 2);
        return turned.toByteArray();
    }

    /**
     * A PNG with an {@code eXIf} chunk.
     *
     * @param atTheEnd whether the chunk comes after the picture, which the specification allows
     */
    public static byte[] png(byte[] png, int orientation, boolean atTheEnd) {
        byte[] exif = exif(orientation);
        ByteBuffer chunk = ByteBuffer.allocate(12 + exif.length)
                .putInt(exif.length)
                .put("eXIf".getBytes(StandardCharsets.ISO_8859_1))
                .put(exif);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + exif.length);
        chunk.putInt((int) crc.getValue());
        // Behind the signature and IHDR, or before IEND.
        int at = atTheEnd ? png.length - 12 : 33;
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(png, 0, at);
        turned.writeBytes(chunk.array());
        turned.write(png, at, png.length - at);
        return turned.toByteArray();
    }

    /**
     * A WebP of the extended format, made of a simple one.
     *
     * @param marked whether the Exif chunk begins as in a JPEG, which some programs write
     */
    public static byte[] webp(byte[] webp, int width, int height, int orientation, boolean marked) {
        byte[] exif = exif(orientation);
        byte[] content = ByteBuffer.allocate(exif.length + (marked ? 6 : 0))
                .put(marked ? "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1) : new byte[0])
                .put(exif)
                .array();
        int frames = webp.length - 12;
        ByteBuffer turned =
                ByteBuffer.allocate(12 + 18 + frames + 8 + content.length).order(ByteOrder.LITTLE_ENDIAN);
        turned.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(turned.capacity() - 8);
        turned.put("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(8);
        turned.putShort((short) (width - 1))
                .put((byte) 0)
                .putShort((short) (height - 1))
                .put((byte) 0);
        turned.put(webp, 12, frames);
        turned.put("EXIF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(content.length)
                .put(content);
        return turned.array();
    }
}
