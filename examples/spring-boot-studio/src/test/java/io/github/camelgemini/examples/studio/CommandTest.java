package io.github.camelgemini.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pspring-boot-studio} starts, in a JVM of its own. */
class CommandTest {

    private static final Pattern ADDRESS = Pattern.compile("Open (http://localhost:\\d+)");

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void portThatIsTakenIsASentenceAndAStatus() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start(taken.getLocalPort());

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
        start(0);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> ADDRESS.matcher(output()).find());
        Matcher address = ADDRESS.matcher(output());
        address.find();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.group(1) + "/api/pictures"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\": \"A fern\", \"imageSize\": \"4K\"}"))
                .build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());

        process.destroy();

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(output()).doesNotContain("\tat ", "graceful", "could not be drawn");
    }

    private void start(int port) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Studio.class.getName(),
                        "--server.port=" + port,
                        "--studio.folder=" + folder.resolve("pictures"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }
}
