package io.github.camelgemini.image.payload;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.jpeg.JpegReader;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Finds type and dimensions at the beginning of a picture.
 *
 * <p>JPEG is read by metadata-extractor: dimensions can be anywhere before the first scan, and the orientation is in
 * Exif. For other formats metadata-extractor would load the whole picture, in chunks of whatever size the file claims.
 * Their numbers are at fixed positions in the first 64 bytes, and {@link ExifChunk} finds the orientation.
 */
final class ImageHeader {

    /** The number of bytes that identify a format. */
    static final int SIGNATURE = 16;

    private static final int LENGTH = 64;
    /** More than any JPEG has before its picture; colour profiles and previews have some hundreds of kilobytes. */
    private static final int LONGEST_JPEG_HEADER = 8 << 20;

    private static final String PNG = "PNG";
    private static final String JPEG = "JPEG";
    private static final String WEBP = "WebP";
    private static final String GIF = "GIF";
    private static final String HEIF = "HEIF or AVIF";
    private static final String BMP = "BMP";

    private static final List<JpegSegmentMetadataReader> JPEG_READERS = List.of(new JpegReader(), new ExifReader());
    private static final int UPRIGHT = 1;
    private static final int WEBP_HAS_EXIF = 8;

    private ImageHeader() {}

    /** Reads the header; the stream must support mark and reset. */
    static Optional<ImageInfo> read(InputStream in) throws IOException {
        in.mark(LENGTH);
        byte[] start = in.readNBytes(LENGTH);
        in.reset();
        String text = new String(start, StandardCharsets.ISO_8859_1);
        ByteBuffer header = ByteBuffer.wrap(start);
        ByteBuffer littleEndian = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);

        return switch (format(start).orElse("")) {
            case PNG ->
                text.startsWith("IHDR", 12)
                        ? found("image/png", header.getInt(16), header.getInt(20), ExifChunk.orientationOfPng(in))
                        : Optional.empty();
            case JPEG -> jpeg(in);
            case WEBP -> webp(text.substring(12, 16), littleEndian, in);
            case GIF -> found("image/gif", unsignedShort(littleEndian, 6), unsignedShort(littleEndian, 8));
            case HEIF -> HeifHeader.read(in);
            case BMP -> bmp(littleEndian);
            default -> Optional.empty();
        };
    }

    /** The format by its first bytes. Needs at least {@link #SIGNATURE} bytes if there are as many. */
    static Optional<String> format(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (text.startsWith("ftyp", 4) && text.length() >= 12 && HeifHeader.isBrand(text.substring(8, 12))) {
            return Optional.of(HEIF);
        }
        return text.startsWith("BM") && text.startsWith("\0\0\0\0", 6) ? Optional.of(BMP) : Optional.empty();
    }

    private static Optional<ImageInfo> jpeg(InputStream in) throws IOException {
        try {
            Metadata metadata =
                    JpegMetadataReader.readMetadata(ByteStreams.limit(in, LONGEST_JPEG_HEADER), JPEG_READERS);
            JpegDirectory frame = metadata.getFirstDirectoryOfType(JpegDirectory.class);
            ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            if (frame == null) {
                return Optional.empty();
            }
            return found("image/jpeg", frame.getImageWidth(), frame.getImageHeight(), ExifChunk.orientation(exif));
        } catch (JpegProcessingException | MetadataException e) {
            return Optional.empty();
        }
    }

    /** See <a href="https://developers.google.com/speed/webp/docs/riff_container">the container format</a>. */
    private static Optional<ImageInfo> webp(String chunk, ByteBuffer header, InputStream in) throws IOException {
        return switch (chunk) {
            case "VP8X" ->
                found(
                        "image/webp",
                        1 + unsigned24(header, 24),
                        1 + unsigned24(header, 27),
                        (header.get(20) & WEBP_HAS_EXIF) == 0 ? UPRIGHT : ExifChunk.orientationOfWebp(in));
            case "VP8L" -> {
                int bits = header.getInt(21);
                yield found("image/webp", 1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff));
            }
            case "VP8 " -> found("image/webp", unsignedShort(header, 26) & 0x3fff, unsignedShort(header, 28) & 0x3fff);
            default -> Optional.empty();
        };
    }

    private static Optional<ImageInfo> bmp(ByteBuffer header) {
        int headerLength = header.getInt(14);
        if (headerLength == 12) {
            return found("image/bmp", unsignedShort(header, 18), unsignedShort(header, 20));
        }
        // A negative height means that the rows are stored from top to bottom.
        return headerLength < 40 || headerLength > 124
                ? Optional.empty()
                : found("image/bmp", header.getInt(18), Math.abs(header.getInt(22)));
    }

    private static Optional<ImageInfo> found(String mimeType, int width, int height) {
        return found(mimeType, width, height, UPRIGHT);
    }

    private static Optional<ImageInfo> found(String mimeType, int width, int height, int orientation) {
        return width <= 0 || height <= 0
                ? Optional.empty()
                : Optional.of(new ImageInfo(mimeType, width, height, orientation));
    }

    private static int unsignedShort(ByteBuffer header, int at) {
        return Short.toUnsignedInt(header.getShort(at));
    }

    private static int unsigned24(ByteBuffer header, int at) {
        return header.getInt(at) & 0xffffff;
    }
}
