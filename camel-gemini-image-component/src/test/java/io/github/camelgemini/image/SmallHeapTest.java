package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of any size go through a route in a JVM with 64 MB of heap; the emulator is in another. */
@Timeout(240)
class SmallHeapTest {

    private static OtherJvm.Emulator emulator;

    @TempDir
    Path spool;

    @TempDir
    Path out;

    @BeforeAll
    static void startEmulator() throws IOException {
        emulator = new OtherJvm.Emulator();
    }

    @AfterAll
    static void stopEmulator() throws Exception {
        emulator.close();
    }

    /** Sends a message several times at once through {@code direct → gemini-image → file}. */
    static final class Drawing {

        private Drawing() {}

        public static void main(String[] args) throws Exception {
            String out = args[2];
            String uri = args[3];
            int times = Integer.parseInt(args[4]);
            // As many as AI/ML API takes, or else the models.
            int references = uri.contains("aimlapi") ? 5 : 14;
            Object body = args[5].isEmpty() ? "a cat" : Collections.nCopies(references, Path.of(args[5]));
            AtomicInteger number = new AtomicInteger();
            long start = System.nanoTime();
            try (OtherRoutes routes = new OtherRoutes(args[0], args[1])) {
                routes.add(b -> b.from("direct:start")
                        .to(uri)
                        .process(e -> e.setVariable("number", number.incrementAndGet()))
                        .to("file:" + out + "?fileName=${variable.number}.${header.CamelGeminiImageExtension}"));
                routes.sendAtOnce("direct:start", times, body);
            }
            System.out.printf("done after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    @Test
    void thirtyTwoPicturesOfTwentyMegabytesAtOnce() throws Exception {
        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': 20000000}, {'kind': 'delay', 'duration': '1s'}]}");

        draw("gemini-image:generate", 32, "");

        assertThatThereAre(32, 20_000_000);
    }

    @Test
    void eightEditsOfFourteenReferencesOfSevenMegabytesAtOnce(@TempDir Path directory) throws Exception {
        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': 1000000}]}");
        Path reference = directory.resolve("reference.jpg");
        Files.write(reference, Pictures.draw("jpg", 64, 64));
        try (RandomAccessFile file = new RandomAccessFile(reference.toFile(), "rw")) {
            file.setLength(7_000_000);
        }

        // The Developer API takes 100 MB at most, Vertex AI 500.
        draw("gemini-image:edit?vertexAi=true&prompt=join them", 8, reference.toString());

        assertThatThereAre(8, 1_000_000);
    }

    @Test
    void pictureOfAGigabyte() throws Exception {
        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': 1000000000}]}");

        draw("gemini-image:generate", 1, "");

        assertThatThereAre(1, 1_000_000_000);
    }

    /** Each turn sends the pictures of all before; nothing of that is in the heap, neither kept nor on its way. */
    @Test
    void conversationOfPicturesOfFifteenMegabytes() throws Exception {
        emulator.script(
                "{'faults': [{'kind': 'pictureBytes', 'n': 15000000}, {'kind': 'signatureBytes', 'n': 5000000}]}");

        draw("gemini-image:chat?conversationId=cat&stream=true", 4, "");

        assertThatThereAre(4, 15_000_000);
    }

    @Test
    void twentyPicturesOfTwentyMegabytesByAnyFastAtOnce() throws Exception {
        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': 20000000}, {'kind': 'delay', 'duration': '1s'}]}");

        draw("gemini-image:generate?" + anyFast(), 20, "");

        assertThatThereAre(20, 20_000_000);
    }

    @Test
    void streamedConversationOfPicturesOfFifteenMegabytesByAnyFast() throws Exception {
        emulator.script(
                "{'faults': [{'kind': 'pictureBytes', 'n': 15000000}, {'kind': 'signatureBytes', 'n': 5000000}]}");

        draw("gemini-image:chat?conversationId=cat&stream=true&" + anyFast(), 4, "");

        assertThatThereAre(4, 15_000_000);
    }

    private static String anyFast() {
        return "service=anyfast&apiKey=any-key&baseUrl=" + emulator.baseUrl() + "/anyfast";
    }

    /** Out as data URIs, and back both ways: in the answer, and from its address. */
    @Test
    void picturesOfTwentyMegabytesAtAnotherService(
            @TempDir Path directory, @TempDir Path inline, @TempDir Path byAddress) throws Exception {
        Path reference = directory.resolve("reference.png");
        Files.write(reference, Pictures.draw("png", 64, 64));
        try (RandomAccessFile file = new RandomAccessFile(reference.toFile(), "rw")) {
            file.setLength(20_000_000);
        }
        String uri = "gemini-image:edit?service=aimlapi&apiKey=any&prompt=join them&baseUrl=" + emulator.baseUrl()
                + "/aimlapi";

        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': 20000000}, {'kind': 'inlineData'}]}");
        draw(uri, 4, reference.toString(), inline);
        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': 20000000}]}");
        draw(uri, 4, reference.toString(), byAddress);

        assertThatThereAre(4, 20_000_000, inline, ".png");
        assertThatThereAre(4, 20_000_000, byAddress, ".png");
    }

    private void draw(String uri, int times, String reference) throws Exception {
        draw(uri, times, reference, out);
    }

    private void draw(String uri, int times, String reference, Path folder) throws Exception {
        try (OtherJvm jvm = OtherJvm.start(
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                Drawing.class,
                emulator.baseUrl(),
                spool,
                folder,
                uri,
                times,
                reference)) {
            System.out.println(times + " times " + uri + ": " + jvm.lineWith("done"));
        }
    }

    private void assertThatThereAre(int pictures, long length) throws IOException {
        assertThatThereAre(pictures, length, out, ".jpg");
    }

    private void assertThatThereAre(int pictures, long length, Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList())
                    .hasSize(pictures)
                    .allSatisfy(file -> assertThat(file).hasSize(length))
                    .allSatisfy(file -> assertThat(file.toString()).endsWith(ending));
        }
        assertThat(spool).isEmptyDirectory();
    }
}
