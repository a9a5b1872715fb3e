package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several pictures of one message, and what becomes of them when some fail. */
class SeveralPicturesTest {

    private static final Duration FOREVER = Duration.ofMinutes(2);

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @Test
    void oneFailureFailsTheMessageAndEndsTheOtherCalls(@TempDir Path spool) {
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "Try another wording."));
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(FOREVER));

        ImageBlockedException failure = routes.failure(
                "gemini-image:generate?numImages=4&spoolThreshold=0&spoolDirectory=" + spool,
                "a cat",
                Map.of(),
                ImageBlockedException.class);

        assertThat(failure).hasMessageContaining("IMAGE_SAFETY");
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    @Test
    void callsThatStillWaitAreNotMadeAfterAFailure() {
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "Try another wording."));
        // The place goes to the second call before the failure is told; answered at once, it would hand it on.
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(FOREVER));

        routes.failure(
                "gemini-image:generate?numImages=8&maxConcurrentRequests=1",
                "a cat",
                Map.of(),
                ImageBlockedException.class);

        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> routes.emulator().requests().size() <= 2);
    }

    @Test
    void picturesThatCameAreKeptAndFailuresTold() {
        routes.emulator().next(Fault.pixels(16, 16));
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "Try another wording."));
        routes.emulator().next(Fault.textOnly("I cannot draw that."));
        routes.emulator().next(Fault.pixels(16, 16));

        Exchange exchange = routes.send("gemini-image:generate?numImages=4&partialResults=keep", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(List.class)).hasSize(2).allMatch(GeneratedImage.class::isInstance);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.IMAGE_COUNT, 2)
                .containsEntry(GeminiImageHeaders.FAILURE_COUNT, 2)
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 4);
        ImageResult result = exchange.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);
        assertThat(result.failures())
                .hasSize(2)
                .hasAtLeastOneElementOfType(ImageBlockedException.class)
                .hasAtLeastOneElementOfType(NoImageException.class);
    }

    @Test
    void tokensOfFailuresAreInTheSum() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.textOnly("I cannot draw that."));
        int ofFailure = routes.failure("gemini-image:generate", "a cat", Map.of(), NoImageException.class)
                .getUsage()
                .totalTokens();
        routes.emulator().clear();
        int ofPicture = routes.send("gemini-image:generate", "a cat")
                .getMessage()
                .getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class);
        routes.emulator().next(Fault.textOnly("I cannot draw that."));

        Exchange both = routes.send("gemini-image:generate?numImages=2&partialResults=keep", "a cat");

        assertThat(both.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS)).isEqualTo(ofFailure + ofPicture);
    }

    @Test
    void onePictureOfSeveralIsAListToo() {
        routes.emulator().next(Fault.noImage());

        Exchange exchange = routes.send(
                "gemini-image:generate",
                "a cat",
                Map.of("CamelGeminiImageNumImages", 2, "CamelGeminiImagePartialResults", "KEEP"));

        assertThat(exchange.getMessage().getBody()).isInstanceOf(List.class);
        assertThat(exchange.getMessage().getBody(List.class)).hasSize(1);
    }

    @Test
    void withoutAnyPictureTheMessageFails() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.noImage());

        routes.failure(
                "gemini-image:generate?numImages=3&partialResults=keep", "a cat", Map.of(), NoImageException.class);
    }

    @Test
    void otherValuesAreRefused() {
        assertThat(routes.failure(
                        "gemini-image:generate",
                        "a cat",
                        Map.of(GeminiImageHeaders.PARTIAL_RESULTS, "some"),
                        InvalidRequestException.class))
                .hasMessageContaining("header CamelGeminiImagePartialResults 'some' must be one of fail, keep");
    }
}
