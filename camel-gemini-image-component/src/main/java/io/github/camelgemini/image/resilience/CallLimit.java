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
 * How many calls of one model may be in flight, and how many may begin within a minute, for all who share its quota. Waited for
 * without a thread, first come first served.
 *
 * <p>When the API says that it is too many (HTTP 429), everybody waits, and half as many as were in flight are let in then; each
 * success lets in a little more, until all is as before. Waiting alone would end in the same crowd at the same door. A model that
 * is overloaded (HTTP 503) is no quota that was overdrawn: the first such answer concerns its own call, and everybody from the
 * second on that follows it without a success between them.
 *
 * <p>Our own, since Failsafe's bulkhead (3.3.2) keeps a timer for each one that ever waited, and loses a permit that falls to
 * one who gave up in the meantime; both were seen to stop a client under load.
 */
final class CallLimit {

    /** Of a call; a quarter more are in flight after each round of successes. */
    private static final double MORE_PER_SUCCESS = 0.25;

    private final ScheduledExecutorService timer;
    private final long window;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    /** When the calls of the last window began; empty as long as nobody asks for a rate. */
    private final Deque<Long> begun = new ArrayDeque<>();

    private boolean rated;
    private int inFlight;
    /** The largest limit that anybody asked for. */
    private int full = 1;
    /** How many the API seems to take; more than {@link #full} when it takes them all. */
    private double taken = Double.POSITIVE_INFINITY;

    private long pauseEnd = System.nanoTime();
    /** Answers since the last success that said so. */
    private int overloads;

    private Future<?> wake;

    /**
     * @param timer where waits are kept
     * @param window in which {@code perMinute} calls may begin
     */
    CallLimit(ScheduledExecutorService timer, Duration window) {
        this.timer = timer;
        this.window = window.toNanos();
    }

    /** One caller's place: waiting, then held, then given back; ended exactly once, wherever it is. */
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

        /** How long nobody may begin where this one waits. */
        Duration pause() {
            return CallLimit.this.pause();
        }

        /**
         * Queues up; begins at once if nothing is in the way.
         *
         * @param places how many may wait
         * @param first whether to wait before the others, as one does that was here earlier
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

        /** Gives up waiting; false when it does not wait, and so goes on as it would. */
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

        /** Gives the place back, or gives up waiting for it; does nothing the second time. */
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
     * @param most calls in flight, those of others included, when this one begins
     * @param perMinute calls begun in the last minute, this one and those of others included; 0 for any number
     * @param begin run when its turn has come, on any thread; must neither block nor throw
     * @param paused told, while it waits, that nobody begins for longer than was known; likewise
     */
    Turn turn(int most, int perMinute, Runnable begin, Consumer<Turn> paused) {
        return new Turn(most, perMinute, begin, paused);
    }

    /** Lets nobody begin for a while, and fewer at a time afterwards: the API says that it was too many. */
    void slowDown(Duration pause) {
        List<Turn> affected = List.of();
        synchronized (this) {
            long now = System.nanoTime();
            // Calls that were in flight together fail together, which is one sign and not many.
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
     * The model says that it is overloaded.
     *
     * @param asked how long it wants to be left alone, zero when it does not say
     * @param own the pause that is made then
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

    /** A call was answered. */
    void succeeded() {
        List<Turn> admitted;
        synchronized (this) {
            overloads = 0;
            taken = taken + MORE_PER_SUCCESS < full ? taken + MORE_PER_SUCCESS : Double.POSITIVE_INFINITY;
            admitted = admit();
        }
        begin(admitted);
    }

    /** How long nobody may begin because the API said so; zero when it did not. */
    synchronized Duration pause() {
        return Duration.ofNanos(Math.max(0, pauseEnd - System.nanoTime()));
    }

    /** Whether nothing would be lost with it. */
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

    /** Makes something of how it stands at this moment. */
    interface Standing<T> {

        T of(int inFlight, int waiting, int allowed, Duration pause);
    }

    synchronized <T> T state(Standing<T> standing) {
        return standing.of(inFlight, waiting.size(), (int) Math.min(full, taken), pause());
    }

    /** Takes those out of the queue whose turn it is; to be called with the lock held. */
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

    /** Without the lock, since it is foreign code. */
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
