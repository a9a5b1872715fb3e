package io.github.camelgemini.examples.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * The billed calls of all runs: a line for each answer, in the file {@code paid.csv}. A line is written before the
 * picture, so that it also exists after a crash in between.
 */
final class PaidCalls {

    private static final String HEADER = "sku,usd,time\n";

    private final Path file;
    private BigDecimal ofThisRun = BigDecimal.ZERO;

    PaidCalls(Path file) throws IOException {
        this.file = file;
        if (!Files.exists(file)) {
            Files.writeString(file, HEADER);
        } else if (!Files.readString(file).endsWith("\n")) {
            // An incomplete line from a process that was killed.
            Files.writeString(file, "\n", StandardOpenOption.APPEND);
        }
    }

    synchronized void add(String sku, BigDecimal usd) {
        ofThisRun = ofThisRun.add(usd);
        try {
            String line = sku + "," + usd.toPlainString() + "," + Instant.now() + "\n";
            Files.writeString(file, line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In USD, by list prices. */
    synchronized BigDecimal ofThisRun() {
        return ofThisRun;
    }

    /** In USD, by list prices. */
    synchronized BigDecimal ofAllRuns() throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(values -> values.length == 3)
                .map(values -> new BigDecimal(values[1]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
