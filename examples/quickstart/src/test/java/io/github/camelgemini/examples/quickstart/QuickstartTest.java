package io.github.camelgemini.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pquickstart} does, into a folder that goes away. */
class QuickstartTest {

    private static final Path SHIPPED_INPUTS = Path.of("inputs");
    private static final Optional<String> NO_PROMPT = Optional.empty();

    @TempDir
    Path inputs;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private Path pictures;
    private GeminiEmulator emulator;

    @BeforeEach
    void startEmulator() {
        emulator = GeminiEmulator.builder().start();
        pictures = folder.resolve("pictures");
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    @Test
    void shippedInputsBecomePicturesOfTheirRatios() throws Exception {
        int status = run(SHIPPED_INPUTS, NO_PROMPT);

        assertThat(status).as(printed()).isZero();
        assertThat(describePictures())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "clockwork-beetles.3x4.jpg", "JPEG 1792x2400",
                        "lighthouse.21x9.jpg", "JPEG 3168x1344",
                        "night-market.9x16.jpg", "JPEG 1536x2752",
                        "paper-airport.16x9.jpg", "JPEG 2752x1536",
                        "postman-camel.1x1.jpg", "JPEG 2048x2048",
                        "valley-edited.jpg", "JPEG 2528x1696"));
    }

    @Test
    void eachPictureIsToldInALineOfItsOwn() throws Exception {
        run(SHIPPED_INPUTS, NO_PROMPT);

        assertThat(printed().lines().filter(line -> line.startsWith("  ")))
                .hasSize(6)
                .anySatisfy(
                        line -> assertThat(line).matches("  lighthouse\\.21x9\\.txt +3168x1344 +\\d+ kB +\\d+\\.\\d s"))
                .anySatisfy(line -> assertThat(line).matches("  valley\\.jpg +2528x1696 +\\d+ kB +\\d+\\.\\d s"));
        assertThat(printed())
                .contains("6 pictures in ")
                .contains(pictures.toString())
                .containsPattern(
                        "Estimated cost at Google's list prices: \\$0\\.[1-9]\\d\\. The emulator cost nothing\\.");
    }

    @Test
    void galleryShowsPicturesWithTheirPromptsAndWithoutTheNetwork() throws Exception {
        run(SHIPPED_INPUTS, NO_PROMPT);

        String page = Files.readString(pictures.resolve("index.html"));
        for (String picture : describePictures().keySet()) {
            assertThat(page).contains("<img src=\"" + picture + "\"");
        }
        assertThat(page)
                .contains("one neon sign that reads &quot;CAMEL NOODLES&quot;", "Make it a clear winter night")
                .contains("1536 × 2752", "gemini-nano-banana-2.1", "tokens", "about $0.")
                .contains("<img src=\"originals/valley.jpg\"")
                .doesNotContain("http:", "https:");
        assertThat(pictures.resolve("originals/valley.jpg"))
                .hasSameBinaryContentAs(SHIPPED_INPUTS.resolve("valley.jpg"));
    }

    @Test
    void pictureIsSentWithItsInstruction() throws Exception {
        Files.copy(SHIPPED_INPUTS.resolve("valley.jpg"), inputs.resolve("valley.jpg"));

        run(inputs, NO_PROMPT);

        assertThat(emulator.requests()).hasSize(1);
        ReceivedRequest request = emulator.requests().get(0);
        assertThat(request.prompt()).startsWith("Make it a clear winter night").endsWith("Keep the composition.");
        assertThat(request.pictures()).hasSize(1);
    }

    @Test
    void inputsStayAsTheyAreSoThatASecondRunDoesTheSame() throws Exception {
        write("first.txt", "A fox reading the tide table");
        write("second.1x1.txt", "A tide table reading the fox");

        int firstStatus = run(inputs, NO_PROMPT);
        Map<String, String> firstPictures = describePictures();
        int secondStatus = run(inputs, NO_PROMPT);

        assertThat(firstStatus).as(printed()).isZero();
        assertThat(secondStatus).as(printed()).isZero();
        assertThat(describePictures()).hasSize(2).isEqualTo(firstPictures);
        try (Stream<Path> left = Files.walk(inputs).filter(path -> !path.equals(inputs))) {
            assertThat(left)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("first.txt", "second.1x1.txt");
        }
    }

    @Test
    void failingInputsAreToldByNameAndReasonAfterTheOthersAreDone() throws Exception {
        write("good.16x9.txt", "A lighthouse");
        write("empty.txt", "");
        write("renamed.jpg", "words, not pixels");
        write("blocked.txt", "something forbidden");
        write("odd.7x5.txt", "A ratio that no model has");
        Files.write(inputs.resolve("broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'X', 0, (byte) 0xff});
        emulator.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));

        int status = run(inputs, NO_PROMPT);

        assertThat(status).isEqualTo(1);
        assertThat(describePictures()).containsOnlyKeys("good.16x9.jpg");
        assertThat(printed())
                .containsPattern("(?m)^  empty\\.txt +FAILED: the message body is empty.*$")
                .containsPattern("(?m)^  renamed\\.jpg +FAILED: edit requires an image.*$")
                .containsPattern("(?m)^  blocked\\.txt +FAILED: .*PROHIBITED_CONTENT.*$")
                .containsPattern("(?m)^  odd\\.7x5\\.txt +FAILED: aspectRatio '7:5' must be one of .*$")
                .containsPattern("(?m)^  broken\\.png +FAILED: .*neither an image.*$")
                .contains("1 picture in ", "5 of 6 inputs failed")
                .doesNotContain("Exception", "\tat ");
        assertThat(Files.readString(pictures.resolve("index.html")))
                .contains("<b>renamed.jpg</b> edit requires an image");
    }

    @Test
    void refusedKeyEndsItAndIsToldOnce() throws Exception {
        write("one.txt", "One");
        write("two.txt", "Two");
        emulator.on(RequestMatcher.any()).answer(Fault.invalidKey());

        int status = run(inputs, NO_PROMPT);

        assertThat(status).isEqualTo(1);
        assertThat(printed().lines().filter(line -> line.contains("API key not valid")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("Stopped early: "));
    }

    @Test
    void withoutAConnectionItEndsAndSaysSoOnce() throws Exception {
        write("one.txt", "One");
        write("two.txt", "Two");
        emulator.on(RequestMatcher.any()).answer(Fault.resetBeforeHeaders());

        int status = run(inputs, NO_PROMPT);

        assertThat(status).isEqualTo(1);
        assertThat(printed().lines().filter(line -> line.contains("failed before its answer")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("Stopped early: "));
    }

    @Test
    void promptOfTheCommandLineAddsAPictureWordForWord() throws Exception {
        write("one.txt", "One");
        String prompt = "A <b>T-Rex</b> & friends, ${body}, {{nothing}}, déjà vu";

        int status = run(inputs, Optional.of(prompt));

        assertThat(status).as(printed()).isZero();
        assertThat(describePictures()).containsOnlyKeys("one.jpg", "your-prompt.jpg");
        assertThat(emulator.requests()).extracting(ReceivedRequest::prompt).contains(prompt);
        assertThat(Files.readString(pictures.resolve("index.html")))
                .contains("A &lt;b&gt;T-Rex&lt;/b&gt; &amp; friends, ${body}, {{nothing}}, déjà vu");
    }

    @Test
    void emptyFolderIsToldInsteadOfWaitedFor() throws Exception {
        write(".hidden.txt", "Nobody looks here");

        int status = run(inputs, NO_PROMPT);

        assertThat(status).isEqualTo(1);
        assertThat(printed()).contains("Nothing to do", inputs.toString());
    }

    @Test
    void readmeShowsTheRouteThatRuns() throws Exception {
        String routes = Files.readString(Path.of("src/main/resources/routes/pictures.camel.yaml"));
        String first = routes.substring(0, routes.indexOf("\n\n"));

        assertThat(Files.readString(Path.of("README.md"))).contains(first);
    }

    private int run(Path from, Optional<String> prompt) throws Exception {
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        return new Quickstart(from, pictures, out).run(new DrawingService.Emulator(emulator), prompt);
    }

    private String printed() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(inputs.resolve(name), text);
    }

    /** File name to format and pixels, both read from the bytes. */
    private Map<String, String> describePictures() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(pictures)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("index.html"))
                    .toList()) {
                found.put(file.getFileName().toString(), describe(file));
            }
        }
        return found;
    }

    private static String describe(Path picture) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(picture.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            // All of it, so that half a picture is none.
            var pixels = reader.read(0);
            return reader.getFormatName() + " " + pixels.getWidth() + "x" + pixels.getHeight();
        }
    }
}
