package io.github.camelgemini.image.payload;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds type, dimensions and rotation of a picture in HEIF, HEIC or AVIF, which consist of nested boxes (ISO/IEC
 * 23008-12).
 *
 * <p>metadata-extractor reads HEIF but not AVIF, and allocates whatever size a box claims to have.
 */
final class HeifHeader {

    /** The box that describes the picture: some kilobytes, or some tens of kilobytes for a picture of many tiles. */
    private static final int LARGEST_META = 1 << 20;

    private static final int LARGEST_FTYP = 4096;
    private static final int BOX_HEADER = 8;
    private static final int[] ORIENTATION_OF_QUARTER_TURNS = {1, 8, 3, 6};

    private final List<ByteBuffer> properties = new ArrayList<>();
    private final List<Integer> ofPrimaryItem = new ArrayList<>();
    private long primaryItem = -1;

    private HeifHeader() {}

    static Optional<ImageInfo> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        String mimeType = "";
        while (true) {
            long size = Integer.toUnsignedLong(data.readInt());
            String type = fourCharacters(data.readInt());
            long content = size == 1 ? data.readLong() - 2 * BOX_HEADER : size - BOX_HEADER;
            if (content < 0) {
                return Optional.empty();
            }
            if (type.equals("ftyp")) {
                mimeType = mimeType(read(data, content, LARGEST_FTYP));
            } else if (type.equals("meta")) {
                return new HeifHeader().read(mimeType, read(data, content, LARGEST_META));
            } else {
                data.skipNBytes(content);
            }
            if (mimeType.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private Optional<ImageInfo> read(String mimeType, ByteBuffer meta) {
        meta.getInt();
        readBoxes(meta);
        int width = 0;
        int height = 0;
        int orientation = ORIENTATION_OF_QUARTER_TURNS[0];
        for (int index : ofPrimaryItem) {
            ByteBuffer property = properties.get(index - 1);
            String type = fourCharacters(property.getInt(4));
            if (type.equals("ispe")) {
                width = property.getInt(12);
                height = property.getInt(16);
            } else if (type.equals("irot")) {
                orientation = ORIENTATION_OF_QUARTER_TURNS[property.get(8) & 3];
            }
        }
        return width <= 0 || height <= 0
                ? Optional.empty()
                : Optional.of(new ImageInfo(mimeType, width, height, orientation));
    }

    private void readBoxes(ByteBuffer boxes) {
        while (boxes.remaining() >= BOX_HEADER) {
            ByteBuffer box = nextBox(boxes);
            ByteBuffer content = box.slice(BOX_HEADER, box.limit() - BOX_HEADER);
            switch (fourCharacters(box.getInt(4))) {
                case "pitm" -> primaryItem = itemId(content, content.getInt() >>> 24);
                case "iprp" -> readBoxes(content);
                case "ipco" -> {
                    while (content.remaining() >= BOX_HEADER) {
                        properties.add(nextBox(content));
                    }
                }
                case "ipma" -> readAssociations(content);
                default -> {
                    // Positions of the bytes, thumbnails and Exif are not needed.
                }
            }
        }
    }

    /** Reads which properties belong to the primary item, by their number in ipco, starting at 1. */
    private void readAssociations(ByteBuffer content) {
        int versionAndFlags = content.getInt();
        boolean wideIndex = (versionAndFlags & 1) != 0;
        for (int items = content.getInt(); items > 0; items--) {
            long item = itemId(content, versionAndFlags >>> 24);
            for (int count = content.get() & 0xff; count > 0; count--) {
                int index = wideIndex ? content.getShort() & 0x7fff : content.get() & 0x7f;
                if (item == primaryItem && index > 0) {
                    ofPrimaryItem.add(index);
                }
            }
        }
    }

    private static long itemId(ByteBuffer content, int version) {
        return version == 0 ? Short.toUnsignedLong(content.getShort()) : Integer.toUnsignedLong(content.getInt());
    }

    private static ByteBuffer nextBox(ByteBuffer boxes) {
        int size = boxes.getInt(boxes.position());
        if (size < BOX_HEADER) {
            throw new IllegalArgumentException("Not a box of a HEIF file");
        }
        ByteBuffer box = boxes.slice(boxes.position(), size);
        boxes.position(boxes.position() + size);
        return box;
    }

    private static ByteBuffer read(DataInputStream in, long length, int most) throws IOException {
        if (length > most) {
            throw new IOException("A header of " + length + " bytes is not that of an image");
        }
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Whether the major brand of a file means a picture, not a video. */
    static boolean isBrand(String major) {
        return !mimeType(ByteBuffer.wrap(major.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    private static String mimeType(ByteBuffer ftyp) {
        String brands = StandardCharsets.ISO_8859_1.decode(ftyp).toString();
        String major = brands.substring(0, 4);
        return switch (major) {
            case "avif", "avis" -> "image/avif";
            case "heic", "heix", "heim", "heis", "hevc", "hevx" -> "image/heic";
            // For general brands, the compatible brands that follow tell the format.
            case "mif1", "mif2", "msf1", "miaf" ->
                brands.contains("avif") ? "image/avif" : brands.contains("hei") ? "image/heic" : "image/heif";
            default -> "";
        };
    }

    private static String fourCharacters(int code) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(code).array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
