package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AspectRatioTest {
    private static final List<AspectRatio> RATIOS =
            List.of(new AspectRatio(1, 1), new AspectRatio(16, 9), new AspectRatio(9, 16), new AspectRatio(4, 3));

    @ParameterizedTest
    @ValueSource(strings = {"16:9", "16/9", "16x9", "16X9", "16×9", " 16 : 9 "})
    void everySpellingIsRead(String spelling) {
        assertThat(AspectRatio.parse(spelling)).isEqualTo(new AspectRatio(16, 9));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"auto", "16", "16:", "16:9:1", "-16:9", "1.5:1", "99999:1"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AspectRatio.parse(text))
                .withMessage("must be width:height, for example 16:9");
    }

    @Test
    void aSideOfZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AspectRatio.parse("0:9"))
                .withMessage("must be width:height with both from 1 to 9999");
    }

    @Test
    void aRatioKeepsTheNameThatTheApiKnows() {
        assertThat(AspectRatio.parse("21:9")).hasToString("21:9");
    }

    @ParameterizedTest
    @CsvSource({"1920,1080,16:9", "1080,1920,9:16", "1000,1001,1:1", "1408,768,16:9", "640,480,4:3", "10000,1,16:9"})
    void theNearestRatioIsFound(int width, int height, String nearest) {
        assertThat(AspectRatio.nearest(width, height, RATIOS)).hasToString(nearest);
    }

    @Test
    void croppingAndPaddingCountAlike() {
        List<AspectRatio> halfAndDouble = List.of(new AspectRatio(1, 2), new AspectRatio(2, 1));

        assertThat(AspectRatio.nearest(101, 100, halfAndDouble)).hasToString("2:1");
        assertThat(AspectRatio.nearest(100, 101, halfAndDouble)).hasToString("1:2");
    }

    @Test
    void ofEquallyNearRatiosTheFirstWins() {
        assertThat(AspectRatio.nearest(5, 5, List.of(new AspectRatio(1, 2), new AspectRatio(2, 1))))
                .hasToString("1:2");
    }

    @Test
    void nothingIsNearWithoutCandidates() {
        assertThatIllegalArgumentException().isThrownBy(() -> AspectRatio.nearest(1, 1, List.of()));
    }
}
