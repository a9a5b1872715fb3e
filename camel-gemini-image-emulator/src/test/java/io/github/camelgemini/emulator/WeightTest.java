package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.pictureBytes;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pictures weigh, and that nothing else of them changes with it. */
class WeightTest {

    private static final String PNG_MODEL = "gemini-2.5-flash-image";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static final GeminiEmulator LIGHT =
            GeminiEmulator.builder().smallPictures(true).start();

    @AfterAll
    static void stop() {
        LIGHT.close();
    }

    private static byte[] drawn(String baseUrl, String model, String config) throws IOException {
        return pictureBytes(json(send(generate(baseUrl, model, prompt("a harbour at dawn", config)))));
    }

    private static String config(String size, String ratio) {
        return "{\"imageConfig\":{\"imageSize\":\"" + size + "\",\"aspectRatio\":\"" + ratio + "\"}}";
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.1-flash-image, 512, 1:1,  150_000,   200_000",
        "gemini-3.1-flash-image, 1K,  1:1,  700_000,   800_000",
        "gemini-3.1-flash-image, 1K,  16:9, 700_000,   800_000",
        "gemini-3.1-flash-image, 1K,  1:8,  700_000,   810_000",
        "gemini-nano-banana-2.1, 2K,  1:1,  1_900_000, 2_200_000",
        "gemini-3-pro-image,     4K,  21:9, 5_500_000, 7_000_000",
        "gemini-2.5-flash-image, 1K,  1:1,  1_400_000, 1_600_000"
    })
    void pictureWeighsWhatTheApisWeighs(String model, String size, String ratio, String least, String most)
            throws IOException {
        assertThat(drawn(emulator.baseUrl(), model, config(size, ratio)).length)
                .isBetween(Integer.parseInt(least.replace("_", "")), Integer.parseInt(most.replace("_", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {MODEL, PNG_MODEL})
    void weightChangesNoPixel(String model) throws IOException {
        BufferedImage heavy = image(drawn(emulator.baseUrl(), model, "{}"));
        BufferedImage light = image(drawn(LIGHT.baseUrl(), model, "{}"));

        assertThat(pixels(heavy)).isEqualTo(pixels(light));
    }

    @ParameterizedTest
    @ValueSource(strings = {MODEL, PNG_MODEL})
    void smallPicturesHaveTheBytesThatWereDrawn(String model) throws IOException {
        assertThat(drawn(LIGHT.baseUrl(), model, "{}")).hasSizeLessThan(200_000);
    }

    @Test
    void singleAnswerCanBeSmall() throws IOException {
        emulator.next(Fault.pictureBytes(0));

        assertThat(drawn(emulator.baseUrl(), MODEL, "{}")).isEqualTo(drawn(LIGHT.baseUrl(), MODEL, "{}"));
    }

    @Test
    void weightDoesNotCompress() throws IOException {
        byte[] picture = drawn(emulator.baseUrl(), MODEL, "{}");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(picture);
        }

        assertThat(zipped.size()).isGreaterThan(picture.length / 100 * 97);
    }

    /** Whoever reads the size from the first bytes must find it, and whoever looks at the last ones the end. */
    @Test
    void jpegIsOneFileFromItsStartToItsEndWithTheSizeInFront() throws IOException {
        byte[] jpeg = drawn(emulator.baseUrl(), MODEL, "{}");

        int at = 2;
        boolean sizeSeen = false;
        for (int marker = jpeg[at + 1] & 0xFF; marker != 0xDA; marker = jpeg[at + 1] & 0xFF) {
            assertThat(jpeg[at]).isEqualTo((byte) 0xFF);
            if (marker == 0xC0) {
                sizeSeen = true;
                assertThat(at).isLessThan(1000);
            }
            at += 2 + ByteBuffer.wrap(jpeg).getChar(at + 2);
        }
        assertThat(sizeSeen).isTrue();
        assertThat(jpeg).endsWith(0xFF, 0xD9);
    }

    @Test
    void everyChunkOfAPngHasItsChecksum() throws IOException {
        byte[] png = drawn(emulator.baseUrl(), PNG_MODEL, "{}");
        ByteBuffer in = ByteBuffer.wrap(png, 8, png.length - 8);

        int last = 0;
        while (in.hasRemaining()) {
            int length = in.getInt();
            CRC32 crc = new CRC32();
            crc.update(png, in.position(), 4 + length);
            last = in.getInt();
            in.position(in.position() + length);
            assertThat(in.getInt()).isEqualTo((int) crc.getValue());
        }
        assertThat(last).as("name of the last chunk").isEqualTo(0x49454E44);
    }

    private static BufferedImage image(byte[] picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
