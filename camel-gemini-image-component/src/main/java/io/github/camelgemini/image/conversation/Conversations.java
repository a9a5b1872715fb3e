package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** What the chat endpoints of a component share: the order of turns, and the repository for those that name none. */
public final class Conversations implements AutoCloseable {

    private final Supplier<PayloadStore> store;
    private final ScheduledExecutorService timer;
    private final TurnOrder order;
    private InMemoryConversationRepository inMemory;

    /**
     * @param store makes the place for those in memory, when the first of them is kept
     * @param timer ends waits, and conversations that nobody goes on with; one thread, that nothing blocks
     */
    public Conversations(Supplier<PayloadStore> store, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
        this.order = new TurnOrder(timer);
    }

    /** The order of the messages of all conversations. */
    public TurnOrder order() {
        return order;
    }

    /** The one that an endpoint names, or else, for null, the one in memory. */
    public synchronized ConversationRepository repository(ConversationRepository named) {
        if (named != null) {
            return named;
        }
        if (inMemory == null) {
            inMemory = new InMemoryConversationRepository(store.get(), timer);
        }
        return inMemory;
    }

    /** How many spool files those in memory have. */
    public synchronized int liveFiles() {
        return inMemory == null ? 0 : inMemory.liveFiles();
    }

    /** How many bytes these have together. */
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
