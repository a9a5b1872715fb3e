package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A picture of any kind becomes one of the wanted format that looks the same. */
class PictureConversionTest {

    private static final int SIZE = 64;
    /** JPEG and WebP change colours a little. */
    private static final int TOLERANCE = 12;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    /** A picture whose left half has one colour, and its right half another: as bytes, and as seen on white. */
    record Kind(byte[] bytes, int left, int right) {}

    private static Map<String, Kind> kinds() throws IOException {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        int red = 0xffc02030;
        int blue = 0xff2040b0;
        int grey = 0xff404040;
        int light = 0xffc8c8c8;
        IndexColorModel palette = new IndexColorModel(8, 2, new int[] {red, blue}, 0, false, -1, DataBuffer.TYPE_BYTE);
        kinds.put("palette", new Kind(png(palette, new int[] {0}, new int[] {1}), red, blue));
        IndexColorModel seeThrough = new IndexColorModel(8, 2, new int[] {0, blue}, 0, true, 0, DataBuffer.TYPE_BYTE);
        kinds.put("palette with transparency", new Kind(png(seeThrough, new int[] {0}, new int[] {1}), 0, blue));
        kinds.put("grey", new Kind(png(greys(8, false), new int[] {0x40}, new int[] {0xc8}), grey, light));
        kinds.put(
                "grey of 16 bits",
                new Kind(png(greys(16, false), new int[] {0x4040}, new int[] {0xc8c8}), grey, light));
        IndexColorModel bits = new IndexColorModel(1, 2, new byte[] {0, -1}, new byte[] {0, -1}, new byte[] {0, -1});
        kinds.put("black and white", new Kind(png(bits, new int[] {0}, new int[] {1}), 0xff000000, 0xffffffff));
        kinds.put(
                "grey with alpha",
                new Kind(png(greys(8, true), new int[] {0x40, 0xff}, new int[] {0xc8, 0}), grey, 0x00c8c8c8));
        kinds.put(
                "grey of 16 bits with alpha",
                new Kind(png(greys(16, true), new int[] {0x4040, 0xffff}, new int[] {0xc8c8, 0}), grey, 0x00c8c8c8));
        kinds.put(
                "colours of 16 bits",
                new Kind(
                        png(colours(16, false), new int[] {0xc0c0, 0x2020, 0x3030}, new int[] {0x2020, 0x4040, 0xb0b0}),
                        red,
                        blue));
        kinds.put(
                "colours of 16 bits with alpha",
                new Kind(
                        png(colours(16, true), new int[] {0xc0c0, 0x2020, 0x3030, 0xffff}, new int[] {
                            0x2020, 0x4040, 0xb0b0, 0
                        }),
                        red,
                        0x002040b0));
        kinds.put(
                "colours with alpha",
                new Kind(png(colours(8, true), new int[] {0xc0, 0x20, 0x30, 255}, new int[] {0, 0, 0, 0}), red, 0));
        kinds.put("JPEG", new Kind(halves("jpeg", BufferedImage.TYPE_INT_RGB, red, blue), red, blue));
        kinds.put("grey JPEG", new Kind(halves("jpeg", BufferedImage.TYPE_BYTE_GRAY, 0, 0xffffffff), 0xff000000, -1));
        kinds.put("BMP", new Kind(halves("bmp", BufferedImage.TYPE_INT_RGB, red, blue), red, blue));
        kinds.put(
                "GIF",
                new Kind(halves("gif", BufferedImage.TYPE_INT_RGB, 0xffff0000, 0xff0000ff), 0xffff0000, 0xff0000ff));
        kinds.put("WebP", new Kind(halves("webp", BufferedImage.TYPE_INT_RGB, red, blue), red, blue));
        // The light that the inks leave, as everybody stores it.
        kinds.put(
                "JPEG in CMYK of Adobe",
                new Kind(inks(0, new int[] {0xc0, 0x20, 0x30, 255}, new int[] {0x20, 0x40, 0xb0, 255}), red, blue));
        kinds.put(
                "JPEG in CMYK",
                new Kind(inks(-1, new int[] {0xc0, 0x20, 0x30, 255}, new int[] {0x20, 0x40, 0xb0, 255}), red, blue));
        // The light c0 20 30 is that of the inks 3f df cf, whose YCbCr this is.
        kinds.put(
                "JPEG in YCCK of Adobe",
                new Kind(inks(2, ycc(0x3f, 0xdf, 0xcf, 255), ycc(0xdf, 0xbf, 0x4f, 255)), red, blue));
        return kinds;
    }

    static Stream<Arguments> everyPair() throws IOException {
        List<Arguments> pairs = new ArrayList<>();
        kinds().forEach((name, kind) -> Stream.of("png", "jpeg", "webp")
                // Inks are passed on as they are where JPEG is wanted, and ImageIO is no judge of them.
                .filter(format -> !(name.startsWith("JPEG in") && format.equals("jpeg")))
                .forEach(format -> pairs.add(Arguments.of(name, format, kind))));
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @MethodSource("everyPair")
    void pictureOfEveryKindBecomesOneOfEveryFormat(String name, String format, Kind kind) throws IOException {
        BufferedImage made = converted(kind.bytes(), format);

        assertThat(made.getWidth()).isEqualTo(SIZE);
        assertColour(made, SIZE / 4, kind.left(), format);
        assertColour(made, SIZE * 3 / 4, kind.right(), format);
    }

    private BufferedImage converted(byte[] picture, String format) throws IOException {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.rawBody(200, "application/json", answer(picture)));
        Exchange exchange = routes.send("direct:convert-" + format, "a cat");
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/" + format);
        return ImageIO.read(new ByteArrayInputStream(exchange.getMessage().getBody(byte[].class)));
    }

    @BeforeEach
    void convert() throws Exception {
        RouteBuilder.addRoutes(routes.context(), b -> {
            for (String format : List.of("png", "jpeg", "webp")) {
                b.from("direct:convert-" + format)
                        .to("gemini-image:generate?outputFormat=" + format)
                        .convertBodyTo(byte[].class);
            }
        });
    }

    private static String answer(byte[] picture) {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}}]},\"finishReason\":\"STOP\"}]}";
    }

    private static void assertColour(BufferedImage picture, int x, int expected, String format) {
        int seen = seenOnWhite(picture.getRGB(x, SIZE / 2));
        // Java itself would show grey too bright, for which see Pixels.
        if (picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            int[] samples = picture.getRaster().getPixel(x, SIZE / 2, (int[]) null);
            int grey = samples[0] >> picture.getColorModel().getComponentSize(0) - 8;
            int alpha =
                    samples.length > 1 ? samples[1] >> picture.getColorModel().getComponentSize(0) - 8 : 255;
            seen = seenOnWhite(alpha << 24 | grey << 16 | grey << 8 | grey);
        }
        int wanted = seenOnWhite(expected);
        for (int shift = 0; shift < 24; shift += 8) {
            assertThat(seen >> shift & 0xff)
                    .as("%06x in place of %06x", seen & 0xffffff, wanted & 0xffffff)
                    .isBetween((wanted >> shift & 0xff) - TOLERANCE, (wanted >> shift & 0xff) + TOLERANCE);
        }
        if (!format.equals("jpeg") && expected >>> 24 == 0) {
            assertThat(picture.getColorModel().hasAlpha()).isTrue();
        }
    }

    private static int seenOnWhite(int argb) {
        return argb >>> 24 == 0 ? 0xffffffff : argb | 0xff000000;
    }

    /** Where the top left corner of a picture goes, which is black in a white one of 64 x 32. */
    static Stream<Arguments> orientations() {
        return Stream.of(
                Arguments.of(1, new Point(0, 0)),
                Arguments.of(2, new Point(1, 0)),
                Arguments.of(3, new Point(1, 1)),
                Arguments.of(4, new Point(0, 1)),
                Arguments.of(5, new Point(0, 0)),
                Arguments.of(6, new Point(1, 0)),
                Arguments.of(7, new Point(1, 1)),
                Arguments.of(8, new Point(0, 1)));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void pictureIsUprightAfterItsConversion(int orientation, Point corner) throws IOException {
        BufferedImage picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 32; i++) {
            picture.setRGB(i % 64, i / 64, i % 64 < 16 && i / 64 < 16 ? 0 : 0xffffff);
        }
        BufferedImage made = converted(Orientations.jpeg(written(picture, "jpeg"), orientation), "png");

        assertThat(made.getWidth() + "x" + made.getHeight()).isEqualTo(orientation < 5 ? "64x32" : "32x64");
        for (int x = 0; x < 2; x++) {
            for (int y = 0; y < 2; y++) {
                int seen = made.getRGB(x * (made.getWidth() - 1), y * (made.getHeight() - 1)) & 0xff;
                assertThat(seen < 128).as(x + "," + y).isEqualTo(corner.equals(new Point(x, y)));
            }
        }
    }

    private static ColorModel greys(int bits, boolean alpha) {
        return model(ColorSpace.CS_GRAY, bits, alpha);
    }

    private static ColorModel colours(int bits, boolean alpha) {
        return model(ColorSpace.CS_sRGB, bits, alpha);
    }

    private static ColorModel model(int space, int bits, boolean alpha) {
        return new ComponentColorModel(
                ColorSpace.getInstance(space),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    }

    private static byte[] png(ColorModel model, int[] left, int[] right) throws IOException {
        WritableRaster raster = model.createCompatibleWritableRaster(SIZE, SIZE);
        fill(raster, left, right);
        return written(new BufferedImage(model, raster, false, null), "png");
    }

    private static void fill(WritableRaster raster, int[] left, int[] right) {
        for (int i = 0; i < SIZE * SIZE; i++) {
            raster.setPixel(i % SIZE, i / SIZE, i % SIZE < SIZE / 2 ? left : right);
        }
    }

    private static byte[] halves(String format, int type, int left, int right) throws IOException {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, type);
        for (int i = 0; i < SIZE * SIZE; i++) {
            picture.setRGB(i % SIZE, i / SIZE, i % SIZE < SIZE / 2 ? left : right);
        }
        return written(picture, format);
    }

    private static byte[] written(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, out)).isTrue();
        return out.toByteArray();
    }

    private static int[] ycc(int r, int g, int b, int k) {
        return new int[] {
            (int) Math.round(0.299 * r + 0.587 * g + 0.114 * b),
            (int) Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b),
            (int) Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b),
            k
        };
    }

    /** A JPEG of four components as they are; with Adobe's marker, which names their transformation, unless that is -1. */
    private static byte[] inks(int transform, int[] left, int[] right) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIZE, SIZE, 4, new Point(0, 0));
        fill(raster, left, right);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(image);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = out.toByteArray();
        if (transform < 0) {
            return jpeg;
        }
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(jpeg, 0, 2);
        marked.write(new byte[] {
            (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
        });
        marked.write(jpeg, 2, jpeg.length - 2);
        return marked.toByteArray();
    }
}
