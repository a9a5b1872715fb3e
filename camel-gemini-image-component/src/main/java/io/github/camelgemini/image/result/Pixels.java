package io.github.camelgemini.image.result;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.adobe.AdobeJpegDirectory;
import com.drew.metadata.adobe.AdobeJpegReader;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadSource;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes pictures, upright, and in a form that every encoder accepts.
 *
 * <p>Java 2D treats grey as linear light and would make it brighter when converting to RGB (JDK-5051418), so samples
 * are copied unchanged here.
 */
final class Pixels {

    private static final int ADOBE_YCCK = 2;
    private static final int INKS = 4;
    /** Markers of JPEG (ITU-T T.81, table B.1); the first restart, and the first with a length. */
    private static final int START_OF_FRAME = 0xc0;

    private static final int RESTART = 0xd0;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    /** Encoders use about ten. */
    private static final int MOST_SCANS = 100;

    private static final int WHITE = 255;
    /** Bytes of a pixel in a form that every encoder accepts. */
    private static final long PLAIN = 4;

    private Pixels() {}

    /**
     * Decodes a picture and applies its orientation.
     *
     * @param maxPixels the limit, compared with the decoder's own count, whatever the header says
     * @throws IOException if it is invalid, has more pixels than allowed or more than 100 scans, takes more than half
     *     of the heap, or has a type that ImageIO of this JVM does not read
     */
    static BufferedImage read(PayloadSource picture, ImageInfo info, long maxPixels) throws IOException {
        return decoded(picture, info, reader -> {
            check(reader, info, maxPixels);
            checkScans(picture, info);
            BufferedImage pixels = isOfInks(reader) ? ofInks(reader, picture) : reader.read(0);
            return upright(pixels, info.orientation());
        });
    }

    /**
     * The heap in bytes for the pixels of a picture until they are encoded again.
     *
     * @throws IOException as for {@link #read}; nothing is decoded
     */
    static long heap(PayloadSource picture, ImageInfo info, long maxPixels) throws IOException {
        return decoded(picture, info, reader -> check(reader, info, maxPixels));
    }

    private interface Decoding<T> {

        T of(ImageReader reader) throws IOException;
    }

    private static <T> T decoded(PayloadSource picture, ImageInfo info, Decoding<T> decoding) throws IOException {
        try (ImageInputStream image = new PictureInput(picture)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(image);
            if (!readers.hasNext()) {
                throw new IOException("ImageIO of this JVM cannot read " + info.mimeType());
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(image, true, true);
                return decoding.of(reader);
            } catch (GeminiImageException | UncheckedIOException e) {
                throw e;
            } catch (RuntimeException e) {
                // ImageIO's readers check little of what a picture contains.
                throw new IOException("its bytes are invalid: " + e.getMessage(), e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static long check(ImageReader reader, ImageInfo info, long maxPixels) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        if (pixels > maxPixels) {
            throw new IOException(
                    width + "x" + height + " pixels are more than the option maxPixels allows: " + maxPixels);
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        ImageTypeSpecifier type = types != null && types.hasNext() ? types.next() : null;
        long stored = type == null ? PLAIN : (type.getColorModel().getPixelSize() + 7) / 8;
        long turned = info.orientation() == 1 ? 0 : stored;
        long heap = pixels * (stored + Math.max(turned, isPlain(type) ? 0 : 2 * PLAIN));
        if (heap > Runtime.getRuntime().maxMemory() / 2) {
            throw new IOException(width + "x" + height + " pixels need " + heap + " bytes of a heap of "
                    + Runtime.getRuntime().maxMemory());
        }
        return heap;
    }

    /** Each scan of a JPEG is work for all of its pixels, however few bytes it has. */
    private static void checkScans(PayloadSource picture, ImageInfo info) throws IOException {
        if (!info.mimeType().equals("image/jpeg")) {
            return;
        }
        int scans = 0;
        try (InputStream in = new BufferedInputStream(picture.newInputStream())) {
            for (int marker = nextMarker(in); marker >= 0 && marker != END_OF_IMAGE; marker = nextMarker(in)) {
                scans += marker == START_OF_SCAN ? 1 : 0;
                if (scans > MOST_SCANS) {
                    throw new IOException("it has more than " + MOST_SCANS + " scans");
                }
                if (marker >= START_OF_FRAME && !isWithoutLength(marker)) {
                    in.skipNBytes(Math.max(0, (in.read() << 8 | in.read()) - 2));
                }
            }
        } catch (EOFException e) {
            // The data ends early, which the decoder handles.
        }
    }

    /** Like a decoder: skips data in scans and between segments. */
    private static int nextMarker(InputStream in) throws IOException {
        int before = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (before == 0xff && b != 0 && b != 0xff) {
                return b;
            }
            before = b;
        }
        return -1;
    }

    private static boolean isWithoutLength(int marker) {
        return marker >= RESTART && marker <= END_OF_IMAGE;
    }

    /** Whether a decoded picture can be encoded without conversion. */
    private static boolean isPlain(ImageTypeSpecifier type) {
        return type != null
                && type.getColorModel().getColorSpace().isCS_sRGB()
                && type.getBufferedImageType() != BufferedImage.TYPE_BYTE_INDEXED
                && type.getBufferedImageType() != BufferedImage.TYPE_CUSTOM;
    }

    private static boolean isOfInks(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() && types.next().getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    }

    /** Converts JPEG in CMYK. ImageIO treats the stored values as linear light, and YCCK as CMYK. */
    private static BufferedImage ofInks(ImageReader reader, PayloadSource picture) throws IOException {
        boolean ycck = isYcck(picture);
        Raster stored = reader.readRaster(0, null);
        BufferedImage rgb = new BufferedImage(stored.getWidth(), stored.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[stored.getWidth() * INKS];
        for (int y = 0; y < stored.getHeight(); y++) {
            stored.getPixels(0, y, stored.getWidth(), 1, row);
            for (int x = 0; x < stored.getWidth(); x++) {
                rgb.setRGB(x, y, light(row, x * INKS, ycck));
            }
        }
        return rgb;
    }

    /**
     * The light that three inks and black leave. The stored values mean this, as Adobe writes them and everybody reads
     * them. In YCCK the three inks are stored as YCbCr (Adobe Technical Note #5116).
     */
    private static int light(int[] row, int at, boolean ycck) {
        double red = row[at];
        double green = row[at + 1];
        double blue = row[at + 2];
        if (ycck) {
            double y = row[at];
            double cb = row[at + 1] - 128.0;
            double cr = row[at + 2] - 128.0;
            red = WHITE - clamp(y + 1.402 * cr);
            green = WHITE - clamp(y - 0.344136 * cb - 0.714136 * cr);
            blue = WHITE - clamp(y + 1.772 * cb);
        }
        double black = row[at + 3] / (double) WHITE;
        return clamp(red * black) << 16 | clamp(green * black) << 8 | clamp(blue * black);
    }

    private static int clamp(double value) {
        return (int) Math.max(0, Math.min(WHITE, Math.round(value)));
    }

    private static boolean isYcck(PayloadSource picture) throws IOException {
        try (InputStream in = picture.newInputStream()) {
            AdobeJpegDirectory adobe = JpegMetadataReader.readMetadata(in, List.of(new AdobeJpegReader()))
                    .getFirstDirectoryOfType(AdobeJpegDirectory.class);
            Integer transform = adobe == null ? null : adobe.getInteger(AdobeJpegDirectory.TAG_COLOR_TRANSFORM);
            return transform != null && transform == ADOBE_YCCK;
        } catch (JpegProcessingException e) {
            throw new IOException(e);
        }
    }

    /** Rotates and mirrors by Exif orientation, 1 to 8. */
    private static BufferedImage upright(BufferedImage stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        int right = stored.getWidth() - 1;
        int bottom = stored.getHeight() - 1;
        boolean quarter = orientation >= 5;
        Raster from = stored.getRaster();
        WritableRaster to = quarter
                ? from.createCompatibleWritableRaster(bottom + 1, right + 1)
                : from.createCompatibleWritableRaster();
        Object pixel = null;
        for (int y = 0; y <= bottom; y++) {
            for (int x = 0; x <= right; x++) {
                pixel = from.getDataElements(x, y, pixel);
                switch (orientation) {
                    case 2 -> to.setDataElements(right - x, y, pixel);
                    case 3 -> to.setDataElements(right - x, bottom - y, pixel);
                    case 4 -> to.setDataElements(x, bottom - y, pixel);
                    case 5 -> to.setDataElements(y, x, pixel);
                    case 6 -> to.setDataElements(bottom - y, x, pixel);
                    case 7 -> to.setDataElements(bottom - y, right - x, pixel);
                    default -> to.setDataElements(y, right - x, pixel);
                }
            }
        }
        return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
    }

    /**
     * Converts a picture to sRGB with 8 bits a sample.
     *
     * @param transparency whether transparency is kept; otherwise the background becomes white
     * @return an image of type INT_ARGB or INT_RGB, or the picture itself if it has such a form already
     */
    static BufferedImage plain(BufferedImage picture, boolean transparency) {
        boolean alpha = picture.getColorModel().hasAlpha();
        boolean isPlain =
                switch (picture.getType()) {
                    case BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR -> true;
                    case BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR -> transparency;
                    default -> false;
                };
        if (isPlain) {
            return picture;
        }
        BufferedImage source = inSrgb(picture);
        BufferedImage plain = new BufferedImage(
                source.getWidth(),
                source.getHeight(),
                alpha && transparency ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        int[] row = new int[source.getWidth()];
        for (int y = 0; y < source.getHeight(); y++) {
            readRow(source, y, row);
            if (alpha && !transparency) {
                putOnWhite(row);
            }
            plain.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return plain;
    }

    /** Whether its samples are sRGB or grey, without a colour profile that would be lost. */
    static boolean isOfSrgb(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        return model instanceof IndexColorModel
                || model.getColorSpace().isCS_sRGB()
                || model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private static BufferedImage inSrgb(BufferedImage picture) {
        if (isOfSrgb(picture)) {
            return picture;
        }
        BufferedImage converted = new BufferedImage(
                picture.getWidth(),
                picture.getHeight(),
                picture.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        return new ColorConvertOp(null).filter(picture, converted);
    }

    private static void readRow(BufferedImage picture, int y, int[] row) {
        ColorModel model = picture.getColorModel();
        int samples = picture.getRaster().getNumBands();
        boolean grey =
                !(model instanceof IndexColorModel) && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        if (!grey) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length);
            return;
        }
        int most = (1 << model.getComponentSize(0)) - 1;
        int[] pixels = picture.getRaster().getPixels(0, y, row.length, 1, (int[]) null);
        for (int x = 0; x < row.length; x++) {
            int grade = scaled(pixels[x * samples], most);
            int alpha = samples > 1 ? scaled(pixels[x * samples + 1], most) : WHITE;
            row[x] = alpha << 24 | grade << 16 | grade << 8 | grade;
        }
    }

    private static int scaled(int sample, int most) {
        return (int) ((sample * 255L + most / 2) / most);
    }

    private static void putOnWhite(int[] row) {
        for (int x = 0; x < row.length; x++) {
            int alpha = row[x] >>> 24;
            int red = onWhite(row[x] >> 16 & 0xff, alpha);
            int green = onWhite(row[x] >> 8 & 0xff, alpha);
            int blue = onWhite(row[x] & 0xff, alpha);
            row[x] = 0xff000000 | red << 16 | green << 8 | blue;
        }
    }

    private static int onWhite(int sample, int alpha) {
        return (sample * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
    }
}
