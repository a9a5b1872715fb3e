package io.github.camelgemini.image.conversation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets the turns of one conversation happen one after the other, in the order in which they came. No thread waits; those of
 * different conversations do not know of each other.
 */
public final class TurnOrder {

    private final Executor workers;
    private final Map<Object, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /** @param workers where turns begin */
    public TurnOrder(Executor workers) {
        this.workers = workers;
    }

    /**
     * Queues a turn.
     *
     * @param conversation what it is a turn of; equal objects are the same conversation
     * @param turn begun on a worker when those before are over, whether well or not
     * @return what the turn gives, when the next one may already have begun
     */
    public <T> CompletableFuture<T> queue(Object conversation, Supplier<CompletableFuture<T>> turn) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> before = last.put(conversation, over);
        // Who gets the future goes on after the next turn is let in: it may itself send one, and wait for it.
        return (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                .thenComposeAsync(nothing -> turn.get(), workers)
                .whenComplete((result, failure) -> {
                    last.remove(conversation, over);
                    over.complete(null);
                });
    }
}
