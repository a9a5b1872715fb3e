package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {
    private final Usage first = new Usage(10, 1120, 200, 1330, Map.of("TEXT", 10), Map.of("IMAGE", 1120));

    @Test
    void callsAddUp() {
        Usage second =
                new Usage(270, 1140, 0, 1410, Map.of("TEXT", 12, "IMAGE", 258), Map.of("TEXT", 20, "IMAGE", 1120));

        assertThat(first.plus(second))
                .isEqualTo(new Usage(
                        280, 2260, 200, 2740, Map.of("TEXT", 22, "IMAGE", 258), Map.of("TEXT", 20, "IMAGE", 2240)));
    }

    @Test
    void nothingAddedChangesNothing() {
        assertThat(first.plus(Usage.NONE)).isEqualTo(first);
    }

    @Test
    void modalitiesAreFoundHoweverTheyAreWritten() {
        Usage usage = new Usage(258, 1120, 0, 1378, Map.of("image", 258), Map.of("Image", 1120));

        assertThat(usage.promptImageTokens()).isEqualTo(258);
        assertThat(usage.outputImageTokens()).isEqualTo(1120);
    }

    @Test
    void laterChangesOfTheMapDoNotMatter() {
        Map<String, Integer> tokens = new HashMap<>(Map.of("IMAGE", 1120));
        Usage usage = new Usage(0, 1120, 0, 1120, Map.of(), tokens);

        tokens.put("IMAGE", 1);

        assertThat(usage.outputImageTokens()).isEqualTo(1120);
    }
}
