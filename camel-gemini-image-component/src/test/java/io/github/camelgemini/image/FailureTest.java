package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.ResultWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every finish reason of the API, and what failures tell; every error of it is in {@link FaultMatrixTest}. */
class FailureTest {

    private static final String ONE_CALL = "gemini-image:generate?maxRetries=0";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private <T extends Throwable> T failure(Fault fault, Class<T> type) {
        routes.emulator().next(fault);
        return routes.failure(ONE_CALL, "a cat", Map.of(), type);
    }

    @Test
    void failureTellsWhatTheApiSaid() {
        ServiceUnavailableException failure = failure(Fault.overloaded(), ServiceUnavailableException.class);

        assertThat(failure.getHttpStatus()).isEqualTo(503);
        assertThat(failure.getProviderStatus()).isEqualTo("UNAVAILABLE");
        assertThat(failure.getProviderMessage()).isEqualTo("The model is overloaded. Please try again later.");
        assertThat(failure.getModel()).isEqualTo("gemini-3.1-flash-image");
    }

    @Test
    void rateLimitCarriesTheDelayThatTheServerAsked() {
        RateLimitException failure = failure(Fault.rateLimited(Duration.ofSeconds(34)), RateLimitException.class);

        assertThat(failure.getRetryDelay()).isBetween(Duration.ofSeconds(34), Duration.ofSeconds(35));
    }

    @Test
    void dailyQuotaSaysWhenItIsBack() {
        QuotaExhaustedException failure = failure(Fault.dailyQuota(), QuotaExhaustedException.class);

        assertThat(failure.getAvailableAgain())
                .isAfter(Instant.now())
                .isBefore(Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void retiredModelNamesItsSuccessor() {
        ModelNotFoundException failure = routes.failure(
                "gemini-image:generate?model=gemini-3-pro-image-preview",
                "a cat",
                Map.of(),
                ModelNotFoundException.class);

        assertThat(failure.getSuccessor()).isEqualTo("gemini-3-pro-image");
        assertThat(failure).hasMessageContaining("Successor in the model catalog: gemini-3-pro-image");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "MODEL_ARMOR", "JAILBREAK"
            })
    void blockedPromptCarriesItsReason(String reason) {
        PromptBlockedException failure = failure(Fault.promptBlocked(reason), PromptBlockedException.class);

        assertThat(failure.getBlockReason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAFETY",
                "RECITATION",
                "LANGUAGE",
                "BLOCKLIST",
                "PROHIBITED_CONTENT",
                "SPII",
                "IMAGE_SAFETY",
                "IMAGE_PROHIBITED_CONTENT",
                "IMAGE_RECITATION"
            })
    void blockedPictureCarriesReasonAndSentence(String reason) {
        ImageBlockedException failure =
                failure(Fault.finish(reason, "Try another wording."), ImageBlockedException.class);

        assertThat(failure.getFinishReason()).isEqualTo(reason);
        assertThat(failure.getFinishMessage()).isEqualTo("Try another wording.");
        assertThat(failure).hasMessageContaining(reason).hasMessageContaining("Try another wording.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "MAX_TOKENS",
                "OTHER",
                "MALFORMED_FUNCTION_CALL",
                "UNEXPECTED_TOOL_CALL",
                "TOO_MANY_TOOL_CALLS",
                "IMAGE_OTHER",
                "NO_IMAGE",
                "SOMETHING_NEW"
            })
    void answerWithoutAPictureCarriesItsReason(String reason) {
        NoImageException failure = failure(Fault.finish(reason, "Sorry."), NoImageException.class);

        assertThat(failure.getFinishReason()).isEqualTo(reason);
        assertThat(failure.getFinishMessage()).isEqualTo("Sorry.");
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void noImageWithoutContentIsUnderstood() {
        assertThat(failure(Fault.noImage(), NoImageException.class).getFinishReason())
                .isEqualTo("NO_IMAGE");
    }

    @Test
    void wordsInsteadOfAPictureAreTold() {
        NoImageException failure = failure(Fault.textOnly("I cannot draw that."), NoImageException.class);

        assertThat(failure.getText()).isEqualTo("I cannot draw that.");
        assertThat(failure).hasMessageContaining("I cannot draw that.");
    }

    @Test
    void blocksAreNeverTriedAgain() {
        routes.emulator().on(request -> true).answer(Fault.promptBlocked("SAFETY"));
        routes.failure("gemini-image:generate?maxRetries=5", "a cat", Map.of(), PromptBlockedException.class);

        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void routeCanAskForNoFailure() {
        routes.emulator().next(Fault.promptBlocked("SAFETY"));
        Exchange blocked = routes.send("gemini-image:generate?failOnBlocked=false", "a cat");
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "Try another wording."));
        Exchange withheld = routes.send("gemini-image:generate?failOnBlocked=false", "a cat");
        routes.emulator().next(Fault.textOnly("I cannot draw that."));
        Exchange words = routes.send("gemini-image:generate?failOnBlocked=false", "a cat");

        assertThat(blocked.getException()).isNull();
        assertThat(blocked.getMessage().getBody()).isNull();
        assertThat(blocked.getMessage().getHeader(GeminiImageHeaders.BLOCK_REASON))
                .isEqualTo("SAFETY");
        assertThat(blocked.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                .isEqualTo(0);
        assertThat(withheld.getMessage().getHeader(GeminiImageHeaders.FINISH_REASON))
                .isEqualTo("IMAGE_SAFETY");
        assertThat(withheld.getMessage().getHeader(GeminiImageHeaders.FINISH_MESSAGE))
                .isEqualTo("Try another wording.");
        assertThat(words.getMessage().getHeader(GeminiImageHeaders.TEXT)).isEqualTo("I cannot draw that.");
    }

    @Test
    void tokensOfAnAnswerWithoutAPictureAreTold() {
        routes.emulator().on(request -> true).answer(Fault.textOnly("I cannot draw that."));
        NoImageException failure = routes.failure("gemini-image:generate", "a cat", Map.of(), NoImageException.class);
        Exchange told = routes.send("gemini-image:generate?failOnBlocked=false", "a cat");

        assertThat(failure.getUsage().totalTokens()).isPositive();
        assertThat(failure.getEstimatedCost()).isPositive();
        assertThat(told.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS))
                .isEqualTo(failure.getUsage().totalTokens());
        assertThat(told.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isPositive();
    }

    @Test
    void nothingOfAnEarlierPictureIsLeftWhenThereIsNone() throws Exception {
        RouteBuilder.addRoutes(routes.context(), routes -> routes.from("direct:twice")
                .to("gemini-image:generate")
                .setBody(routes.constant("a dog"))
                .to("gemini-image:generate?failOnBlocked=false"));
        routes.emulator().next(Fault.pixels(64, 64));
        routes.emulator().next(Fault.promptBlocked("SAFETY"));

        Exchange exchange = routes.send("direct:twice", "a cat");

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.IMAGE_COUNT, 0)
                .doesNotContainKeys(
                        GeminiImageHeaders.WIDTH,
                        GeminiImageHeaders.HEIGHT,
                        GeminiImageHeaders.EXTENSION,
                        GeminiImageHeaders.RESPONSE_ID,
                        GeminiImageHeaders.FINISH_REASON,
                        Exchange.CONTENT_TYPE);
        assertThat(exchange.getProperty(ResultWriter.RESULT_PROPERTY)).isNull();
    }

    @Test
    void diskThatTakesNothingIsNoReasonToPayAgain(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        Exchange exchange =
                routes.send("gemini-image:generate?spoolThreshold=0&maxRetries=5&spoolDirectory=" + file, "a cat");

        assertThat(exchange.getException())
                .isExactlyInstanceOf(LocalStorageException.class)
                .hasMessageContaining("cannot be stored; check the option spoolDirectory")
                .hasMessageContaining("a-file");
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void referenceThatVanishesIsNotTriedAgain(@TempDir Path folder) throws Exception {
        Path photo = Files.write(folder.resolve("photo.png"), Pictures.draw("png", 30, 20));
        routes.emulator().on(request -> photo.toFile().delete()).answer(Fault.overloaded());

        ReferenceImageException failure = routes.failure(
                "gemini-image:edit?prompt=brighter&maxRetries=5", photo, Map.of(), ReferenceImageException.class);

        assertThat(failure)
                .hasMessageContaining("A reference image cannot be sent")
                .hasMessageContaining("photo.png");
        assertThat(failure.getAttempts()).isEqualTo(2);
    }

    @Test
    void failOnBlockedStillFailsForErrors() {
        routes.emulator().next(Fault.invalidKey());
        routes.failure("gemini-image:generate?failOnBlocked=false", "a cat", Map.of(), AuthenticationException.class);
    }

    @Test
    void keyThatTheServerEchoesIsNotTold() {
        AuthenticationException failure = failure(
                Fault.status(403, "PERMISSION_DENIED", "Key " + EmulatedRoutes.KEY + " is banned"),
                AuthenticationException.class);

        assertThat(WrongOptionTest.messages(failure))
                .contains("Key *** is banned")
                .doesNotContain(EmulatedRoutes.KEY);
        assertThat(failure.getProviderMessage()).doesNotContain(EmulatedRoutes.KEY);
    }
}
