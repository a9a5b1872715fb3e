package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionsTest {
    @Test
    void pixelsAreReadAsWritten() {
        assertThat(Dimensions.parse("1376x768")).isEqualTo(new Dimensions(1376, 768));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1376", "1376x", "x768", "1376:768", "0x1", "-1x1"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Dimensions.parse(text));
    }

    @Test
    void peopleReadATimesSign() {
        assertThat(new Dimensions(1376, 768)).hasToString("1376×768");
    }
}
