package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.ModelCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is too large for a request is refused before a byte of it is sent. The files are sparse: they take no space. */
@Timeout(60)
class ReferenceLimitsTest {

    private static final String DEVELOPER = "gemini-image:edit?referenceUpload=INLINE&prompt=join them";
    private static final String VERTEX = "gemini-image:edit?vertexAi=true&prompt=join them";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path directory;

    @Test
    void developerApiTakesAHundredMegabytesOfBase64() throws IOException {
        InvalidRequestException failure = routes.failure(
                DEVELOPER, Collections.nCopies(4, picture(18_750_001)), Map.of(), InvalidRequestException.class);

        assertThat(failure)
                .hasMessageContaining("75000004 bytes together")
                .hasMessageContaining("in Base64 100000016")
                .hasMessageContaining("gemini-3.1-flash-image accepts at most 100000000 in a request")
                .hasMessageContaining("Files API");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void vertexAiTakesSevenMegabytesInOnePicture() throws IOException {
        ReferenceImageException failure = routes.failure(
                VERTEX, List.of(picture(10_000), picture(7_000_001)), Map.of(), ReferenceImageException.class);

        assertThat(failure)
                .hasMessageContaining("reference image 2 has 7000001 bytes")
                .hasMessageContaining("accepts at most 7000000 inside a request")
                .hasMessageContaining("gs://bucket/object");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void exactlyTheLimitIsSent() throws IOException {
        assertThat(routes.send(VERTEX, List.of(picture(7_000_000))).getException())
                .isNull();
        assertThat(routes.emulator().requests().get(0).pictures().get(0).length())
                .isEqualTo(7_000_000);
    }

    @Test
    void picturesThatTheApiFetchesItselfDoNotCount() throws IOException {
        assertThat(routes.send(VERTEX + "&referenceImages=gs://bucket/object.png", List.of(picture(7_000_000)))
                        .getException())
                .isNull();
    }

    @Test
    void limitsAreThoseOfTheCatalog() throws IOException {
        String limits = "{\"models\":{\"gemini-3.1-flash-image\":{\"at\":{\"developer\":{\"input\":{\"inline\":{"
                + "\"bytesPerFile\":20000,\"bytesPerRequest\":40000}}}}}}}";
        routes.component().stop();
        routes.component()
                .setModelCatalog(ModelCatalog.standard()
                        .with(new ByteArrayInputStream(limits.getBytes(StandardCharsets.UTF_8))));
        routes.component().start();

        assertThat(routes.failure(DEVELOPER, List.of(picture(20_001)), Map.of(), ReferenceImageException.class))
                .hasMessageContaining("accepts at most 20000 inside a request");
        assertThat(routes.failure(
                        DEVELOPER, List.of(picture(20_000), picture(15_000)), Map.of(), InvalidRequestException.class))
                .hasMessageContaining("accepts at most 40000 in a request");
    }

    /** A valid head, and a length. */
    private Path picture(long length) throws IOException {
        Path file = Files.createTempFile(directory, "picture", ".jpg");
        Files.write(file, Pictures.draw("jpg", 64, 64));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(length);
        }
        return file;
    }
}
