package io.github.camelgemini.image.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoding takes of heap and cores. */
@Timeout(60)
class DecodingTest {

    private static final long ALL = Long.MAX_VALUE / 2;

    private static byte[] progressive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter encoder = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = encoder.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            encoder.setOutput(out);
            encoder.write(
                    null, new IIOImage(new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB), null, null), parameters);
        } finally {
            encoder.dispose();
        }
        return bytes.toByteArray();
    }

    /** With its last scan as often as that before its end. */
    private static byte[] withScans(int more) throws IOException {
        byte[] jpeg = progressive();
        int scan = jpeg.length - 2;
        while ((jpeg[scan] & 0xff) != 0xff || (jpeg[scan + 1] & 0xff) != 0xda) {
            scan--;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < more; i++) {
            bytes.write(jpeg, scan, jpeg.length - 2 - scan);
        }
        bytes.write(jpeg, jpeg.length - 2, 2);
        return bytes.toByteArray();
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        PayloadSource source = PayloadSource.of(jpeg);
        return Pixels.read(source, ImageInfo.read(source).orElseThrow(), 1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"0", "50"})
    void progressivePictureIsDecoded(int more) throws IOException {
        assertThat(read(withScans(more)).getWidth()).isEqualTo(32);
    }

    @Test
    void pictureOfTooManyScansIsNotDecoded() {
        assertThatThrownBy(() -> read(withScans(2_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100 scans");
    }

    @Test
    void pixelsForARouteWaitForTheHeap() throws IOException {
        Payload jpeg = Payload.of(progressive());
        GeneratedImage image = new GeneratedImage(jpeg, ImageInfo.read(jpeg).orElseThrow());
        CompletableFuture<BufferedImage> pixels;
        try (DecodingRoom others = DecodingRoom.take(ALL)) {
            pixels = CompletableFuture.supplyAsync(() -> {
                try {
                    return GeneratedImageConverter.toBufferedImage(image);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(DecodingRoom::isWaitedFor);
            assertThat(pixels).isNotDone();
        }
        assertThat(pixels.join().getWidth()).isEqualTo(32);
    }

    @Test
    void whereThereIsNoRoomTheMachineIsToBlame() {
        try (DecodingRoom others = DecodingRoom.take(ALL)) {
            assertThatThrownBy(() -> DecodingRoom.take(1_000_000, Duration.ofMillis(1)))
                    .isInstanceOf(LocalStorageException.class)
                    .hasMessageContaining("other images used the heap");
        }
    }
}
