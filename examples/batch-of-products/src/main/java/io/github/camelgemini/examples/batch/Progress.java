package io.github.camelgemini.examples.batch;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress: a bar in a terminal, or lines in a log. */
final class Progress implements AutoCloseable {

    private static final int LINES = 10;

    private final PrintStream out;
    private final int products;
    private final ProgressBar bar;
    private int pictures;
    private int failed;
    private BigDecimal usd = BigDecimal.ZERO;

    /**
     * @param products number of products; for 0 nothing is shown
     * @param terminal whether {@code out} can move its cursor
     */
    Progress(int products, boolean terminal, PrintStream out) {
        this.out = out;
        this.products = products;
        this.bar = terminal && products > 0
                ? new ProgressBarBuilder()
                        .setTaskName("Pictures")
                        .setInitialMax(products)
                        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                        .setUpdateIntervalMillis(200)
                        .setConsumer(new ConsoleProgressBarConsumer(out, 110))
                        .build()
                : null;
    }

    synchronized void picture(BigDecimal usdOfThisRun) {
        pictures++;
        usd = usdOfThisRun;
        step();
    }

    synchronized void failure(Failure failure) {
        failed++;
        if (bar == null) {
            out.printf("  line %d, %s: %s%n", failure.line(), failure.sku(), failure.reason());
        }
        step();
    }

    private void step() {
        int done = pictures + failed;
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(" " + usd() + (failed == 0 ? "" : ", " + failed + " failed"));
        } else if (done * LINES / products != (done - 1) * LINES / products) {
            out.printf("  %d of %d, %s%s%n", done, products, usd(), failed == 0 ? "" : ", " + failed + " failed");
        }
    }

    private String usd() {
        return "$" + usd.setScale(2, RoundingMode.HALF_UP);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
