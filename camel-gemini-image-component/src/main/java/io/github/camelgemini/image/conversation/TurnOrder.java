package io.github.camelgemini.image.conversation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs the turns of each conversation one after another, in the order of their arrival. No thread waits. Different
 * conversations do not affect each other.
 */
public final class TurnOrder {

    private final ScheduledExecutorService timer;
    private final Map<Object, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param timer ends waits; needs one thread, and an unbounded queue
     */
    public TurnOrder(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * How long a turn waits for the turns before it.
     *
     * @param places largest number of waiting turns, over all conversations
     * @param time after which a turn gives up
     * @param workers run the turns
     */
    public record Patience(int places, Duration time, Executor workers) {}

    /**
     * Queues a turn.
     *
     * @param conversation the turn belongs to; equal objects mean the same conversation
     * @param turn begun on a worker when the turns before it have ended, successfully or not
     * @return the result of the turn; the next turn may already have begun. Fails with {@link
     *     RejectedExecutionException} when too many turns wait, and with {@link TimeoutException} when the turn waits
     *     too long
     */
    public <T> CompletableFuture<T> queue(Object conversation, Supplier<CompletableFuture<T>> turn, Patience patience) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Queued<T> queued = new Queued<>(turn, patience.workers(), () -> {
            last.remove(conversation, over);
            over.complete(null);
        });
        CompletableFuture<Void> before = last.put(conversation, over);
        if (before == null || before.isDone()) {
            queued.begin();
        } else {
            wait(queued, before, patience);
        }
        return queued.result;
    }

    private void wait(Queued<?> queued, CompletableFuture<Void> before, Patience patience) {
        if (waiting.incrementAndGet() > patience.places()) {
            queued.giveUp(new RejectedExecutionException("too many messages are waiting"));
        }
        Future<?> limit = limit(queued, patience);
        queued.result.whenComplete((given, failure) -> limit.cancel(false));
        queued.noLongerWaits.whenComplete((done, failure) -> waiting.decrementAndGet());
        before.whenComplete((done, failure) -> queued.begin());
    }

    private Future<?> limit(Queued<?> queued, Patience patience) {
        Runnable timedOut = () -> {
            try {
                patience.workers().execute(() -> queued.giveUp(new TimeoutException()));
            } catch (RejectedExecutionException e) {
                // Otherwise nobody would learn of it.
                queued.giveUp(new TimeoutException());
            }
        };
        try {
            return timer.schedule(timedOut, patience.time().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The timer has stopped: the turns before end at once, and this one after them.
            return CompletableFuture.completedFuture(null);
        }
    }

    /** A turn, from its place in the queue to its end. */
    private static final class Queued<T> {

        private final Supplier<CompletableFuture<T>> turn;
        private final Executor workers;
        private final Runnable letTheNextIn;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final CompletableFuture<Void> noLongerWaits = new CompletableFuture<>();
        private final AtomicBoolean decided = new AtomicBoolean();

        Queued(Supplier<CompletableFuture<T>> turn, Executor workers, Runnable letTheNextIn) {
            this.turn = turn;
            this.workers = workers;
            this.letTheNextIn = letTheNextIn;
        }

        /** Begins the turn, because those before it have ended. */
        void begin() {
            noLongerWaits.complete(null);
            // Not on this thread: many turns that gave up would end each other in one call stack.
            boolean gaveUp = !decided.compareAndSet(false, true);
            try {
                workers.execute(gaveUp ? letTheNextIn : this::run);
            } catch (RejectedExecutionException e) {
                end(null, e);
            }
        }

        /** Gives up before the turn began. The next turn still waits for those before. */
        void giveUp(Exception reason) {
            if (decided.compareAndSet(false, true)) {
                noLongerWaits.complete(null);
                result.completeExceptionally(reason);
            }
        }

        private void run() {
            CompletableFuture<T> running;
            try {
                running = turn.get();
            } catch (Throwable e) {
                running = CompletableFuture.failedFuture(e);
            }
            running.whenComplete(this::end);
        }

        /** Starts the next turn first. The receiver of the result may queue another turn and wait for it. */
        private void end(T given, Throwable failure) {
            letTheNextIn.run();
            if (failure == null) {
                result.complete(given);
            } else {
                result.completeExceptionally(failure);
            }
        }
    }
}
