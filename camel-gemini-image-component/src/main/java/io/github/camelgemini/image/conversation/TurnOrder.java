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
 * Lets the turns of one conversation happen one after the other, in the order in which they came. No thread waits; those of
 * different conversations do not know of each other.
 */
public final class TurnOrder {

    private final ScheduledExecutorService timer;
    private final Map<Object, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param timer where limits of waits are kept; needs one thread, and no limit of its queue */
    public TurnOrder(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * How long a turn waits for those before.
     *
     * @param places turns of all conversations that may wait
     * @param time until it gives up
     * @param workers where it begins
     */
    public record Patience(int places, Duration time, Executor workers) {}

    /**
     * Queues a turn.
     *
     * @param conversation what it is a turn of; equal objects are the same conversation
     * @param turn begun on a worker when those before are over, whether well or not
     * @return what the turn gives, when the next one may already have begun; fails with {@link RejectedExecutionException} when
     *     there is no place to wait, and with {@link TimeoutException} when its time is over before it began
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
                // Nobody else would tell it.
                queued.giveUp(new TimeoutException());
            }
        };
        try {
            return timer.schedule(timedOut, patience.time().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Stopped: whoever is before ends at once, and this one after it.
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

        /** Those before are over. */
        void begin() {
            noLongerWaits.complete(null);
            // Never here: many that gave up would end each other in one stack.
            boolean gaveUp = !decided.compareAndSet(false, true);
            try {
                workers.execute(gaveUp ? letTheNextIn : this::run);
            } catch (RejectedExecutionException e) {
                end(null, e);
            }
        }

        /** Before it began; the next is let in when those before are over. */
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

        /** Who gets the result goes on after the next turn is let in: it may itself send one, and wait for it. */
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
