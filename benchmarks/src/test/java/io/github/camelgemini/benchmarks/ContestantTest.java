package io.github.camelgemini.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedPicture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every contestant does the work that it is measured by. */
@Timeout(120)
class ContestantTest {

    @TempDir
    Path directory;

    private GeminiEmulator emulator;

    @BeforeEach
    void startEmulator() {
        emulator = GeminiEmulator.builder().start();
        EmulatorProcess.script(emulator);
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    /** The one that is left out writes nothing. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "COMPONENT_ALONE")
    void writesThePictureThatTheEmulatorDrew(Contestant contestant) throws Exception {
        Path file = draw(contestant, Workload.RECEIVE_800_KB);

        assertThat(file).hasSize(800_000).hasBinaryContent(expected(Workload.RECEIVE_800_KB));
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheReferencePictures(Contestant contestant) throws Exception {
        draw(contestant, Workload.SEND_1_REFERENCE);

        assertThat(emulator.requests()).singleElement().satisfies(request -> assertThat(request.pictures())
                .singleElement()
                .returns((long) Workload.REFERENCE_LENGTH, ReceivedPicture::length)
                .returns(65, ReceivedPicture::width));
    }

    @ParameterizedTest
    @EnumSource
    void drawsAgainAndAgain(Contestant contestant) throws Exception {
        try (PictureClient client = contestant.open(setting(Workload.TINY))) {
            for (int i = 0; i < 3; i++) {
                client.draw(Workload.TINY.prompt(), directory.resolve("out").resolve(i + ".jpg"));
            }
        }

        assertThat(emulator.requests()).hasSize(3);
        if (contestant != Contestant.COMPONENT_ALONE) {
            try (Stream<Path> files = Files.list(directory.resolve("out"))) {
                assertThat(files).hasSize(3);
            }
        }
    }

    private Path draw(Contestant contestant, Workload workload) throws Exception {
        Path file = directory.resolve("out").resolve("picture.jpg");
        try (PictureClient client = contestant.open(setting(workload))) {
            client.draw(workload.prompt(), file);
        }
        return file;
    }

    private Setting setting(Workload workload) throws Exception {
        return Setting.of(workload, emulator.baseUrl(), directory.resolve("out"));
    }

    /** The same request makes the same bytes; here they are read by none of the contestants. */
    private byte[] expected(Workload workload) throws Exception {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"" + workload.prompt() + "\"}]}],"
                + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]}}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(emulator.baseUrl() + setting(workload).path()))
                .header("x-goog-api-key", Setting.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode json = new ObjectMapper().readTree(answer.body());
        return json.findValue("data").binaryValue();
    }
}
