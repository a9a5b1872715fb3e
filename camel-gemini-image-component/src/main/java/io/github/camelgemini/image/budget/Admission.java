package io.github.camelgemini.image.budget;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A call that may be made.
 *
 * @param begin makes it
 * @param over to be told of its end, before anybody else is
 * @param notMade for when it is not made after all
 */
public record Admission<T>(Supplier<CompletableFuture<T>> begin, BiConsumer<T, Throwable> over, Runnable notMade) {

    /** One that costs nothing. */
    public static <T> Admission<T> free(Supplier<CompletableFuture<T>> call) {
        return new Admission<>(call, (answer, failure) -> {}, () -> {});
    }
}
