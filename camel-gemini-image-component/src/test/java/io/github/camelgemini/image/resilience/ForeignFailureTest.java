package io.github.camelgemini.image.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.budget.Spending;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.FallbackRequests;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures of services of somebody else's making, who may ask for any delay: they are told, and at once. */
@Timeout(60)
class ForeignFailureTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private static final class Foreign extends GeminiImageException implements RetryableError {

        private static final long serialVersionUID = 1L;
        private final transient Duration delay;

        Foreign(Duration delay) {
            super("out of paint");
            this.delay = delay;
        }

        @Override
        public Duration getRetryDelay() {
            return delay;
        }
    }

    private static final class Thrower extends GeminiImageException implements RetryableError {

        private static final long serialVersionUID = 1L;

        Thrower() {
            super("out of paint");
        }

        @Override
        public Duration getRetryDelay() {
            throw new UnsupportedOperationException();
        }
    }

    static Stream<RuntimeException> failures() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        return Stream.of(
                new Foreign(null),
                new Thrower(),
                new Foreign(huge),
                new Foreign(huge.negated()),
                new Foreign(Duration.ofMillis(-1)),
                new RateLimitException("out of paint", null, ProviderError.NONE),
                new RateLimitException("out of paint", huge, ProviderError.NONE),
                new RateLimitException("out of paint", Duration.ofMillis(-1), ProviderError.NONE),
                new ServiceUnavailableException("out of paint", null, new ProviderError(503, null, null, null), null),
                new ServiceUnavailableException("out of paint", huge, new ProviderError(503, null, null, null), null),
                new RuntimeException("out of paint") {
                    private static final long serialVersionUID = 1L;
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reasonIsToldWhateverDelayItAsksFor(RuntimeException failure) {
        ImageBackend backend = new ResilientBackend(
                        new OwnBackend(request -> CompletableFuture.<ImageResult>failedFuture(failure)),
                        new ResilienceSettings(
                                1,
                                Duration.ofMillis(1),
                                Duration.ofMillis(1),
                                Duration.ofMinutes(5),
                                1,
                                0,
                                10,
                                List.of(),
                                Duration.ZERO),
                        new FallbackRequests(ModelCatalog.standard().at("developer")),
                        Spending.FREE,
                        new CallLimits(timer, UnaryOperator.identity()),
                        new CallsUnderWay(),
                        timer,
                        workers)
                .observedBy(CallObserver.NONE);
        ImageRequest request = ImageRequest.builder()
                .set(Parameter.MODEL, "m")
                .set(Parameter.PROMPT, "a cat")
                .build();

        CompletableFuture<ImageResult> call = backend.generate(request);

        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessageContaining("out of paint");
    }
}
