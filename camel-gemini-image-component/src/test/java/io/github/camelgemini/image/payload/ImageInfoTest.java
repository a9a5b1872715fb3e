package io.github.camelgemini.image.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.Orientations;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInfoTest {

    /** The smallest pictures with which browsers are asked what they understand (Modernizr); AVIF is 2 × 2. */
    private static final String LOSSY_WEBP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

    private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    private static final String EXTENDED_WEBP =
            "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDgg"
                    + "GAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==";
    private static final String AVIF =
            "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAA"
                    + "cGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWlu"
                    + "ZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBp"
                    + "eGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAK"
                    + "CBgANogQEAwgMg8f8D///8WfhwB8+ErK42A=";

    @ParameterizedTest
    @CsvSource({"png,image/png,png", "jpeg,image/jpeg,jpg", "gif,image/gif,gif", "bmp,image/bmp,bmp"})
    void readsWhatTheJdkWrites(String format, String mimeType, String extension) throws IOException {
        ImageInfo info = ImageInfo.read(Payload.of(drawn(format))).orElseThrow();

        assertThat(info).isEqualTo(new ImageInfo(mimeType, 320, 200, 1));
        assertThat(info.extension()).isEqualTo(extension);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY_WEBP, LOSSLESS_WEBP, EXTENDED_WEBP})
    void readsWebp(String base64) {
        ImageInfo info = ImageInfo.read(picture(base64)).orElseThrow();

        assertThat(info).isEqualTo(new ImageInfo("image/webp", 1, 1, 1));
        assertThat(info.extension()).isEqualTo("webp");
    }

    @Test
    void readsAvif() {
        assertThat(ImageInfo.read(picture(AVIF))).contains(new ImageInfo("image/avif", 2, 2, 1));
    }

    @ParameterizedTest
    @CsvSource({"heic,image/heic", "heix,image/heic"})
    void readsHeic(String brand, String mimeType) {
        byte[] bytes = Base64.getDecoder().decode(AVIF);
        System.arraycopy(brand.getBytes(StandardCharsets.US_ASCII), 0, bytes, 8, 4);

        assertThat(ImageInfo.read(Payload.of(bytes))).contains(new ImageInfo(mimeType, 2, 2, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void readsTheOrientationOfAJpeg(int orientation) throws IOException {
        byte[] jpeg = drawn("jpeg");
        byte[] exif = ByteBuffer.allocate(36)
                .putInt(0xffe10022)
                .put("Exif\0\0MM\0*\0\0\0\b".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 1)
                .putInt(0x01120003)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.write(exif);
        turned.write(jpeg, 2, jpeg.length - 2);

        assertThat(ImageInfo.read(Payload.of(turned.toByteArray())))
                .contains(new ImageInfo("image/jpeg", 320, 200, orientation));
    }

    @ParameterizedTest
    @CsvSource({"1,false", "3,false", "6,false", "8,false", "5,true", "6,true"})
    void readsTheOrientationOfAPng(int orientation, boolean behindThePicture) throws IOException {
        byte[] turned = Orientations.png(drawn("png"), orientation, behindThePicture);

        assertThat(ImageInfo.read(Payload.of(turned))).contains(new ImageInfo("image/png", 320, 200, orientation));
    }

    @ParameterizedTest
    @CsvSource({"1,false", "3,false", "6,false", "8,false", "6,true"})
    void readsTheOrientationOfAWebp(int orientation, boolean markedAsInAJpeg) {
        byte[] simple = Base64.getDecoder().decode(LOSSY_WEBP);
        byte[] turned = Orientations.webp(simple, 30, 20, orientation, markedAsInAJpeg);

        assertThat(ImageInfo.read(Payload.of(turned))).contains(new ImageInfo("image/webp", 30, 20, orientation));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "webp", "avif"})
    void pictureIsWholeUpToItsEndAndNotBefore(String format) throws IOException {
        byte[] whole =
                switch (format) {
                    case "webp" -> Base64.getDecoder().decode(EXTENDED_WEBP);
                    case "avif" -> Base64.getDecoder().decode(AVIF);
                    default -> drawn(format);
                };
        ImageInfo info = ImageInfo.read(Payload.of(whole)).orElseThrow();

        assertThat(info.isWhole(Payload.of(whole))).isTrue();
        for (int length = 0; length < whole.length; length++) {
            assertThat(info.isWhole(Payload.of(Arrays.copyOf(whole, length))))
                    .as(length + " of " + whole.length + " bytes")
                    .isFalse();
        }
    }

    /** As cameras and editors leave them: with a preview, a film or nothing but zeros behind. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void whatStandsBehindTheEndIsNoPartOfThePicture(String format) throws IOException {
        byte[] longer = Arrays.copyOf(drawn(format), drawn(format).length + 5000);
        ImageInfo info = ImageInfo.read(Payload.of(longer)).orElseThrow();

        assertThat(info.isWhole(Payload.of(longer))).isTrue();
    }

    @Test
    void progressiveJpegWithAPreviewIsWholeAndCutItIsNot() throws IOException {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 320 * 200; i++) {
            image.setRGB(i % 320, i / 320, i * 7919);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream file = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(file);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        // The Exif data of a camera has a whole JPEG in it, whose end is not that of the picture.
        byte[] preview = drawn("jpeg");
        ByteArrayOutputStream camera = new ByteArrayOutputStream();
        camera.write(out.toByteArray(), 0, 2);
        camera.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) 0xffe2)
                .putShort((short) (preview.length + 2))
                .array());
        camera.writeBytes(preview);
        camera.write(out.toByteArray(), 2, out.size() - 2);
        byte[] whole = camera.toByteArray();
        byte[] trailed = Arrays.copyOf(whole, whole.length + 100);
        ImageInfo info = ImageInfo.read(Payload.of(whole)).orElseThrow();

        assertThat(info.isWhole(Payload.of(whole))).isTrue();
        assertThat(info.isWhole(Payload.of(trailed))).isTrue();
        assertThat(info.isWhole(Payload.of(Arrays.copyOf(whole, whole.length / 2))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "webp", "avif"})
    void neverThrowsWhereverAPictureIsCutOrBroken(String format) throws IOException {
        byte[] whole =
                switch (format) {
                    case "webp" -> Base64.getDecoder().decode(EXTENDED_WEBP);
                    case "avif" -> Base64.getDecoder().decode(AVIF);
                    default -> drawn(format);
                };
        Random random = new Random(1);
        for (int i = 0; i < Math.min(whole.length, 700); i++) {
            ImageInfo.read(Payload.of(Arrays.copyOf(whole, i)));
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, random.nextInt()}) {
                byte[] broken = whole.clone();
                broken[i] = (byte) value;
                ImageInfo.read(Payload.of(broken));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "BM", "RIFF", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7"})
    void otherBytesAreNoPicture(String text) {
        assertThat(ImageInfo.read(Payload.of(text.getBytes(StandardCharsets.ISO_8859_1))))
                .isEmpty();
    }

    @Test
    void aBoxThatClaimsToBeHugeIsNotRead() {
        byte[] bytes = Base64.getDecoder().decode(AVIF);
        ByteBuffer.wrap(bytes).putInt(32, Integer.MAX_VALUE);

        assertThat(ImageInfo.read(Payload.of(bytes))).isEmpty();
    }

    private static Payload picture(String base64) {
        return Payload.of(Base64.getDecoder().decode(base64));
    }

    private static byte[] drawn(String format) throws IOException {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }
}
