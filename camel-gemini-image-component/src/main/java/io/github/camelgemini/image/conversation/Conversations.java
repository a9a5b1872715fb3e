package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** What the chat endpoints of a component share: the order of turns, and the default repository. */
public final class Conversations implements AutoCloseable {

    private final Supplier<PayloadStore> store;
    private final ScheduledExecutorService timer;
    private final TurnOrder order;
    private InMemoryConversationRepository inMemory;

    /**
     * @param store makes the storage of the default repository, when the first conversation is saved
     * @param timer ends waits and unused conversations; its only thread must not be blocked
     */
    public Conversations(Supplier<PayloadStore> store, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
        this.order = new TurnOrder(timer);
    }

    /** The order of the turns of all conversations. */
    public TurnOrder order() {
        return order;
    }

    /** The repository that an endpoint names, or the default one for null. */
    public synchronized ConversationRepository repository(ConversationRepository named) {
        if (named != null) {
            return named;
        }
        if (inMemory == null) {
            inMemory = new InMemoryConversationRepository(store.get(), timer);
        }
        return inMemory;
    }

    /** How many spool files the default repository has. */
    public synchronized int liveFiles() {
        return inMemory == null ? 0 : inMemory.liveFiles();
    }

    /** How many bytes these files have together. */
    public synchronized long liveBytes() {
        return inMemory == null ? 0 : inMemory.liveBytes();
    }

    @Override
    public synchronized void close() throws IOException {
        if (inMemory != null) {
            inMemory.close();
            inMemory = null;
        }
    }
}
