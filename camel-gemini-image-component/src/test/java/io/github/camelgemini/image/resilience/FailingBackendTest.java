package io.github.camelgemini.image.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.budget.Spending;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.FallbackRequests;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that cannot even begin fails alone. */
@Timeout(60)
class FailingBackendTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CompletableFuture<List<JsonNode>> first = new CompletableFuture<>();
    private final ImageBackend backend = new ResilientBackend(
                    new OnlyTheFirstBegins(),
                    new ResilienceSettings(
                            0,
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

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private final class OnlyTheFirstBegins extends OwnBackend {

        private boolean begun;

        @Override
        public CompletableFuture<List<JsonNode>> models(String id) {
            if (begun) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            begun = true;
            return first;
        }
    }

    @Test
    void callWhoseEndLetsItBeginIsAnswered() {
        CompletableFuture<List<JsonNode>> answered = backend.models("m");
        CompletableFuture<List<JsonNode>> waiting = backend.models("m");

        first.complete(List.of());

        assertThat(answered.join()).isEmpty();
        assertThatThrownBy(waiting::join).hasMessageContaining("unable to create native thread");
    }
}
