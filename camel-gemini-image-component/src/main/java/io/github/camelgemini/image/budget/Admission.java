package io.github.camelgemini.image.budget;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The permission to make a call.
 *
 * @param begin makes it
 * @param over to be called at its end, before its result is passed on
 * @param notMade to be called if it is not made after all
 */
public record Admission<T>(Supplier<CompletableFuture<T>> begin, BiConsumer<T, Throwable> over, Runnable notMade) {

    /** The permission for a call that costs nothing. */
    public static <T> Admission<T> free(Supplier<CompletableFuture<T>> call) {
        return new Admission<>(call, (answer, failure) -> {}, () -> {});
    }
}
