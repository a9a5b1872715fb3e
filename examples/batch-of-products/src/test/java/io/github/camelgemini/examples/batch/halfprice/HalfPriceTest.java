package io.github.camelgemini.examples.batch.halfprice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Phalf-price} does, with fewer products. */
@Timeout(600)
class HalfPriceTest {

    private static final int PRODUCTS = 300;
    private static final int KILLS_THAT_MAY_REPEAT = 3;
    private static final int AT_A_TIME = 4;

    @TempDir
    Path folder;

    @Test
    void fiveKillsCostNothingAndLoseNothing() throws Exception {
        ByteArrayOutputStream console = new ByteArrayOutputStream();

        HalfPrice.Outcome outcome =
                new HalfPrice(PRODUCTS, folder, new PrintStream(console, true, StandardCharsets.UTF_8)).run();

        assertThat(outcome.pictures()).isEqualTo(PRODUCTS);
        assertThat(outcome.batches()).isEqualTo(1);
        assertThat(outcome.stored())
                .as("one that was being stored when the process was killed may come again")
                .isBetween(PRODUCTS, PRODUCTS + KILLS_THAT_MAY_REPEAT * AT_A_TIME);
        assertThat(outcome.cost().doubleValue() / PRODUCTS).isBetween(0.017, 0.019);
        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("(5 of 5)", "300 of 300 pictures are in S3", "With generate, 300 calls would cost $1");
    }
}
