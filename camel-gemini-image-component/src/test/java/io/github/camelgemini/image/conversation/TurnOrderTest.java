package io.github.camelgemini.image.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has its turn in a conversation, and for how long others wait for it. */
@Timeout(60)
class TurnOrderTest {

    private static final int MANY = 20_000;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final TurnOrder order = new TurnOrder(timer);
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private CompletableFuture<String> queue(String name, CompletableFuture<String> answer, int places, Duration time) {
        return order.queue(
                "cat",
                () -> {
                    begun.add(name);
                    return answer;
                },
                new TurnOrder.Patience(places, time, workers));
    }

    private CompletableFuture<String> queue(String name, CompletableFuture<String> answer) {
        return queue(name, answer, MANY, Duration.ofMinutes(5));
    }

    @Test
    void turnsBeginOneAfterTheOtherWhetherThoseBeforeEndedWellOrNot() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> a = queue("a", first);
        CompletableFuture<String> b = queue("b", second);
        CompletableFuture<String> c = queue("c", CompletableFuture.completedFuture("c"));

        first.completeExceptionally(new IllegalStateException("a"));
        second.complete("b");

        assertThatThrownBy(a::join).hasRootCauseMessage("a");
        assertThat(b.join()).isEqualTo("b");
        assertThat(c.join()).isEqualTo("c");
        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatWaitsForTooLongNeverBegins() {
        CompletableFuture<String> first = new CompletableFuture<>();
        queue("a", first);
        CompletableFuture<String> b = queue("b", CompletableFuture.completedFuture("b"), MANY, Duration.ofMillis(20));
        CompletableFuture<String> c = queue("c", CompletableFuture.completedFuture("c"));

        assertThatThrownBy(b::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(c).isNotDone();
        first.complete("a");

        assertThat(c.join()).isEqualTo("c");
        assertThat(begun).containsExactly("a", "c");
    }

    @Test
    void oneThatWaitsForTooLongIsToldAlsoWhereItsPoolRefusesWork() {
        queue("a", new CompletableFuture<>());
        TurnOrder.Patience refused = new TurnOrder.Patience(MANY, Duration.ofMillis(20), work -> {
            throw new RejectedExecutionException("full");
        });

        CompletableFuture<String> b = order.queue("cat", () -> CompletableFuture.completedFuture("b"), refused);

        assertThatThrownBy(b::join).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void noMoreMayWaitThanThereArePlaces() {
        CompletableFuture<String> first = new CompletableFuture<>();
        queue("a", first, 1, Duration.ofMinutes(5));
        CompletableFuture<String> b = queue("b", CompletableFuture.completedFuture("b"), 1, Duration.ofMinutes(5));
        CompletableFuture<String> c = queue("c", CompletableFuture.completedFuture("c"), 1, Duration.ofMinutes(5));

        assertThatThrownBy(c::join).hasCauseInstanceOf(RejectedExecutionException.class);
        first.complete("a");

        assertThat(b.join()).isEqualTo("b");
        assertThat(queue("d", CompletableFuture.completedFuture("d"), 0, Duration.ofMinutes(5))
                        .join())
                .isEqualTo("d");
    }

    @Test
    void manyThatGaveUpDoNotHoldUpTheNext() {
        CompletableFuture<String> first = new CompletableFuture<>();
        queue("a", first);
        CompletableFuture<String> last = null;
        for (int i = 0; i < MANY; i++) {
            last = queue("given up", new CompletableFuture<>(), MANY, Duration.ofMillis(1));
        }
        CompletableFuture<String> z =
                queue("z", CompletableFuture.completedFuture("z"), 2 * MANY, Duration.ofMinutes(5));
        CompletableFuture<String> gaveUp = last;
        await().atMost(Duration.ofSeconds(30)).until(gaveUp::isDone);

        first.complete("a");

        assertThat(z.join()).isEqualTo("z");
    }
}
