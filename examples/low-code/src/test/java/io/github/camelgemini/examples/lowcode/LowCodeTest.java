package io.github.camelgemini.examples.lowcode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Plow-code} does: the YAML as it is, with the properties as they are. */
class LowCodeTest {

    private static final Set<String> PICTURES = Set.of(
            "asked-by-http.jpg",
            "picture-of-the-day.jpg",
            "new-background/bag.jpg",
            "new-background/lamp.jpg",
            "new-background/mug.jpg",
            "news/ferry-2026-10-19.jpg",
            "news/gulls-2026-10-18.jpg",
            "news/tide-2026-10-20.jpg");

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    private int port;
    private Main main;

    @AfterEach
    void stop() {
        if (main != null) {
            main.stop();
        }
    }

    @Test
    void allFlowsLeaveTheirPictures() throws Exception {
        start();
        awaitAllPictures();

        assertThat(describe("picture-of-the-day.jpg")).isEqualTo("2752x1536");
        assertThat(describe("new-background/mug.jpg")).isEqualTo("1024x1024");
        assertThat(describe("news/tide-2026-10-20.jpg")).isEqualTo("1024x1024");
        assertThat(EMULATOR.requests())
                .hasSize(PICTURES.size())
                .extracting(ReceivedRequest::prompt)
                .contains(
                        "A lighthouse in a storm, as a linocut in black & ochre",
                        "A small flat illustration for the headline: Gulls & fishermen agree on a truce",
                        "A paper boat on a puddle");
        assertThat(EMULATOR.requests())
                .filteredOn(request -> request.prompt().startsWith("Replace the background"))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.pictures()).hasSize(1));
    }

    @Test
    void newsThatHasItsThumbnailIsNotPaidForAgain() throws Exception {
        start();
        awaitAllPictures();
        main.stop();
        Files.delete(folder.resolve("picture-of-the-day.jpg"));
        EMULATOR.clear();

        start();
        awaitAllPictures();

        assertThat(EMULATOR.requests())
                .extracting(ReceivedRequest::prompt)
                .noneMatch(prompt -> prompt.contains("headline"));
    }

    @Test
    void httpAnswersWithAPictureOrASentence() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        start();

        HttpResponse<byte[]> picture = get("/picture?prompt=A+red+shoe");
        HttpResponse<byte[]> nothing = get("/picture");
        HttpResponse<byte[]> blocked = get("/picture?prompt=forbidden");

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(picture.headers().map())
                .noneSatisfy((name, value) -> assertThat(name).startsWithIgnoringCase("Camel"));
        assertThat(picture.body()).startsWith(0xff, 0xd8);
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(new String(nothing.body())).startsWith("No picture: prompt is empty");
        assertThat(blocked.statusCode()).isEqualTo(502);
        assertThat(new String(blocked.body())).contains("PROHIBITED_CONTENT").doesNotContain("Exception");
    }

    @Test
    void aHeadlineThatIsRefusedIsAskedForOnce() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("Gulls")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));

        // The headlines come one after the other, this one first.
        lookAtTheFeed(() -> pictures().contains("news/ferry-2026-10-19.jpg"));

        assertThat(promptsWith("Gulls")).hasSize(1);
    }

    @Test
    void aHeadlineThatMetAnOverloadedServiceIsAskedForAgain() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("Gulls")).answer(Fault.overloaded()).times(1);

        start(Map.of("newsPeriod", "100", "camel.component.gemini-image.maxRetries", "0"));

        awaitAllPictures();
        assertThat(promptsWith("Gulls")).hasSize(2);
    }

    @Test
    void aPhotographThatIsRefusedIsPaidForOnce() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("Replace the background")).answer(Fault.finish("IMAGE_SAFETY", "Not this."));

        lookAtTheFeed(() -> promptsWith("Replace the background").size() >= 3);

        assertThat(promptsWith("Replace the background")).hasSize(3);
        assertThat(Path.of("photographs/mug.jpg")).exists();
    }

    @Test
    void withARefusedKeyItEndsAndSaysSoOnceForEachPicture() throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.invalidKey());

        String output = runWith(EMULATOR.baseUrl());

        assertThat(EMULATOR.requests()).hasSize(PICTURES.size());
        assertThat(output.lines()).hasSizeLessThan(2 * PICTURES.size());
        assertThat(output).contains("No picture: ").doesNotContain("\tat ");
    }

    @Test
    void withoutANetworkItEndsAndSaysSoOnceForEachPicture() throws Exception {
        String output = runWith("http://localhost:" + freePort());

        assertThat(output.lines()).hasSizeLessThan(2 * PICTURES.size());
        assertThat(output).contains("No picture: ").doesNotContain("\tat ");
    }

    @Test
    void portThatIsTakenIsASentenceAndAStatus() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process process = process(taken.getLocalPort(), "-Dcamel.main.profile=emulator");

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(output().strip())
                    .startsWith("Port " + taken.getLocalPort() + " is used by another program")
                    .doesNotContain("\n");
        }
    }

    /** SIGTERM does what Ctrl-C does. */
    @Test
    void toldToEndItDoesSoAndLeavesNoTemporaryFiles() throws Exception {
        Process process = process(freePort(), "-Dcamel.main.profile=emulator", "-Dcamel.main.durationMaxIdleSeconds=0");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !pictures().isEmpty());

        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("output").isTrue();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(output()).doesNotContain("\tat ");
    }

    /** The command of the README: Camel's Main, and the emulator as a bean of a profile. */
    @Test
    void theCommandStartsItsEmulatorDrawsAndEnds() throws Exception {
        String output = run("-Dcamel.main.profile=emulator");

        assertThat(pictures()).isEqualTo(PICTURES);
        assertThat(output)
                .contains(folder.resolve("new-background/mug.jpg").toString())
                .doesNotContain("Exception");
    }

    private String runWith(String baseUrl) throws Exception {
        return run(
                "-Dcamel.component.gemini-image.baseUrl=" + baseUrl,
                "-Dcamel.component.gemini-image.apiKey=any",
                "-Dcamel.component.gemini-image.retryInitialDelay=10");
    }

    /** Runs it as the README's command does, until it ends by itself. */
    private String run(String... properties) throws Exception {
        Process process = process(freePort(), properties);
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();

        String output = Files.readString(folder.resolve("output.txt"));
        assertThat(ended).as(output).isTrue();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Process process(int port, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dcamel.server.port=" + port,
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-Dphotographs=photographs",
                "-Dpictures=" + folder));
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LowCode.class.getName()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private void start() throws Exception {
        start(Map.of());
    }

    private void start(Map<String, String> properties) throws Exception {
        port = freePort();
        main = new Main();
        main.addOverrideProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addOverrideProperty("camel.component.gemini-image.apiKey", "any");
        main.addOverrideProperty("camel.server.port", "" + port);
        main.addOverrideProperty("camel.main.durationMaxIdleSeconds", "0");
        main.addOverrideProperty("photographs", "photographs");
        main.addOverrideProperty("pictures", folder.toString());
        properties.forEach(main::addOverrideProperty);
        main.start();
    }

    private void awaitAllPictures() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(pictures())
                .isEqualTo(PICTURES));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> main.getCamelContext().getInflightRepository().size() == 0);
    }

    /** Looks at the feed all the time, and five times more after this is true. */
    private void lookAtTheFeed(Callable<Boolean> condition) throws Exception {
        AtomicInteger looks = new AtomicInteger();
        HttpServer feed = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] news = Files.readAllBytes(Path.of("src/main/resources/news.rss"));
        feed.createContext("/", exchange -> {
            looks.incrementAndGet();
            exchange.sendResponseHeaders(200, news.length);
            exchange.getResponseBody().write(news);
            exchange.close();
        });
        feed.start();
        try {
            start(Map.of(
                    "newsPeriod",
                    "100",
                    "news",
                    "http://localhost:" + feed.getAddress().getPort()));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
            int before = looks.get();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() >= before + 5);
        } finally {
            feed.stop(0);
        }
    }

    private static List<String> promptsWith(String words) {
        return EMULATOR.requests().stream()
                .map(ReceivedRequest::prompt)
                .filter(prompt -> prompt.contains(words))
                .toList();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private Set<String> pictures() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".jpg"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String describe(String picture) throws IOException {
        var pixels = ImageIO.read(folder.resolve(picture).toFile());
        return pixels.getWidth() + "x" + pixels.getHeight();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
