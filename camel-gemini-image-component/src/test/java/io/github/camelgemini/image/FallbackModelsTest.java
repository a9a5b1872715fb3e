package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fallbackModels}: another model draws while the one that was asked for cannot, and hides nothing when it cannot either. */
@Timeout(60)
class FallbackModelsTest {

    private static final String FIRST = "gemini-3.1-flash-image";
    private static final String LITE = "gemini-3.1-flash-lite-image";
    private static final String PRO = "gemini-3-pro-image";
    private static final String NEWEST = "gemini-nano-banana-2.1";
    private static final String URI = "gemini-image:generate?maxRetries=0&fallbackModels=";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private void fails(String model, Fault fault) {
        routes.emulator().on(RequestMatcher.model(model)).answer(fault);
    }

    private void drawnBy(String model, Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_MODEL))
                .isEqualTo(model);
    }

    private List<String> asked() {
        return routes.emulator().requests().stream().map(ReceivedRequest::model).toList();
    }

    private CompletableFuture<Exchange> sendAsync(String uri, String body) {
        return CompletableFuture.supplyAsync(() -> routes.send(uri, body), task -> new Thread(task).start());
    }

    // ---- Paused and full

    @Test
    void messagesAfterALongRefusalAreDrawnByTheFallback() {
        fails(FIRST, Fault.rateLimited(Duration.ofSeconds(60)));

        for (int i = 0; i < 4; i++) {
            drawnBy(LITE, routes.send(URI + LITE + "&requestTimeout=6000", "prompt " + i));
        }

        assertThat(asked()).containsExactly(FIRST, LITE, LITE, LITE, LITE);
    }

    @Test
    void messagesThatWaitWhenTheRefusalComesAreDrawnByTheFallback() {
        fails(FIRST, Fault.delay(Duration.ofMillis(500)).and(Fault.rateLimited(Duration.ofSeconds(60))));

        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 6)
                .mapToObj(i -> sendAsync(URI + LITE + "&maxConcurrentRequests=1", "prompt " + i))
                .toList();

        assertThat(sent).allSatisfy(each -> drawnBy(LITE, each.join()));
        assertThat(asked().stream().filter(FIRST::equals)).hasSize(1);
    }

    @Test
    void messagesThatWaitWithoutAFallbackAreToldAtOnceThatTheyWaitInVain() {
        fails(FIRST, Fault.delay(Duration.ofMillis(500)).and(Fault.rateLimited(Duration.ofSeconds(60))));
        String uri = "gemini-image:generate?maxRetries=0&maxConcurrentRequests=1&requestTimeout=40000";

        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 3)
                .mapToObj(i -> sendAsync(uri, "prompt " + i))
                .toList();

        assertThat(sent)
                .allSatisfy(each -> assertThat(each.join().getException()).isInstanceOf(RateLimitException.class));
    }

    @Test
    void pauseLongerThanFallbackPatienceIsNotWaitedFor() {
        fails(FIRST, Fault.rateLimited(Duration.ofSeconds(20)));

        drawnBy(LITE, routes.send("gemini-image:generate?fallbackPatience=1000&fallbackModels=" + LITE, "a cat"));

        assertThat(asked()).containsExactly(FIRST, LITE);
    }

    @Test
    void pauseWithinFallbackPatienceIsWaitedFor() {
        routes.emulator().next(Fault.rateLimited(Duration.ofMillis(200)));

        drawnBy(FIRST, routes.send("gemini-image:generate?fallbackModels=" + LITE, "a cat"));
    }

    @Test
    void fullQueueIsNoReasonToRefuseWhileAFallbackIsFree() {
        fails(FIRST, Fault.delay(Duration.ofSeconds(2)));
        String uri = URI + LITE + "&maxConcurrentRequests=1&maxQueued=0";
        CompletableFuture<Exchange> first = sendAsync(uri, "first");
        Awaitility.await().until(() -> routes.emulator().requests().size() == 1);

        drawnBy(LITE, routes.send(uri, "second"));
        drawnBy(FIRST, first.join());
    }

    // ---- Other services

    @Test
    void fallbackOfAnyFastIsAskedOfAnyFast() {
        routes.emulator().next(Fault.modelNotFound());

        drawnBy(
                "gemini-2.5-flash-image",
                routes.send(
                        URI + "gemini-2.5-flash-image&service=anyfast&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                                + routes.emulator().anyfastUrl(),
                        "a cat"));

        assertThat(asked()).containsExactly(FIRST, "gemini-2.5-flash-image");
        assertThat(routes.emulator().requests()).allSatisfy(request -> {
            assertThat(request.service()).isEqualTo(EmulatedService.ANYFAST);
            assertThat(request.queryParameter("key")).contains(EmulatedRoutes.KEY);
        });
    }

    @Test
    void fallbackOfAimlApiIsAskedOfAimlApiByItsNameThere() {
        routes.emulator().next(Fault.modelNotFound());

        drawnBy(
                LITE,
                routes.send(
                        URI + LITE + "&service=aimlapi&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                                + routes.emulator().aimlapiUrl(),
                        "a cat"));

        List<ReceivedRequest> requests = routes.emulator().requests();
        assertThat(requests).extracting(ReceivedRequest::service).containsOnly(EmulatedService.AIMLAPI);
        assertThat(requests)
                .filteredOn(request -> request.operation().equals("images.generations"))
                .allSatisfy(request -> assertThat(request.bearerToken()).contains(EmulatedRoutes.KEY))
                .extracting(request -> request.body().path("model").asText())
                .containsExactly("google/nano-banana-2", "google/gemini-3-1-flash-lite-image");
    }

    // ---- What another model can draw

    @Test
    void fallbackThatCannotDrawWhatIsAskedHidesNoFailure() {
        fails(FIRST, Fault.overloaded());

        ServiceUnavailableException failure = routes.failure(
                URI + LITE, "a cat", Map.of(GeminiImageHeaders.IMAGE_SIZE, "4K"), ServiceUnavailableException.class);

        assertThat(failure.getModel()).isEqualTo(FIRST);
        assertThat(asked()).containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imageSize:4K", "aspectRatio:1:8", "thinkingLevel:high", "imageSearch:true"})
    void fallbackThatCannotDrawWhatIsAskedIsPassedOver(String asked) {
        String[] parameter = asked.split(":", 2);
        String cannot = parameter[0].equals("aspectRatio") || parameter[0].equals("thinkingLevel")
                ? "gemini-2.5-flash-image"
                : LITE;
        String header = "CamelGeminiImage" + parameter[0].substring(0, 1).toUpperCase() + parameter[0].substring(1);
        fails(FIRST, Fault.overloaded());

        drawnBy(NEWEST, routes.send(URI + cannot + "," + NEWEST, "a cat", Map.of(header, parameter[1])));
    }

    @Test
    void failureOfTheFallbackIsToldBesideThatOfTheModelThatWasAsked() {
        fails(FIRST, Fault.overloaded());
        fails(PRO, Fault.status(400, "INVALID_ARGUMENT", "Not like this"));

        ServiceUnavailableException failure =
                routes.failure(URI + PRO, "a cat", Map.of(), ServiceUnavailableException.class);

        assertThat(failure.getModel()).isEqualTo(FIRST);
        assertThat(failure.getAttempts()).isEqualTo(2);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(InvalidRequestException.class, other -> assertThat(other.getModel())
                        .isEqualTo(PRO));
    }

    @Test
    void fallbackThatIsNamedTwiceIsAskedOnce() {
        fails(FIRST, Fault.overloaded());
        fails(PRO, Fault.overloaded());

        routes.failure(URI + PRO + "," + PRO, "a cat", Map.of(), ServiceUnavailableException.class);

        assertThat(asked()).containsExactly(FIRST, PRO);
    }

    @Test
    void answerWithoutAPictureOfTheFallbackIsTheAnswer() {
        fails(FIRST, Fault.overloaded());
        fails(PRO, Fault.promptBlocked("SAFETY"));

        routes.failure(URI + PRO, "a cat", Map.of(), PromptBlockedException.class);
    }

    // ---- Parameters that not every model takes

    @ParameterizedTest
    @ValueSource(strings = {"temperature=0.5", "topP=0.5", "topK=5", "seed=5"})
    void parameterThatTheFallbackDoesNotTakeIsLeftOut(String option) {
        fails(FIRST, Fault.overloaded());

        drawnBy(NEWEST, routes.send(URI + NEWEST + "&" + option, "a cat"));

        String name = option.substring(0, option.indexOf('='));
        List<ReceivedRequest> received = routes.emulator().requests();
        assertThat(received.get(0).body().path("generationConfig").has(name)).isTrue();
        assertThat(received.get(1).body().path("generationConfig").has(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Temperature", "TopP", "TopK", "Seed"})
    void parameterThatTheModelDoesNotTakeIsRefusedInAMessage(String name) {
        InvalidRequestException failure = routes.failure(
                "gemini-image:generate?model=" + NEWEST,
                "a cat",
                Map.of("CamelGeminiImage" + name, 1),
                InvalidRequestException.class);

        assertThat(failure).hasMessageContaining("is not supported by " + NEWEST);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"temperature=0.5", "topP=0.5", "topK=5", "seed=5"})
    void parameterThatTheModelDoesNotTakeStopsTheStartAsAnOption(String option) {
        assertThatThrownBy(() -> routes.context()
                        .getEndpoint("gemini-image:generate?model=" + NEWEST + "&" + option)
                        .createProducer()
                        .start())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is not supported by " + NEWEST);
    }

    // ---- Several pictures

    @Test
    void severalPicturesOfOneSeedHaveSeedsOfTheirOwn() {
        Exchange exchange = routes.send("gemini-image:generate?numImages=3&seed=" + (Integer.MAX_VALUE - 1), "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests())
                .extracting(
                        request -> request.body().at("/generationConfig/seed").asInt())
                .containsExactlyInAnyOrder(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE);
    }
}
