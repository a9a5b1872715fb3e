package io.github.camelgemini.image.resilience;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many calls may be in flight: a semaphore that is waited for without a thread, first come first served.
 *
 * <p>Our own, since Failsafe's bulkhead (3.3.2) keeps a timer for each one that ever waited, and loses a permit that falls to
 * one who gave up in the meantime; both were seen to stop a client under load.
 */
final class CallLimit {

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int free;

    CallLimit(int calls) {
        this.free = calls;
    }

    /** One caller's place: waiting, then held, then given back; ended exactly once, wherever it is. */
    final class Turn {

        private final Runnable begin;
        private boolean held;
        private boolean ended;

        private Turn(Runnable begin) {
            this.begin = begin;
        }

        /** Queues up; begins at once if a place is free. */
        void queue() {
            synchronized (CallLimit.this) {
                if (ended) {
                    return;
                }
                if (free == 0) {
                    waiting.add(this);
                    return;
                }
                free--;
                held = true;
            }
            begin.run();
        }

        /** Gives the place back, or gives up waiting for it; does nothing the second time. */
        void end() {
            Turn next = null;
            synchronized (CallLimit.this) {
                if (ended) {
                    return;
                }
                ended = true;
                if (!held) {
                    waiting.remove(this);
                    return;
                }
                next = waiting.poll();
                if (next == null) {
                    free++;
                } else {
                    next.held = true;
                }
            }
            if (next != null) {
                next.begin.run();
            }
        }
    }

    /**
     * A place to queue for.
     *
     * @param begin run when its turn has come, by whoever gave the place back; must neither block nor throw
     */
    Turn turn(Runnable begin) {
        return new Turn(begin);
    }
}
