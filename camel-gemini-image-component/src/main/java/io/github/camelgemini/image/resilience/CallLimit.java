package io.github.camelgemini.image.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Limits the calls of a model: how many are in flight, and how many begin within a minute, for all users of its quota.
 * Waiting uses no thread, and is first come, first served.
 *
 * <p>After HTTP 429, all calls pause. Then half as many as before may be in flight. Each success allows a little more,
 * up to the original limit. With a pause alone, the same number of calls would meet the same limit again. HTTP 503
 * means an overloaded model, not an exceeded quota. So the first 503 only delays its own call; further ones without a
 * success in between pause all calls.
 *
 * <p>This is our own implementation. Failsafe's bulkhead (3.3.2) keeps a timer for each call that ever waited, and
 * loses a permit that reaches a call which has just given up. Both stopped a client under load.
 */
final class CallLimit {

    /** For one call; after a round of successes, a quarter more calls are in flight. */
    private static final double MORE_PER_SUCCESS = 0.25;

    private final ScheduledExecutorService timer;
    private final long window;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    /** When the calls of the last window began; empty while no rate is set. */
    private final Deque<Long> begun = new ArrayDeque<>();

    private boolean rated;
    private int inFlight;
    /** The largest limit that a user has set. */
    private int full = 1;
    /** How many calls the API seems to accept; more than {@link #full} when it accepts all. */
    private double taken = Double.POSITIVE_INFINITY;

    private long pauseEnd = System.nanoTime();
    /** Consecutive 503 answers since the last success. */
    private int overloads;

    private Future<?> wake;

    /**
     * @param timer schedules waits
     * @param window in which {@code perMinute} calls may begin
     */
    CallLimit(ScheduledExecutorService timer, Duration window) {
        this.timer = timer;
        this.window = window.toNanos();
    }

    /** The place of one caller: waiting, then in flight, then released. It ends exactly once. */
    final class Turn {

        private final int most;
        private final int perMinute;
        private final Runnable begin;
        private final Consumer<Turn> paused;
        private boolean held;
        private boolean ended;

        private Turn(int most, int perMinute, Runnable begin, Consumer<Turn> paused) {
            this.most = most;
            this.perMinute = perMinute;
            this.begin = begin;
            this.paused = paused;
        }

        /** How long no call may begin in the queue of this one. */
        Duration pause() {
            return CallLimit.this.pause();
        }

        /**
         * Queues; begins at once if there is room.
         *
         * @param places the largest number of waiting calls
         * @param first whether to wait before the others, for a call that has waited before
         * @return whether there was a place
         */
        boolean queue(int places, boolean first) {
            boolean tooMany;
            List<Turn> admitted;
            synchronized (CallLimit.this) {
                if (ended) {
                    return true;
                }
                if (first) {
                    waiting.addFirst(this);
                } else {
                    waiting.addLast(this);
                }
                full = Math.max(full, most);
                rated |= perMinute > 0;
                admitted = admit();
                tooMany = !first && !held && waiting.size() > places;
                if (tooMany) {
                    ended = true;
                    waiting.remove(this);
                }
            }
            begin(admitted);
            return !tooMany;
        }

        /** Gives up waiting; false when it is not waiting, and so continues. */
        boolean leave() {
            List<Turn> admitted;
            synchronized (CallLimit.this) {
                if (ended || held) {
                    return false;
                }
                ended = true;
                waiting.remove(this);
                admitted = admit();
            }
            begin(admitted);
            return true;
        }

        /** Releases the place, or gives up waiting; does nothing the second time. */
        void end() {
            List<Turn> admitted;
            synchronized (CallLimit.this) {
                if (ended) {
                    return;
                }
                ended = true;
                if (held) {
                    inFlight--;
                } else {
                    waiting.remove(this);
                }
                admitted = admit();
            }
            begin(admitted);
        }
    }

    /**
     * A place to queue for.
     *
     * @param most limit for calls in flight of all users, when this one begins
     * @param perMinute limit for calls of all users that begin within a minute; 0 for none
     * @param begin run when its turn has come, on any thread; must neither block nor throw
     * @param paused called when the pause gets longer while it waits; must neither block nor throw
     */
    Turn turn(int most, int perMinute, Runnable begin, Consumer<Turn> paused) {
        return new Turn(most, perMinute, begin, paused);
    }

    /** Pauses all calls, and allows fewer afterwards, because the API has reported too many. */
    void slowDown(Duration pause) {
        List<Turn> affected = List.of();
        synchronized (this) {
            long now = System.nanoTime();
            // Calls in flight together fail together, which counts once.
            if (now - pauseEnd >= 0) {
                taken = Math.max(1, Math.min(taken, inFlight) / 2);
            }
            long end = now + pause.toNanos();
            if (end - pauseEnd > 0) {
                pauseEnd = end;
                affected = List.copyOf(waiting);
            }
        }
        affected.forEach(turn -> turn.paused.accept(turn));
    }

    /**
     * The model has reported an overload.
     *
     * @param asked the pause that it asks for, zero for none
     * @param own the pause to use then
     */
    void overloaded(Duration asked, Duration own) {
        boolean again;
        synchronized (this) {
            again = ++overloads > 1;
        }
        if (again || !asked.isZero()) {
            slowDown(asked.isZero() ? own : asked);
        }
    }

    /** A call has succeeded. */
    void succeeded() {
        List<Turn> admitted;
        synchronized (this) {
            overloads = 0;
            taken = taken + MORE_PER_SUCCESS < full ? taken + MORE_PER_SUCCESS : Double.POSITIVE_INFINITY;
            admitted = admit();
        }
        begin(admitted);
    }

    /** The current pause because of the API; zero for none. */
    synchronized Duration pause() {
        return Duration.ofNanos(Math.max(0, pauseEnd - System.nanoTime()));
    }

    /** Whether this object has no state worth keeping. */
    synchronized boolean isIdle() {
        forgetOldBeginnings(System.nanoTime());
        return inFlight == 0 && waiting.isEmpty() && begun.isEmpty() && pause().isZero();
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Reads several values at the same moment. */
    interface Standing<T> {

        T of(int inFlight, int waiting, int allowed, Duration pause);
    }

    synchronized <T> T state(Standing<T> standing) {
        return standing.of(inFlight, waiting.size(), (int) Math.min(full, taken), pause());
    }

    /** Takes calls out of the queue that may begin. The caller holds the lock. */
    private List<Turn> admit() {
        List<Turn> admitted = new ArrayList<>();
        long now = System.nanoTime();
        forgetOldBeginnings(now);
        Turn next = waiting.peek();
        while (next != null && inFlight + 1 <= Math.min(next.most, taken)) {
            long wait = Math.max(pauseEnd - now, untilRateAllows(next, now));
            if (wait > 0) {
                wakeIn(wait);
                break;
            }
            waiting.remove();
            next.held = true;
            inFlight++;
            if (rated) {
                begun.add(now);
            }
            admitted.add(next);
            next = waiting.peek();
        }
        return admitted;
    }

    /** Without the lock, since it runs other code. */
    private static void begin(List<Turn> admitted) {
        admitted.forEach(turn -> turn.begin.run());
    }

    private void wake() {
        List<Turn> admitted;
        synchronized (this) {
            admitted = admit();
        }
        begin(admitted);
    }

    private long untilRateAllows(Turn turn, long now) {
        boolean allowed = turn.perMinute == 0 || begun.size() < turn.perMinute;
        return allowed ? 0 : begun.peek() + window - now;
    }

    private void forgetOldBeginnings(long now) {
        while (!begun.isEmpty() && begun.peek() + window - now <= 0) {
            begun.remove();
        }
    }

    private void wakeIn(long nanos) {
        if (wake != null) {
            wake.cancel(false);
        }
        wake = timer.schedule(this::wake, nanos, TimeUnit.NANOSECONDS);
    }
}
