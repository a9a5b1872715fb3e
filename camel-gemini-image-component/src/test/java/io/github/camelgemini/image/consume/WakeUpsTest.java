package io.github.camelgemini.image.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many calls of a service are few looks, and none is forgotten. */
class WakeUpsTest {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Long> delays = new ArrayDeque<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(0) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.add(task);
            delays.add(unit.toNanos(delay));
            return null;
        }
    };
    private long pausedUntil = System.nanoTime();
    private final WakeUps wakeUps = new WakeUps(() -> timer, looks::incrementAndGet, () -> pausedUntil);

    @AfterEach
    void shutDown() {
        timer.shutdownNow();
    }

    @Test
    void theFirstCallIsALookAtOnceAndMoreAreNoOther() {
        for (int call = 1; call <= 100; call++) {
            wakeUps.call();
        }

        assertThat(delays).containsExactly(0L);
        tasks.remove().run();
        assertThat(looks).hasValue(1);
    }

    @Test
    void callsAfterALookAreOneAfterARest() {
        wakeUps.call();
        tasks.remove().run();
        delays.clear();

        wakeUps.call();
        wakeUps.call();

        assertThat(delays).singleElement().satisfies(delay -> assertThat(delay).isPositive());
    }

    @Test
    void aCallDuringALookIsOneMore() {
        WakeUps[] itself = new WakeUps[1];
        itself[0] = new WakeUps(() -> timer, () -> itself[0].call(), () -> pausedUntil);
        itself[0].call();

        tasks.remove().run();

        assertThat(tasks).hasSize(1);
    }

    @Test
    void noCallEndsAPause() {
        pausedUntil = System.nanoTime() + HOUR;
        wakeUps.call();
        assertThat(delays.remove()).isGreaterThan(HOUR / 2);

        tasks.remove().run();

        assertThat(looks).hasValue(0);
        assertThat(tasks).hasSize(1);
        pausedUntil = System.nanoTime();
        tasks.remove().run();
        assertThat(looks).hasValue(1);
    }

    @Test
    void afterTheEndNobodyLooks() {
        wakeUps.call();
        wakeUps.end();

        tasks.remove().run();

        assertThat(looks).hasValue(0);
    }
}
