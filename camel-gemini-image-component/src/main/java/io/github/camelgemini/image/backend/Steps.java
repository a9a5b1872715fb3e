package io.github.camelgemini.image.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Chains the steps of one call. Cancelling the whole cancels the step that is running. */
public final class Steps {

    private Steps() {}

    /**
     * Runs one step after another.
     *
     * @param discard releases a result that nobody takes any more
     */
    public static <A, B> CompletableFuture<B> then(
            CompletableFuture<A> first, Function<A, CompletableFuture<B>> next, Consumer<B> discard) {
        CompletableFuture<B> result = new CompletableFuture<>();
        endWith(result, first);
        first.whenComplete((answer, failure) -> {
            if (failure != null) {
                result.completeExceptionally(cause(failure));
                return;
            }
            try {
                forward(next.apply(answer), result, discard);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Converts an answer without blocking. */
    public static <A, B> CompletableFuture<B> apply(CompletableFuture<A> first, Function<A, B> next) {
        return then(first, answer -> CompletableFuture.completedFuture(next.apply(answer)), nothing -> {});
    }

    private static <T> void forward(CompletableFuture<T> step, CompletableFuture<T> result, Consumer<T> discard) {
        endWith(result, step);
        step.whenComplete((done, failure) -> {
            if (failure != null) {
                result.completeExceptionally(cause(failure));
            } else if (!result.complete(done)) {
                discard.accept(done);
            }
        });
    }

    /** Cancels a step when the whole is cancelled, now or later. */
    public static void endWith(CompletableFuture<?> result, Future<?> step) {
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                step.cancel(true);
            }
        });
    }

    /** The failure of a future, without the exceptions that futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
