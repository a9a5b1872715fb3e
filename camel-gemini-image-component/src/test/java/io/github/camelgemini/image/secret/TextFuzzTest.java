package io.github.camelgemini.image.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;

/** Whatever others write is one short line without secrets. See CONTRIBUTING.md on fuzzing. */
class TextFuzzTest {

    private static final String KEY = "AIzaSyMarked-4713-of-fuzzing";
    private static final int LONGEST = 100;
    /** What says how long it was. */
    private static final int END = 30;

    @BeforeAll
    static void keep() {
        Secrets.keep(KEY);
    }

    @FuzzTest(maxDuration = "5m")
    void textOfOthersIsOneShortLine(byte[] bytes) {
        String told = OutsideText.of(new String(bytes, StandardCharsets.UTF_8), LONGEST);

        assertThat(told)
                .hasSizeLessThanOrEqualTo(LONGEST + END)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    }

    @FuzzTest(maxDuration = "5m")
    void keyIsNotToldWhateverStandsAroundIt(byte[] bytes) {
        String around = new String(bytes, StandardCharsets.UTF_8);
        int middle = around.length() / 2;
        String text = around.substring(0, middle) + KEY + around.substring(middle);

        assertThat(OutsideText.of(text)).doesNotContain(KEY);
        assertThat(OutsideText.header(text)).doesNotContain(KEY);
        assertThat(Secrets.redact(text)).doesNotContain(KEY);
    }
}
