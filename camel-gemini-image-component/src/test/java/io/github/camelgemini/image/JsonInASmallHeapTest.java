package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in JSON, in both directions, in a JVM with 64 MB of heap; the emulator is in another. */
@Timeout(240)
class JsonInASmallHeapTest {

    private static final int REFERENCE = 50_000_000;
    private static final int ANSWER = 50_000_000;

    private static OtherJvm.Emulator emulator;

    @TempDir
    Path spool;

    @TempDir
    Path folder;

    @BeforeAll
    static void startEmulator() throws IOException {
        emulator = new OtherJvm.Emulator();
    }

    @AfterAll
    static void stopEmulator() throws Exception {
        emulator.close();
    }

    /** Sends a JSON file as a stream through {@code direct → gemini-image → file}. */
    static final class Job {

        private Job() {}

        public static void main(String[] args) throws Exception {
            try (OtherRoutes routes = new OtherRoutes(args[0], args[1]);
                    InputStream body = Files.newInputStream(Path.of(args[2]))) {
                // Camel's own caching of streams keeps them in the heap, unless its spooling is switched on.
                routes.add(b -> b.from("direct:start")
                        .streamCache("false")
                        .to("gemini-image:edit?output=json")
                        .to("file:" + args[3] + "?fileName=answer.json"));
                routes.sendAtOnce("direct:start", 1, body);
            }
            System.out.println("done");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"brighter\", \"images\": [\"data:image/jpeg;base64,@\"]}",
                "{\"image\": \"@\", \"prompt\": \"brighter\"}",
                "{\"contents\": [{\"parts\": [{\"text\": \"brighter\"}, {\"inline_data\": {\"data\": \"@\"}}]}]}"
            })
    void fiftyMegabytesInAndOut(String json) throws Exception {
        emulator.script("{'faults': [{'kind': 'pictureBytes', 'n': " + ANSWER + "}]}");
        Path job = folder.resolve("job.json");
        write(json, job);

        try (OtherJvm jvm = OtherJvm.start(
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), Job.class, emulator.baseUrl(), spool, job, folder)) {
            jvm.lineWith("done");
        }

        assertThat(longestString(folder.resolve("answer.json")))
                .isEqualTo("data:image/jpeg;base64,".length() + (ANSWER + 2L) / 3 * 4);
        assertThat(spool).isEmptyDirectory();
    }

    /** A small JPEG, and behind its end what makes it large, in place of the {@code @}. */
    private static void write(String json, Path file) throws IOException {
        String[] parts = json.split("@");
        byte[] picture = Pictures.draw("jpg", 64, 64);
        try (OutputStream out = Files.newOutputStream(file);
                InputStream bytes = new SequenceInputStream(
                        new ByteArrayInputStream(picture),
                        new ByteArrayInputStream(new byte[REFERENCE - picture.length]))) {
            out.write(parts[0].getBytes(StandardCharsets.UTF_8));
            out.write(Base64.getEncoder().encode(bytes.readAllBytes()));
            out.write(parts[1].getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long longestString(Path file) throws IOException {
        long longest = 0;
        try (JsonParser parser = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build()
                .createParser(file.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    longest = Math.max(longest, parser.getTextLength());
                }
            }
        }
        return longest;
    }
}
