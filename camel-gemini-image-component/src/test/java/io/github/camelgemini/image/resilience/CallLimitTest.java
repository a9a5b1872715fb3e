package io.github.camelgemini.image.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may begin, and when. */
@Timeout(60)
class CallLimitTest {

    private static final int MANY = 1_000;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CallLimit limit = new CallLimit(timer, Duration.ofMillis(400));
    private final List<CallLimit.Turn> paused = Collections.synchronizedList(new ArrayList<>());
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private CallLimit.Turn turn(String name, int most, int perMinute) {
        return limit.turn(most, perMinute, () -> begun.add(name), paused::add);
    }

    private CallLimit.Turn queued(String name, int most, int perMinute) {
        CallLimit.Turn turn = turn(name, most, perMinute);
        assertThat(turn.queue(MANY, false)).isTrue();
        return turn;
    }

    @Test
    void firstComeFirstServed() {
        CallLimit.Turn a = queued("a", 1, 0);
        CallLimit.Turn b = queued("b", 1, 0);
        queued("c", 1, 0);
        a.end();
        b.end();

        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatWasHereEarlierGoesFirst() {
        CallLimit.Turn a = queued("a", 1, 0);
        queued("b", 1, 0);
        turn("again", 1, 0).queue(0, true);
        a.end();

        assertThat(begun).containsExactly("a", "again");
    }

    @Test
    void placeGoesToTheNextWhenOneGivesUpAndIsNotGivenTwice() {
        CallLimit.Turn a = queued("a", 1, 0);
        CallLimit.Turn b = queued("b", 1, 0);
        queued("c", 1, 0);
        queued("d", 1, 0);
        b.end();
        a.end();
        a.end();

        assertThat(begun).containsExactly("a", "c");
        assertThat(limit.inFlight()).isEqualTo(1);
    }

    @Test
    void everybodyKeepsToItsOwnLimitOfWhatAllHaveInFlight() {
        queued("a", 3, 0);
        queued("b", 3, 0);
        CallLimit.Turn careful = queued("careful", 1, 0);
        careful.end();
        queued("c", 3, 0);

        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void noMoreMayWaitThanThereArePlaces() {
        queued("a", 1, 0);
        assertThat(turn("b", 1, 0).queue(1, false)).isTrue();
        assertThat(turn("c", 1, 0).queue(1, false)).isFalse();
        assertThat(turn("d", 1, 0).queue(0, false)).isFalse();

        assertThat(limit.waiting()).isEqualTo(1);
    }

    @Test
    void noMoreBeginInAWindowThanTheRateAllows() {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 7; i++) {
            CallLimit.Turn[] self = new CallLimit.Turn[1];
            self[0] = limit.turn(
                    MANY,
                    3,
                    () -> {
                        times.add(System.nanoTime());
                        timer.execute(() -> self[0].end());
                    },
                    paused::add);
            self[0].queue(MANY, false);
        }

        Awaitility.await().until(() -> times.size() == 7);
        for (int i = 3; i < 7; i++) {
            // Measured after it was decided, so a little less than the window can be seen.
            assertThat(Duration.ofNanos(times.get(i) - times.get(i - 3))).isGreaterThan(Duration.ofMillis(350));
        }
    }

    @Test
    void allWaitAndFewerGoOnAfterARefusal() {
        List<CallLimit.Turn> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            eight.add(queued("before", 8, 0));
        }
        // All eight are refused, which is one refusal.
        for (int i = 0; i < 8; i++) {
            limit.slowDown(Duration.ofMillis(100));
        }
        eight.forEach(CallLimit.Turn::end);
        begun.clear();
        List<CallLimit.Turn> after = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            after.add(queued("after", 8, 0));
        }
        assertThat(begun).isEmpty();
        assertThat(limit.pause()).isPositive();

        Awaitility.await().until(() -> begun.size() >= 4);
        assertThat(limit.inFlight()).isEqualTo(4);
        assertThat(limit.pause()).isZero();
    }

    @Test
    void whoeverWaitsIsToldOfALongerPause() {
        CallLimit.Turn held = queued("held", 1, 0);
        CallLimit.Turn waiting = queued("waiting", 1, 0);

        limit.slowDown(Duration.ofMinutes(2));
        limit.slowDown(Duration.ofMinutes(1));

        assertThat(paused).containsExactly(waiting);
        assertThat(waiting.pause()).isGreaterThan(Duration.ofMinutes(1));
        assertThat(waiting.leave()).isTrue();
        assertThat(waiting.leave()).isFalse();
        assertThat(held.leave()).isFalse();
        assertThat(limit.waiting()).isZero();
    }

    @Test
    void firstOverloadIsNobodyElsesAndTheSecondIsEverybodys() {
        List<CallLimit.Turn> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            eight.add(queued("before", 8, 0));
        }

        limit.overloaded(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(limit.pause()).isZero();
        assertThat(limit.state(CallLimits.State::new).allowed()).isEqualTo(8);
        limit.succeeded();
        limit.overloaded(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(limit.pause()).isZero();

        limit.overloaded(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(limit.pause()).isPositive();
        assertThat(limit.state(CallLimits.State::new).allowed()).isEqualTo(4);
    }

    @Test
    void overloadThatSaysHowLongIsBelievedAtOnce() {
        queued("before", 8, 0);

        limit.overloaded(Duration.ofMinutes(3), Duration.ofMinutes(1));

        assertThat(limit.pause()).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void successesBringBackWhatARefusalTook() {
        CallLimit.Turn a = queued("a", 4, 0);
        limit.slowDown(Duration.ZERO);
        a.end();
        for (int i = 0; i < 12; i++) {
            limit.succeeded();
        }
        for (int i = 0; i < 4; i++) {
            queued("after", 4, 0);
        }

        assertThat(limit.inFlight()).isEqualTo(4);
    }

    @Test
    void oneCallIsAlwaysAllowed() {
        for (int i = 0; i < 10; i++) {
            limit.slowDown(Duration.ZERO);
        }
        queued("a", 4, 0);

        Awaitility.await().until(() -> begun.size() == 1);
    }

    @Test
    void nothingIsLostInACrowdThatGivesUpAtRandom() throws Exception {
        AtomicInteger atATime = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService crowd = Executors.newFixedThreadPool(16);
        CountDownLatch done = new CountDownLatch(20_000);
        for (int i = 0; i < 20_000; i++) {
            boolean givesUp = i % 3 == 0;
            crowd.execute(() -> {
                CallLimit.Turn[] self = new CallLimit.Turn[1];
                self[0] = limit.turn(
                        5,
                        0,
                        () -> {
                            most.accumulateAndGet(atATime.incrementAndGet(), Math::max);
                            crowd.execute(() -> {
                                atATime.decrementAndGet();
                                self[0].end();
                            });
                        },
                        paused::add);
                self[0].queue(MANY * MANY, false);
                if (givesUp) {
                    crowd.execute(self[0]::end);
                }
                done.countDown();
            });
        }
        done.await();
        Awaitility.await().until(() -> limit.waiting() == 0 && limit.inFlight() == 0);
        crowd.shutdown();

        assertThat(limit.isIdle()).isTrue();
        assertThat(timer.getQueue()).isEmpty();
    }
}
