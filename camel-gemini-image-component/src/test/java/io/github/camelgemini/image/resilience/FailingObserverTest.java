package io.github.camelgemini.image.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.budget.Spending;
import io.github.camelgemini.image.error.ServiceUnavailableException;
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

/** Whoever looks on and fails: the call ends as if nobody did. */
@Timeout(60)
class FailingObserverTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ResilientBackend backend = new ResilientBackend(
            new SecondCallSucceeds(),
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
            workers);

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private static final class SecondCallSucceeds extends OwnBackend {

        private int calls;

        @Override
        public CompletableFuture<List<JsonNode>> models(String id) {
            calls++;
            return calls % 2 == 0
                    ? CompletableFuture.completedFuture(List.of())
                    : CompletableFuture.failedFuture(
                            new ServiceUnavailableException("Overloaded", Duration.ZERO, null, null));
        }
    }

    private static final class FailsAtEverything implements CallObserver.Operation {

        @Override
        public void called(String model, Duration queued) {
            throw new IllegalStateException("called");
        }

        @Override
        public void tryingAgain(Throwable failure, String next, Duration pause) {
            throw new AssertionError("tryingAgain");
        }

        @Override
        public void ended(Object answer, Throwable failure) {
            throw new NoClassDefFoundError("ended");
        }
    }

    @Test
    void callIsTriedAgainAndAnswered() {
        ImageBackend observed = backend.observedBy((name, model, request) -> new FailsAtEverything());

        assertThat(observed.models("m").join()).isEmpty();
        // The only place among the calls in flight was given back.
        assertThat(observed.models("m").join()).isEmpty();
    }

    @Test
    void callWhoseBeginningIsNotTakenIsAnswered() {
        ImageBackend observed = backend.observedBy((name, model, request) -> {
            throw new IllegalStateException("begin");
        });

        assertThat(observed.models("m").join()).isEmpty();
    }
}
