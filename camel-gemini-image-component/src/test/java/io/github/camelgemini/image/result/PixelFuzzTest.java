package io.github.camelgemini.image.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Whatever a picture says of its size, no more is decoded than allowed. See CONTRIBUTING.md on fuzzing. */
class PixelFuzzTest {

    private static final long MOST = 64 * 64;

    @FuzzTest(maxDuration = "5m")
    void noMoreIsDecodedThanAllowed(byte[] bytes) {
        Payload picture = Payload.of(bytes);
        Optional<ImageInfo> info = ImageInfo.read(picture);
        if (info.isEmpty()) {
            return;
        }
        try {
            BufferedImage pixels = Pixels.read(picture, info.get(), MOST);
            assertThat((long) pixels.getWidth() * pixels.getHeight()).isLessThanOrEqualTo(MOST);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("\0");
        }
    }
}
