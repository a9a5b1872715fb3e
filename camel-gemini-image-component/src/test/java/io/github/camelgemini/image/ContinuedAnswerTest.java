package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that finish with {@code CONTINUATION} and go on in further calls, and what the other reasons to finish become. */
@Timeout(60)
class ContinuedAnswerTest {

    private static final String PNG = Base64.getEncoder().encodeToString(Pictures.draw("png", 8, 4));
    private static final String PICTURE =
            "{'inlineData':{'mimeType':'image/png','data':'" + PNG + "'},'thoughtSignature':'U0lH'}";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    private static String answer(String parts, String end, int tokens) {
        return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]}," + end
                + "}],'usageMetadata':{'promptTokenCount':10,'candidatesTokenCount':" + tokens + ",'totalTokenCount':"
                + (10 + tokens) + ",'candidatesTokensDetails':[{'modality':'IMAGE','tokenCount':" + tokens
                + "}]},'modelVersion':'gemini-3.1-flash-image'}";
    }

    private static String goesOn(String parts, String token) {
        return answer(parts, "'finishReason':'CONTINUATION','continuationToken':'" + token + "'", 100);
    }

    private Fault fault(boolean streamed, String json) {
        String body = json.replace('\'', '"');
        return streamed
                ? Fault.rawBody(200, "text/event-stream", "data: " + body + "\n\n")
                : Fault.rawBody(200, "application/json", body);
    }

    private JsonNode sent(int request) {
        return routes.emulator().requests().get(request).body();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerIsCarriedOnWithItsTokenAndIsOneAnswer(boolean streamed) {
        routes.emulator().next(fault(streamed, goesOn("{'text':'Here '}", "Zmlyc3Q=")));
        routes.emulator().next(fault(streamed, goesOn(PICTURE, "c2Vjb25k")));
        routes.emulator().next(fault(streamed, answer("{'text':'it is'}", "'finishReason':'STOP'", 7)));

        Exchange exchange = routes.send("gemini-image:generate?stream=" + streamed, "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(8);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.TEXT, "Here \nit is")
                .containsEntry(GeminiImageHeaders.FINISH_REASON, "STOP")
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 3)
                .containsEntry(GeminiImageHeaders.PROMPT_TOKENS, 30)
                .containsEntry(GeminiImageHeaders.OUTPUT_TOKENS, 207)
                .containsEntry(GeminiImageHeaders.TOTAL_TOKENS, 237);
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isBetween(0.0124, 0.0125);
        assertThat(sent(0).has("continuationToken")).isFalse();
        assertThat(sent(1).path("continuationToken").asText()).isEqualTo("Zmlyc3Q=");
        assertThat(sent(2).path("continuationToken").asText()).isEqualTo("c2Vjb25k");
        assertThat(sent(2).path("contents")).isEqualTo(sent(0).path("contents"));
    }

    @Test
    void failureOfALaterCallIsTriedAgainAloneAndWhatWasPaidForStays() {
        routes.emulator().next(fault(false, goesOn(PICTURE, "Zmlyc3Q=")));
        routes.emulator().next(Fault.overloaded());
        routes.emulator().next(fault(false, answer("{'text':'Done'}", "'finishReason':'STOP'", 7)));

        Exchange exchange = routes.send("gemini-image:generate?maxRetries=1", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(3);
        assertThat(sent(2).path("continuationToken").asText()).isEqualTo("Zmlyc3Q=");
    }

    @Test
    void retriesAreCountedForEachCallAnew() {
        routes.emulator().next(Fault.overloaded());
        routes.emulator().next(fault(false, goesOn("{'text':'Here'}", "Zmlyc3Q=")));
        routes.emulator().next(Fault.overloaded());
        routes.emulator().next(fault(false, answer(PICTURE, "'finishReason':'STOP'", 7)));

        assertThat(routes.send("gemini-image:generate?maxRetries=1", "a cat").getException())
                .isNull();
    }

    @Test
    void answerWithoutEndIsGivenUp() {
        routes.emulator().on(RequestMatcher.any()).answer(fault(false, goesOn("{'text':'Wait'}", "Zmlyc3Q=")));

        NoImageException failure = routes.failure("gemini-image:generate", "a cat", Map.of(), NoImageException.class);

        assertThat(failure.getFinishReason()).isEqualTo("CONTINUATION");
        assertThat(failure.getAttempts()).isEqualTo(10);
        assertThat(failure.getUsage().totalTokens()).isEqualTo(1_100);
    }

    @Test
    void allCallsTogetherHaveTheTimeOfOne() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(
                        fault(false, goesOn("{'text':'Wait','thoughtSignature':'U0lH'}", "Zmlyc3Q=")),
                        Fault.delay(Duration.ofMillis(400)));

        routes.failure("gemini-image:generate?requestTimeout=1000", "a cat", Map.of(), RequestTimeoutException.class);

        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(SpoolFiles.in(spool)).isEmpty());
    }

    @Test
    void pictureIsTakenWhenTheRestOfTheAnswerDoesNotCome() {
        routes.emulator().next(fault(false, goesOn(PICTURE, "Zmlyc3Q=")));
        routes.emulator().on(RequestMatcher.any()).answer(Fault.overloaded());

        Exchange exchange =
                routes.send("gemini-image:generate?maxRetries=1&fallbackModels=gemini-3-pro-image", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(8);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.FINISH_REASON, "CONTINUATION")
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'finishReason':'CONTINUATION'", "'finishReason':'CONTINUATION','continuationToken':'!'"})
    void answerWithoutATokenIsComplete(String end) {
        routes.emulator().next(fault(false, answer(PICTURE, end, 7)));

        assertThat(routes.send("gemini-image:generate", "a cat").getException()).isNull();
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void turnOfAConversationKeepsAllParts() {
        routes.emulator().next(fault(false, goesOn("{'text':'Here','thoughtSignature':'VEVY'}", "Zmlyc3Q=")));
        routes.emulator().next(fault(false, answer(PICTURE, "'finishReason':'STOP'", 7)));
        routes.emulator().next(fault(false, answer(PICTURE, "'finishReason':'STOP'", 7)));
        String uri = "gemini-image:chat?conversationId=cat";
        assertThat(routes.send(uri, "draw a cat").getException()).isNull();
        assertThat(routes.send(uri, "make it blue").getException()).isNull();

        JsonNode model = sent(2).at("/contents/1/parts");
        assertThat(model).hasSize(2);
        assertThat(model.path(0).path("text").asText()).isEqualTo("Here");
        assertThat(model.path(0).path("thoughtSignature").asText()).isEqualTo("VEVY");
        assertThat(model.path(1).path("thoughtSignature").asText()).isEqualTo("U0lH");
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING_THOUGHT_SIGNATURE, InvalidRequestException",
        "MALFORMED_RESPONSE, MalformedResponseException",
        "ESCALATION, ImageBlockedException",
        "MODEL_ARMOR, ImageBlockedException",
        "PUP_LIMITED_DISABLED, QuotaExhaustedException",
        "SOMETHING_NEW, NoImageException"
    })
    void reasonToFinishHasItsException(String reason, String exception) {
        Map<String, Class<? extends GeminiImageException>> types = Map.of(
                "InvalidRequestException", InvalidRequestException.class,
                "MalformedResponseException", MalformedResponseException.class,
                "ImageBlockedException", ImageBlockedException.class,
                "QuotaExhaustedException", QuotaExhaustedException.class,
                "NoImageException", NoImageException.class);
        routes.emulator().on(RequestMatcher.any()).answer(Fault.finish(reason, "because"));

        GeminiImageException failure = routes.failure("gemini-image:generate", "a cat", Map.of(), types.get(exception));

        assertThat(failure).hasMessageContaining(reason).hasMessageContaining("because");
        assertThat(failure.getAttempts()).isEqualTo(1);
    }

    @Test
    void limitedAccountIsNoMatterOfThePrompt() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.promptBlocked("PUP_LIMITED_DISABLED"));

        routes.failure("gemini-image:generate", "a cat", Map.of(), QuotaExhaustedException.class);
    }
}
