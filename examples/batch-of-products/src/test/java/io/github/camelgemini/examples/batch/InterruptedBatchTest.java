package io.github.camelgemini.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The shipped list in a JVM of its own, which is ended before it is done; calls are counted here, outside of it. */
class InterruptedBatchTest {

    private static final int PRODUCTS = 200;
    private static final int AT_A_TIME = 8;

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void afterSigkillOnlyTheMissingPicturesAreMade() throws Exception {
        // So that it cannot be done before it is killed.
        EMULATOR.on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(100)));
        Process first = start();
        awaitPictures(50);
        first.destroyForcibly();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Map<String, FileTime> written = pictures();
        int lost = EMULATOR.requests().size() - written.size();
        assertThat(written).hasSizeBetween(50, PRODUCTS - 1);
        assertThat(lost).as("paid, and not written yet").isBetween(0, AT_A_TIME);
        EMULATOR.clear();

        Process second = start();

        assertThat(second.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).as(output()).isZero();
        assertThat(EMULATOR.requests()).hasSize(PRODUCTS - written.size());
        assertThat(prompts()).as("none is paid for twice").doesNotHaveDuplicates();
        assertThat(pictures()).hasSize(PRODUCTS).containsAllEntriesOf(written);
        for (String picture : pictures().keySet()) {
            assertThat(ImageIO.read(catalogue().resolve(picture).toFile()).getWidth())
                    .isEqualTo(1024);
        }
        assertThat(output()).contains("200 products, " + written.size() + " have a picture, ");
        assertThat(catalogue().resolve("contact-sheet.png")).isNotEmptyFile();
    }

    /** SIGTERM does what Ctrl-C does. */
    @Test
    void stoppedPolitelyItFinishesWhatIsPaidFor() throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(100)));
        Process process = start();
        awaitPictures(20);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pictures()).as(output()).hasSizeLessThan(PRODUCTS);
        assertThat(EMULATOR.requests()).hasSameSizeAs(pictures().keySet());
        assertThat(output()).contains("Stopped early: you pressed Ctrl-C. Run it again to continue.");
        assertThat(Files.readString(catalogue().resolve("report.txt")))
                .startsWith(pictures().size() + " of 200 products have a picture.");
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        "-Dcamel.component.gemini-image.baseUrl=" + EMULATOR.baseUrl(),
                        "-Dcamel.component.gemini-image.apiKey=any",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BatchOfProducts.class.getName(),
                        "products.csv",
                        folder.resolve("photographs").toString(),
                        catalogue().toString())
                .redirectErrorStream(true)
                .redirectOutput(log())
                .start();
        processes.add(process);
        return process;
    }

    private void awaitPictures(int number) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> pictures().size() >= number);
    }

    private Path catalogue() {
        return folder.resolve("catalogue");
    }

    private File log() {
        return folder.resolve("output.txt").toFile();
    }

    private String output() throws IOException {
        return Files.readString(log().toPath());
    }

    private static List<String> prompts() {
        return EMULATOR.requests().stream().map(ReceivedRequest::prompt).toList();
    }

    private Map<String, FileTime> pictures() throws IOException {
        if (!Files.exists(catalogue())) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(catalogue())) {
            Map<String, FileTime> times = new TreeMap<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jpg")).collect(Collectors.toList())) {
                times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
            return times;
        }
    }
}
