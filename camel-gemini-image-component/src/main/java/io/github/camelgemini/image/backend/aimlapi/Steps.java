package io.github.camelgemini.image.backend.aimlapi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Steps of one call, of which the one that is under way ends when the whole is cancelled. */
final class Steps {

    private Steps() {}

    /**
     * One step after another.
     *
     * @param discard lets go of a result that nobody takes any more
     */
    static <A, B> CompletableFuture<B> then(
            CompletableFuture<A> first, Function<A, CompletableFuture<B>> next, Consumer<B> discard) {
        CompletableFuture<B> result = new CompletableFuture<>();
        cancelWith(result, first);
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

    private static <T> void forward(CompletableFuture<T> step, CompletableFuture<T> result, Consumer<T> discard) {
        cancelWith(result, step);
        step.whenComplete((done, failure) -> {
            if (failure != null) {
                result.completeExceptionally(cause(failure));
            } else if (!result.complete(done)) {
                discard.accept(done);
            }
        });
    }

    private static void cancelWith(CompletableFuture<?> result, CompletableFuture<?> step) {
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                step.cancel(true);
            }
        });
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
