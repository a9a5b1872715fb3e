package io.github.camelgemini.image.budget;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A call that may be made. Exactly one of the two is asked for.
 *
 * @param begin makes it
 * @param notMade for when it is not made after all
 */
public record Admission<T>(Supplier<CompletableFuture<T>> begin, Runnable notMade) {}
