package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImages;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code stream=true}: the same result, and the same failures, from an answer in pieces. */
@Timeout(60)
class StreamedAnswerTest {

    private static final String STREAMED = "gemini-image:generate?stream=true";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void spoolAll() throws Exception {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
        RouteBuilder.addRoutes(routes.context(), b -> {
            b.from("direct:streamed")
                    .to(STREAMED + "&maxRetries=1&includeThoughts=true")
                    .convertBodyTo(byte[].class);
            b.from("direct:whole")
                    .to("gemini-image:generate?includeThoughts=true")
                    .convertBodyTo(byte[].class);
        });
    }

    @Test
    void isTheSameAsInOnePiece() {
        Exchange streamed = routes.send("direct:streamed", "a cat on a mat");
        Exchange whole = routes.send("direct:whole", "a cat on a mat");

        assertThat(streamed.getException()).isNull();
        assertThat(routes.emulator().requests().stream().map(ReceivedRequest::operation))
                .containsExactly("streamGenerateContent", "generateContent");
        assertThat(routes.emulator().requests().get(0).queryParameter("alt")).hasValue("sse");
        assertThat(routes.emulator().requests().get(0).body())
                .isEqualTo(routes.emulator().requests().get(1).body());
        assertThat(streamed.getMessage().getBody(byte[].class))
                .isEqualTo(whole.getMessage().getBody(byte[].class));
        Map<String, Object> expected =
                new java.util.TreeMap<>(whole.getMessage().getHeaders());
        Map<String, Object> seen = new java.util.TreeMap<>(streamed.getMessage().getHeaders());
        Stream.of(GeminiImageHeaders.RESPONSE_ID, Exchange.FILE_NAME).forEach(name -> {
            expected.remove(name);
            assertThat(seen.remove(name)).isNotNull();
        });
        assertThat(seen).isEqualTo(expected).containsEntry(GeminiImageHeaders.FINISH_REASON, "STOP");
        ImageResult one = streamed.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);
        ImageResult other = whole.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);
        assertThat(one.thoughts()).isEqualTo(other.thoughts()).isNotEmpty();
        assertThat(one.usage()).isEqualTo(other.usage());
    }

    @Test
    void aMessageMayAskForIt() {
        routes.send("gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.STREAM, "true"));

        assertThat(routes.emulator().requests().get(0).operation()).isEqualTo("streamGenerateContent");
    }

    @Test
    void severalPicturesAndALargeOne() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pictures(3), Fault.pictureBytes(2_000_000));

        Exchange exchange = routes.send(STREAMED, "cats");

        assertThat(exchange.getMessage().getBody(GeneratedImages.class)).hasSize(3);
        assertThat(exchange.getMessage().getBody(GeneratedImages.class).length())
                .isEqualTo(6_000_000);
    }

    @Test
    void conversationsAreStreamedToo() {
        String uri = "gemini-image:chat?conversationId=cat&stream=true";
        assertThat(routes.send(uri, "draw a cat").getException()).isNull();
        assertThat(routes.send(uri, "make it blue").getException()).isNull();

        // The text in two parts, since the signature is that of the first.
        assertThat(routes.emulator().requests().get(1).body().at("/contents/1/parts"))
                .hasSize(3);
        assertThat(routes.emulator()
                        .requests()
                        .get(1)
                        .body()
                        .at("/contents/1/parts/0")
                        .has("thoughtSignature"))
                .isTrue();
    }

    @Test
    void snakeCaseAndTrickleAndGzipAreUnderstood() {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(
                        Fault.pixels(16, 16),
                        Fault.snakeCase(),
                        Fault.trickle(100, Duration.ofMillis(1)),
                        Fault.gzip());

        Exchange exchange = routes.send(STREAMED, "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT)).isEqualTo("Here is your picture: a cat");
    }

    record Broken(String what, Fault fault, Class<? extends GeminiImageException> failure, int calls) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken(
                        "no finish reason",
                        Fault.rawBody(
                                200,
                                "text/event-stream",
                                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Here\"}]}}]}\n\n"),
                        ServiceUnavailableException.class,
                        2),
                new Broken("empty", Fault.rawBody(200, "text/event-stream", ""), ServiceUnavailableException.class, 2),
                new Broken(
                        "no JSON",
                        Fault.rawBody(200, "text/event-stream", "data: <html>\n\n"),
                        MalformedResponseException.class,
                        1),
                new Broken("blocked prompt", Fault.promptBlocked("SAFETY"), PromptBlockedException.class, 1),
                new Broken("blocked picture", Fault.finish("IMAGE_SAFETY", "No."), ImageBlockedException.class, 1),
                new Broken("words alone", Fault.textOnly("I had rather not do that"), NoImageException.class, 1));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsAsInOnePieceAndLeavesNothing(Broken broken) {
        routes.emulator().on(RequestMatcher.any()).answer(broken.fault());

        routes.failure("direct:streamed", "a cat", Map.of(), broken.failure());

        assertThat(routes.emulator().requests()).hasSize(broken.calls());
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    @Test
    void aStreamThatBrokeIsTriedAgain() {
        routes.emulator().next(Fault.pictureBytes(200_000), Fault.truncate(150_000));
        routes.emulator().next(Fault.midStreamError());

        Exchange exchange = routes.send(STREAMED + "&maxRetries=2", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(3);
    }

    @Test
    void aStreamWithoutEndIsGivenUp() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pictureBytes(500_000), Fault.stallMidBody(300_000));

        routes.failure(
                STREAMED + "&requestTimeout=300",
                "a cat",
                Map.of(),
                io.github.camelgemini.image.error.RequestTimeoutException.class);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(SpoolFiles.in(spool)).isEmpty());
    }
}
