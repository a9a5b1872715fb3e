package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;

/** What the chat endpoints of a component share: the order of turns, and the repository for those that name none. */
public final class Conversations implements AutoCloseable {

    private final Path spoolDirectory;
    private final long spoolThreshold;
    private final ScheduledExecutorService timer;
    private final TurnOrder order;
    private InMemoryConversationRepository inMemory;

    /**
     * @param spoolDirectory where those in memory have their files; null for the temporary directory of the JVM
     * @param spoolThreshold up to how many bytes each of them is in the heap
     * @param timer ends waits, and conversations that nobody goes on with; one thread, that nothing blocks
     */
    public Conversations(Path spoolDirectory, long spoolThreshold, ScheduledExecutorService timer) {
        this.timer = timer;
        this.spoolDirectory = spoolDirectory;
        this.spoolThreshold = spoolThreshold;
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
            inMemory = new InMemoryConversationRepository(new PayloadStore(spoolDirectory, spoolThreshold), timer);
        }
        return inMemory;
    }

    @Override
    public synchronized void close() throws IOException {
        if (inMemory != null) {
            inMemory.close();
            inMemory = null;
        }
    }
}
