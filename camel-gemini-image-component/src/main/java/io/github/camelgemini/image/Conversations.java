package io.github.camelgemini.image;

import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.InMemoryConversationRepository;
import io.github.camelgemini.image.conversation.TurnOrder;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/** What the chat endpoints of a component share: the order of turns, and the repository for those that name none. */
final class Conversations implements AutoCloseable {

    private final GeminiImageConfiguration options;
    private final ScheduledExecutorService timer;
    private final TurnOrder order;
    private InMemoryConversationRepository inMemory;

    Conversations(GeminiImageConfiguration options, ScheduledExecutorService timer) {
        this.timer = timer;
        this.options = options;
        this.order = new TurnOrder(timer);
    }

    TurnOrder order() {
        return order;
    }

    /** The one that an endpoint names, or else the one in memory. */
    synchronized ConversationRepository repository(GeminiImageConfiguration endpoint) {
        if (endpoint.getConversationRepository() != null) {
            return endpoint.getConversationRepository();
        }
        if (inMemory == null) {
            Path directory = options.getSpoolDirectory() == null ? null : Path.of(options.getSpoolDirectory());
            // There are many of them, and they stay: more in the heap only if somebody says so.
            long threshold =
                    Objects.requireNonNullElse(options.getSpoolThreshold(), PayloadStore.LEAST_SPOOL_THRESHOLD);
            inMemory = new InMemoryConversationRepository(new PayloadStore(directory, threshold), timer);
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
