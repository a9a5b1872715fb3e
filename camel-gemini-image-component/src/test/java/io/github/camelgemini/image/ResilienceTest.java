package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Retries, limits and time-outs at the emulator. */
@Timeout(60)
class ResilienceTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @Test
    void overloadIsTriedAgainUntilItIsOver() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.overloaded()).times(2);
        Exchange exchange = routes.send("gemini-image:generate", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(3);
    }

    @Test
    void retriesEndAfterTheirNumber() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.overloaded());
        ServiceUnavailableException byOption = routes.failure(
                "gemini-image:generate?maxRetries=1", "a cat", Map.of(), ServiceUnavailableException.class);
        ServiceUnavailableException byHeader = routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of(GeminiImageHeaders.MAX_RETRIES, 3),
                ServiceUnavailableException.class);

        assertThat(byOption.getAttempts()).isEqualTo(2);
        assertThat(byHeader.getAttempts()).isEqualTo(4);
        assertThat(routes.emulator().requests()).hasSize(6);
    }

    @Test
    void usedUpQuotaIsNotTriedAgain() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.dailyQuota());
        routes.failure("gemini-image:generate?maxRetries=5", "a cat", Map.of(), QuotaExhaustedException.class);

        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void serversDelayIsKept() {
        routes.emulator().next(Fault.rateLimited(Duration.ofMillis(1_500)));
        Exchange exchange = routes.send("gemini-image:generate?retryMaxDelay=1", "a cat");

        assertThat(exchange.getException()).isNull();
        var received = routes.emulator().requests();
        assertThat(Duration.between(
                        received.get(0).receivedAt(), received.get(1).receivedAt()))
                .isGreaterThan(Duration.ofMillis(1_400));
    }

    @Test
    void retryAfterHeaderIsKept() {
        routes.emulator().next(Fault.overloaded(), Fault.header("Retry-After", "1"));
        Exchange exchange = routes.send("gemini-image:generate?retryMaxDelay=1", "a cat");

        assertThat(exchange.getException()).isNull();
        var received = routes.emulator().requests();
        assertThat(Duration.between(
                        received.get(0).receivedAt(), received.get(1).receivedAt()))
                .isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void waitBeyondTheTimeLimitFailsAtOnce() {
        routes.emulator().next(Fault.rateLimited(Duration.ofHours(1)));
        RateLimitException failure = routes.failure(
                "gemini-image:generate?requestTimeout=50000", "a cat", Map.of(), RateLimitException.class);

        assertThat(failure.getRetryDelay()).isEqualTo(Duration.ofHours(1));
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void waitingTurnIsPartOfTheTimeLimitAndItsPlaceIsFreeAgain() {
        String uri = "gemini-image:generate?maxConcurrentRequests=1&requestTimeout=700";
        routes.emulator().on(RequestMatcher.prompt("slow")).answer(Fault.stallBeforeHeaders());
        var slow = sendAsync(uri, "slow");
        Awaitility.await().until(() -> !routes.emulator().requests().isEmpty());
        var waiting = sendAsync(uri, "waiting");

        assertThat(slow.join().getException()).isInstanceOf(RequestTimeoutException.class);
        waiting.join();
        assertThat(IntStream.range(0, 5).mapToObj(i -> routes.send(uri, "cat " + i)))
                .allMatch(exchange -> exchange.getException() == null);
    }

    @Test
    void noMoreCallsAreInFlightThanAllowed() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(300)));
        List<CompletableFuture<Exchange>> calls = IntStream.range(0, 9)
                .mapToObj(i -> sendAsync("gemini-image:generate?maxConcurrentRequests=3", "cat " + i))
                .toList();
        Awaitility.await().until(() -> routes.emulator().requests().size() == 3);

        assertThat(calls).allMatch(call -> call.join().getException() == null);
        var received = routes.emulator().requests();
        for (int i = 3; i < received.size(); i++) {
            // Each further one came after the one three before it had been answered.
            assertThat(Duration.between(
                            received.get(i - 3).receivedAt(), received.get(i).receivedAt()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(290));
        }
    }

    @Test
    void noThreadOfTheRouteWaitsForTheApi() throws Exception {
        Set<String> routeThreads = ConcurrentHashMap.newKeySet();
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(Duration.ofSeconds(2)));
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:prompts?concurrentConsumers=2")
                        .process(exchange ->
                                routeThreads.add(Thread.currentThread().getName()))
                        .to("gemini-image:generate")
                        .to("mock:drawn");
            }
        });
        for (int i = 0; i < 20; i++) {
            routes.context()
                    .createFluentProducerTemplate()
                    .withBody("cat " + i)
                    .to("seda:prompts")
                    .asyncSend();
        }

        // All twenty are with the API before the first is answered, though the route has two threads.
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> routes.emulator().requests().size() == 20);
        var received = routes.emulator().requests();
        assertThat(Duration.between(
                        received.get(0).receivedAt(), received.get(19).receivedAt()))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(routeThreads).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void placeIsNotLostToOneWhoGaveUpWhileItsRouteWentOn() throws Exception {
        routes.emulator().on(RequestMatcher.prompt("first")).answer(Fault.delay(Duration.ofMillis(1_500)));
        CountDownLatch firstIsDone = new CountDownLatch(1);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:limited")
                        .onException(RequestTimeoutException.class)
                        .process(exchange -> firstIsDone.await())
                        .end()
                        .to("gemini-image:generate?maxConcurrentRequests=1&requestTimeout=1000&maxRetries=0");
            }
        });
        // The waiting one times out, and its error handler takes long enough for the place to become free meanwhile.
        var first =
                sendAsync("gemini-image:generate?maxConcurrentRequests=1&requestTimeout=1000&maxRetries=0", "first");
        Awaitility.await().until(() -> !routes.emulator().requests().isEmpty());
        var waiting = sendAsync("direct:limited", "waiting");
        first.join();
        firstIsDone.countDown();
        waiting.join();

        assertThat(routes.send("direct:limited", "a cat").getException()).isNull();
    }

    @Test
    void stormOfRefusalsEndsWithAPictureForEachPromptAndNoneTwice() {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.rateLimited(Duration.ofMillis(50)))
                .times(50);
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16));

        List<CompletableFuture<Exchange>> prompts = IntStream.range(0, 200)
                .mapToObj(i -> sendAsync("gemini-image:generate?maxRetries=20", "prompt " + i))
                .toList();

        assertThat(prompts)
                .allSatisfy(prompt -> assertThat(prompt.join().getException()).isNull());
        assertThat(routes.emulator().requests()).hasSize(250);
        assertThat(routes.emulator().requests().stream()
                        .map(request -> request.prompt())
                        .distinct())
                .hasSize(200);
    }

    @Test
    void refusalOfOneHoldsUpTheOthersAsWell() {
        routes.emulator().next(Fault.rateLimited(Duration.ofMillis(1_500)));
        var first = sendAsync("gemini-image:generate", "first");
        Awaitility.await().until(() -> routes.emulator().requests().size() == 1);
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> true);
        routes.send("gemini-image:generate?imageSize=2K", "second");
        first.join();

        var received = routes.emulator().requests();
        assertThat(Duration.between(
                        received.get(0).receivedAt(), received.get(1).receivedAt()))
                .isGreaterThan(Duration.ofMillis(1_400));
    }

    @Test
    void secondOverloadInARowHoldsUpTheOthersAsWell() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.overloaded()).times(2);
        String uri = "gemini-image:generate?maxRetries=0&retryInitialDelay=1500";
        routes.failure(uri, "first", Map.of(), ServiceUnavailableException.class);
        routes.failure(uri, "second", Map.of(), ServiceUnavailableException.class);

        assertThat(routes.send(uri, "third").getException()).isNull();

        var received = routes.emulator().requests();
        assertThat(Duration.between(
                        received.get(1).receivedAt(), received.get(2).receivedAt()))
                .isGreaterThan(Duration.ofMillis(1_400));
    }

    @Test
    void refusalForLongerThanAnybodyWaitsIsToldAtOnce() {
        routes.emulator().next(Fault.rateLimited(Duration.ofMinutes(10)));
        routes.failure("gemini-image:generate?requestTimeout=60000", "a cat", Map.of(), RateLimitException.class);
        RateLimitException failure = routes.failure(
                "gemini-image:generate?requestTimeout=5000", "a cat", Map.of(), RateLimitException.class);

        assertThat(failure).hasMessageContaining("The service requests a pause of");
        assertThat(failure.getRetryDelay()).isGreaterThan(Duration.ofSeconds(30));
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void absurdDelaysAreTakenForNever() {
        routes.emulator()
                .next(
                        Fault.status(429, "RESOURCE_EXHAUSTED", "Please retry in 99999999999999999999s."),
                        Fault.header("Retry-After", "9223372036854775807"));

        RateLimitException failure =
                routes.failure("gemini-image:generate", "a cat", Map.of(), RateLimitException.class);

        assertThat(failure.getRetryDelay()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void endpointsOfTheSameModelShareTheirLimit() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(300)));
        var calls = IntStream.range(0, 4)
                .mapToObj(i -> sendAsync("gemini-image:generate?maxConcurrentRequests=1&maxRetries=" + i, "a cat"))
                .toList();
        calls.forEach(CompletableFuture::join);

        var received = routes.emulator().requests();
        for (int i = 1; i < 4; i++) {
            assertThat(Duration.between(
                            received.get(i - 1).receivedAt(), received.get(i).receivedAt()))
                    .isGreaterThan(Duration.ofMillis(250));
        }
    }

    @Test
    void rateHoldsForAllEndpointsOfTheModel() {
        String uri = "gemini-image:generate?requestsPerMinute=2&requestTimeout=1500";
        assertThat(routes.send(uri, "one").getException()).isNull();
        assertThat(routes.send(uri + "&imageSize=2K", "two").getException()).isNull();
        assertThat(routes.failure(uri, "three", Map.of(), RequestTimeoutException.class))
                .hasMessageContaining("requestsPerMinute");
        assertThat(routes.send(uri + "&model=gemini-3-pro-image", "another model")
                        .getException())
                .isNull();
    }

    @Test
    void rateHoldsForAModelHoweverItIsWritten() {
        String uri = "gemini-image:generate?requestsPerMinute=2&maxQueued=0&maxRetries=0&model=";
        List<String> spellings = List.of("gemini-2.5-flash-image", "models/gemini-2.5-flash-image");
        for (String spelling : spellings) {
            assertThat(routes.send(uri + spelling, "a cat").getException()).isNull();
        }
        Map<String, Object> ofMessage = Map.of(GeminiImageHeaders.MODEL, "models/gemini-2.5-flash-image");

        routes.failure(uri + "gemini-3-pro-image", "a cat", ofMessage, RateLimitException.class);
        routes.failure(
                uri + "publishers/google/models/gemini-2.5-flash-image", "a cat", Map.of(), RateLimitException.class);
    }

    @Test
    void noMoreCallsWaitThanAreAllowedTo() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(1_000)));
        String uri = "gemini-image:generate?maxConcurrentRequests=1&maxQueued=1";
        var calls = IntStream.range(0, 2).mapToObj(i -> sendAsync(uri, "a cat")).toList();
        Awaitility.await().until(() -> routes.emulator().requests().size() == 1);

        Awaitility.await()
                .untilAsserted(() -> assertThat(routes.failure(uri, "one too many", Map.of(), RateLimitException.class))
                        .hasMessageContaining("maxQueued=1 calls to model gemini-3.1-flash-image are already waiting"));
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().getException()).isNull());
    }

    @Test
    void otherModelsAreAskedWhenOneIsGoneOrOverloaded() {
        routes.emulator().on(RequestMatcher.model("gemini-3-pro-image")).answer(Fault.overloaded());
        Exchange exchange = routes.send(
                "gemini-image:generate?model=gemini-3-pro-image&maxRetries=1"
                        + "&fallbackModels=gemini-0-gone, gemini-3.1-flash-image",
                "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.RESPONSE_MODEL, "gemini-3.1-flash-image")
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 4);
    }

    @Test
    void otherModelsAreNotAskedForWhatTheyCannotHelp() {
        routes.emulator().next(Fault.promptBlocked("SAFETY"));
        routes.failure(
                "gemini-image:generate?fallbackModels=gemini-3-pro-image",
                "a cat",
                Map.of(),
                PromptBlockedException.class);

        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void fallbackThatLacksWhatTheEndpointAsksForStopsTheStart() {
        assertThatThrownBy(() -> routes.context()
                        .getEndpoint("gemini-image:generate?imageSize=4K&fallbackModels=gemini-3.1-flash-lite-image")
                        .createProducer()
                        .start())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("imageSize '4K' must be 1K for gemini-3.1-flash-lite-image");
    }

    private CompletableFuture<Exchange> sendAsync(String uri, String body) {
        return CompletableFuture.supplyAsync(() -> routes.send(uri, body), task -> new Thread(task).start());
    }
}
