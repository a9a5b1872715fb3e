package io.github.camelgemini.image.payload;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the orientation from the Exif data of PNG and WebP, which consist of chunks. metadata-extractor reads the Exif
 * data itself; its own readers for these formats would load all chunks.
 */
final class ExifChunk {

    /** Exif data comes from JPEG, where it has at most 64 KB. */
    private static final int LONGEST = 1 << 20;

    private static final int UPRIGHT = 1;
    private static final int CRC = 4;
    private static final int PNG_SIGNATURE = 8;
    private static final int WEBP_HEADER = 12;
    private static final byte[] MARK_OF_JPEG = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private ExifChunk() {}

    /** See <a href="https://www.w3.org/TR/png-3/#eXIf">eXIf</a>; the chunk may be before or after the picture. */
    static int orientationOfPng(InputStream in) throws IOException {
        DataInputStream chunks = new DataInputStream(in);
        try {
            chunks.skipNBytes(PNG_SIGNATURE);
            while (true) {
                long length = Integer.toUnsignedLong(chunks.readInt());
                String type = fourCharacters(chunks.readInt());
                if (type.equals("IEND")) {
                    return UPRIGHT;
                }
                if (type.equals("eXIf") && length <= LONGEST) {
                    return orientation(chunks, (int) length);
                }
                chunks.skipNBytes(length + CRC);
            }
        } catch (EOFException e) {
            // The data ends early, so what was found so far is the result.
            return UPRIGHT;
        }
    }

    /** See <a href="https://developers.google.com/speed/webp/docs/riff_container#metadata">metadata of WebP</a>. */
    static int orientationOfWebp(InputStream in) throws IOException {
        DataInputStream chunks = new DataInputStream(in);
        try {
            chunks.skipNBytes(WEBP_HEADER);
            while (true) {
                String type = fourCharacters(chunks.readInt());
                long length = Integer.toUnsignedLong(Integer.reverseBytes(chunks.readInt()));
                if (type.equals("EXIF") && length <= LONGEST) {
                    return orientation(chunks, (int) length);
                }
                chunks.skipNBytes(length + (length & 1));
            }
        } catch (EOFException e) {
            return UPRIGHT;
        }
    }

    private static int orientation(DataInputStream in, int length) throws IOException {
        byte[] exif = new byte[length];
        in.readFully(exif);
        int mark = 0;
        while (mark < MARK_OF_JPEG.length && mark < length && exif[mark] == MARK_OF_JPEG[mark]) {
            mark++;
        }
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif, mark == MARK_OF_JPEG.length ? mark : 0), metadata);
        return orientation(metadata.getFirstDirectoryOfType(ExifIFD0Directory.class));
    }

    /** The Exif orientation, 1 to 8; 1 if it is missing or invalid. */
    static int orientation(ExifIFD0Directory exif) {
        Integer orientation = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return orientation == null || orientation < 1 || orientation > 8 ? UPRIGHT : orientation;
    }

    private static String fourCharacters(int code) {
        byte[] bytes = {(byte) (code >> 24), (byte) (code >> 16), (byte) (code >> 8), (byte) code};
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
