package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code file:}, and with it every producer that asks for an InputStream, writes pictures from memory and from spool files. */
@Timeout(60)
class WritingFilesTest {

    private static final int LENGTH = 300_000;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @TempDir
    Path out;

    @BeforeEach
    void spoolHere() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.pictureBytes(LENGTH));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void onePicture(long spoolThreshold) throws Exception {
        run(spoolThreshold, b -> b.from("direct:start").to("gemini-image:generate", "file:" + out));

        assertThatThePictureIsWritten(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void inEveryBranchOfAParallelMulticast(long spoolThreshold) throws Exception {
        run(spoolThreshold, b -> b.from("direct:start")
                .to("gemini-image:generate")
                .multicast()
                .parallelProcessing()
                .to("file:" + out.resolve("a"), "file:" + out.resolve("b"), "file:" + out.resolve("c"))
                .end()
                .to("file:" + out.resolve("d")));

        assertThatThePictureIsWritten(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void severalPicturesSplit(long spoolThreshold) throws Exception {
        run(spoolThreshold, b -> b.from("direct:start")
                .to("gemini-image:generate?numImages=3")
                .split(b.body())
                .to("file:" + out + "?fileName=${exchangeProperty.CamelSplitIndex}.jpg"));

        assertThatThePictureIsWritten(3);
    }

    /** The file that the picture is in must not be moved away or locked by who writes it. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void asAFile(long spoolThreshold) throws Exception {
        run(spoolThreshold, b -> b.from("direct:start")
                .to("gemini-image:generate")
                .wireTap("direct:tap")
                .end()
                .process(e -> e.getMessage().setBody(e.getMessage().getBody(Path.class)))
                .to("file:" + out.resolve("a"))
                .to("file:" + out.resolve("b")));

        assertThatThePictureIsWritten(3);
    }

    /** As aws2-s3 and others send: they ask for a stream, and the length is known. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void asAStream(long spoolThreshold) throws Exception {
        run(
                spoolThreshold,
                b -> b.from("direct:start").to("gemini-image:generate").process(e -> {
                    try (InputStream in = e.getMessage().getMandatoryBody(InputStream.class)) {
                        Files.copy(in, out.resolve("streamed.jpg"));
                    }
                }));

        assertThatThePictureIsWritten(1);
    }

    private void run(long spoolThreshold, LambdaRouteBuilder route) throws Exception {
        routes.component().getConfiguration().setSpoolThreshold(spoolThreshold);
        RouteBuilder.addRoutes(routes.context(), route);
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:tap").to("file:" + out.resolve("tap")));
        assertThat(routes.send("direct:start", "a cat").getException()).isNull();
    }

    private void assertThatThePictureIsWritten(int times) throws IOException {
        await().untilAsserted(() -> assertThat(written()).hasSize(times));
        await().untilAsserted(() ->
                assertThat(written()).extracting(WritingFilesTest::length).containsOnly((long) LENGTH));
        for (Path file : written()) {
            assertThat(Pictures.describe(file)).isEqualTo("image/jpeg 16x16");
            assertThat(file.toString()).endsWith(".jpg");
        }
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
