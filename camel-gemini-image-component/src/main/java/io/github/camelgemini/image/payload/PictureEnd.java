package io.github.camelgemini.image.payload;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Checks without decoding that a picture is complete. A truncated picture would otherwise be used as far as it goes.
 */
final class PictureEnd {

    private static final int BUFFER = 8 * 1024;
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_END = code("IEND");
    private static final int HEIF_DATA = code("mdat");
    private static final int CRC = 4;
    private static final int PDF_TAIL = 1024;

    private static final int MARKER = 0xff;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    private PictureEnd() {}

    /** Whether the picture is complete, as far as its format shows it. Other formats count as complete. */
    static boolean isThere(PayloadSource picture, String mimeType) throws IOException {
        return switch (mimeType) {
            case "image/png" -> pngEnds(picture);
            case "image/jpeg" -> jpegEnds(picture);
            case "image/webp" -> riffIsLongEnough(picture);
            case "image/heic", "image/heif", "image/avif", "video/mp4", "video/quicktime", "video/3gpp" ->
                boxesEnd(picture);
            case "application/pdf" -> pdfEnds(picture);
            default -> true;
        };
    }

    private static DataInputStream open(PayloadSource picture) throws IOException {
        return new DataInputStream(new BufferedInputStream(picture.newInputStream(), BUFFER));
    }

    private static boolean pngEnds(PayloadSource picture) throws IOException {
        long length = picture.length();
        try (DataInputStream in = open(picture)) {
            in.skipNBytes(PNG_SIGNATURE);
            for (long at = PNG_SIGNATURE; ; ) {
                long chunk = Integer.toUnsignedLong(in.readInt()) + CRC;
                int type = in.readInt();
                at += 8 + chunk;
                if (at > length || type == PNG_END) {
                    return at <= length;
                }
                in.skipNBytes(chunk);
            }
        } catch (EOFException e) {
            return false;
        }
    }

    /**
     * Cameras and editors append data to the picture (previews, depth, a video), so the last bytes need not be its end.
     * Only then the whole file is searched.
     */
    private static boolean jpegEnds(PayloadSource picture) throws IOException {
        long length = picture.length();
        try (DataInputStream in = open(picture)) {
            in.skipNBytes(Math.max(0, length - 2));
            if (length >= 2 && in.readUnsignedShort() == (MARKER << 8 | END_OF_IMAGE)) {
                return true;
            }
        }
        try (DataInputStream in = open(picture)) {
            in.skipNBytes(2);
            boolean scan = false;
            while (true) {
                int b = in.readUnsignedByte();
                if (b != MARKER) {
                    // Between segments there are only markers; anything else is not part of a JPEG.
                    if (!scan) {
                        return false;
                    }
                    continue;
                }
                int marker = in.readUnsignedByte();
                while (marker == MARKER) {
                    marker = in.readUnsignedByte();
                }
                if (marker == END_OF_IMAGE) {
                    return true;
                }
                boolean withoutLength = marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd7);
                if (!withoutLength) {
                    in.skipNBytes(Math.max(0, in.readUnsignedShort() - 2));
                    scan = marker == START_OF_SCAN;
                }
            }
        } catch (EOFException e) {
            return false;
        }
    }

    private static boolean riffIsLongEnough(PayloadSource picture) throws IOException {
        try (DataInputStream in = open(picture)) {
            in.skipNBytes(4);
            long claimed = Integer.toUnsignedLong(Integer.reverseBytes(in.readInt())) + 8;
            return picture.length() >= claimed;
        } catch (EOFException e) {
            return false;
        }
    }

    private static boolean boxesEnd(PayloadSource picture) throws IOException {
        long length = picture.length();
        boolean data = false;
        try (DataInputStream in = open(picture)) {
            for (long at = 0; at < length; ) {
                long size = Integer.toUnsignedLong(in.readInt());
                data |= in.readInt() == HEIF_DATA;
                long header = 8;
                if (size == 1) {
                    size = in.readLong();
                    header = 16;
                }
                if (size == 0) {
                    // To the end of the file, wherever that is.
                    return true;
                }
                if (size < header || size > length - at) {
                    return false;
                }
                in.skipNBytes(size - header);
                at += size;
            }
            return data;
        } catch (EOFException e) {
            return false;
        }
    }

    /** Like PDF readers, which look for the end marker in the last bytes. */
    private static boolean pdfEnds(PayloadSource document) throws IOException {
        try (DataInputStream in = open(document)) {
            in.skipNBytes(Math.max(0, document.length() - PDF_TAIL));
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains("%%EOF");
        }
    }

    private static int code(String type) {
        byte[] bytes = type.getBytes(StandardCharsets.US_ASCII);
        return bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    }
}
