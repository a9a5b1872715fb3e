package io.github.camelgemini.image;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of batches at every service with batches: the route gets the expected failure, no job is created twice,
 * and finally each request is delivered once. The page of the documentation with this table is written from these
 * results.
 */
@Timeout(120)
class BatchFaultMatrixTest {

    private static final Path PAGE = Path.of("../docs/src/docs/asciidoc/_batch-fault-matrix.adoc");
    private static final Path WRITTEN = Path.of("target/batch-fault-matrix.adoc");

    /** A batch mostly waits before it looks again for a job that may exist. */
    private static final int AT_A_TIME = 8;

    private static final GeminiEmulator elsewhere = GeminiEmulator.start();
    private static final List<BatchMatrixRow> rows = new BatchMatrixRows(elsewhere).all();
    private static final ExecutorService runs = Executors.newFixedThreadPool(AT_A_TIME);
    private static final Map<String, Future<BatchMatrixOutcome>> outcomes = new LinkedHashMap<>();
    private static final Map<String, BatchMatrixOutcome> happened = new ConcurrentHashMap<>();

    @BeforeAll
    static void run() {
        for (BatchMatrixRow row : rows) {
            for (BatchMatrixService service : row.expected().keySet()) {
                outcomes.put(cell(row, service), runs.submit(() -> {
                    try (BatchMatrixRun run = new BatchMatrixRun(row, service)) {
                        return run.outcome();
                    }
                }));
            }
        }
    }

    private static String cell(BatchMatrixRow row, BatchMatrixService service) {
        return row.place() + ", " + row + ": " + service;
    }

    static Stream<Arguments> cells() {
        return rows.stream()
                .flatMap(row -> row.expected().keySet().stream().map(service -> Arguments.of(row, service)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void nothingIsLostAndNothingIsThereTwice(BatchMatrixRow row, BatchMatrixService service) throws Exception {
        BatchMatrixOutcome expected = row.expected().get(service);

        BatchMatrixOutcome outcome = outcomeOf(row, service);

        assertThat(outcome.what()).as(outcome.says()).isEqualTo(expected.what());
        assertThat(outcome.says()).contains(expected.says()).doesNotContain(EmulatedRoutes.KEY, ": null");
        assertThat(outcome.made()).as("whether jobs were made").isEqualTo(expected.made());
        assertThat(elsewhere.requests()).isEmpty();
        happened.put(cell(row, service), expected);
    }

    private static BatchMatrixOutcome outcomeOf(BatchMatrixRow row, BatchMatrixService service) throws Exception {
        try {
            return outcomes.get(cell(row, service)).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
    }

    private static String text() {
        StringBuilder page = new StringBuilder("// Written by BatchFaultMatrixTest: what happened in its last run.\n");
        for (BatchMatrixRow.Place place : BatchMatrixRow.Place.values()) {
            page.append("\n.").append(place.title).append("\n[cols=\"4,3,4,5\",options=\"header\"]\n|===\n");
            page.append("|Fault |Service |").append(place.outcome).append(" |The exception says\n");
            rows.stream().filter(row -> row.place() == place).forEach(row -> append(row, page));
            page.append("|===\n");
        }
        return page.toString();
    }

    private static void append(BatchMatrixRow row, StringBuilder page) {
        Map<BatchMatrixOutcome, List<BatchMatrixService>> same = new LinkedHashMap<>();
        row.expected().forEach((service, outcome) -> same.computeIfAbsent(outcome, any -> new ArrayList<>())
                .add(service));
        same.forEach((outcome, services) -> page.append("\n|")
                .append(row)
                .append("\n|")
                .append(
                        services.size() == BatchMatrixService.values().length
                                ? "all"
                                : services.stream().map(Object::toString).collect(joining("; ")))
                .append("\n|")
                .append(outcome.what())
                .append("\n|")
                .append(outcome.says().isEmpty() ? "" : "`+" + outcome.says() + "+`")
                .append("\n"));
    }

    @AfterAll
    static void compareThePage() throws IOException {
        runs.shutdownNow();
        elsewhere.close();
        if (happened.keySet().equals(outcomes.keySet())) {
            Files.writeString(WRITTEN, text());
            assertThat(Files.readString(WRITTEN))
                    .as("What happened is not what the documentation says. If it is right: cp"
                            + " camel-gemini-image-component/target/batch-fault-matrix.adoc"
                            + " docs/src/docs/asciidoc/_batch-fault-matrix.adoc")
                    .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "");
        }
    }
}
