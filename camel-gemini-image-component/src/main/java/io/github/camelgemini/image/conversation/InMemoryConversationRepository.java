package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stores conversations until the process ends. Above a number, a size or an age, the least recently used ones are
 * removed. Conversations above 128 KiB, which means all with a picture, are in spool files, not in the heap.
 *
 * <p>This class uses no cache library: Caffeine removes entries by frequency and might remove the latest one, and
 * Camel's caches have no size limit in bytes.
 */
public final class InMemoryConversationRepository implements ConversationRepository, Closeable {

    /** The default limit for conversations. */
    public static final int DEFAULT_CONVERSATIONS = 1_000;
    /** The default limit for the total size: 2 GiB. */
    public static final long DEFAULT_BYTES = 2L << 30;
    /** The default time after which an unused conversation is removed. */
    public static final Duration DEFAULT_IDLE = Duration.ofHours(1);

    private final PayloadStore store;
    /** Null for none. */
    private final ScheduledExecutorService timer;

    private final int maxConversations;
    private final long maxBytes;
    private final Duration maxIdle;
    /** The least recently used first. */
    private final Map<String, Kept> conversations = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private boolean sweeping;

    private record Kept(Payload contents, long usedAt) {}

    /** Creates a repository with the default limits, which spools to the JVM's temporary directory. */
    public InMemoryConversationRepository() {
        this(new PayloadStore(null, PayloadStore.LEAST_SPOOL_THRESHOLD));
    }

    /** Creates a repository with the default limits: 1,000 conversations, 2 GiB together, one hour without a turn. */
    public InMemoryConversationRepository(PayloadStore store) {
        this(store, null);
    }

    /**
     * Creates a repository with the default limits.
     *
     * @param timer removes unused conversations
     */
    public InMemoryConversationRepository(PayloadStore store, ScheduledExecutorService timer) {
        this(store, DEFAULT_CONVERSATIONS, DEFAULT_BYTES, DEFAULT_IDLE, timer);
    }

    /** Creates a repository with limits, and without a timer. */
    public InMemoryConversationRepository(PayloadStore store, int maxConversations, long maxBytes, Duration maxIdle) {
        this(store, maxConversations, maxBytes, maxIdle, null);
    }

    /**
     * Creates a repository with limits.
     *
     * @param store stores the bytes; closed with this repository
     * @param maxConversations largest number of conversations
     * @param maxBytes largest total size of the JSON, in bytes
     * @param maxIdle how long an unused conversation is kept
     * @param timer removes unused conversations; null to do this when another conversation is used. Not shut down here.
     */
    public InMemoryConversationRepository(
            PayloadStore store, int maxConversations, long maxBytes, Duration maxIdle, ScheduledExecutorService timer) {
        if (maxConversations < 1 || maxBytes < 1 || maxIdle.isNegative() || maxIdle.isZero()) {
            throw new IllegalArgumentException("Limits must be positive: maxConversations=" + maxConversations
                    + ", maxBytes=" + maxBytes + ", maxIdle=" + maxIdle);
        }
        this.store = store;
        this.maxConversations = maxConversations;
        this.maxBytes = maxBytes;
        this.maxIdle = maxIdle;
        this.timer = timer;
    }

    @Override
    public synchronized Optional<InputStream> load(String id) throws IOException {
        forgetIdle();
        Kept kept = conversations.get(id);
        // An open stream outlives its file, so removing a conversation need not wait for readers.
        return kept == null ? Optional.empty() : Optional.of(kept.contents().newInputStream());
    }

    @Override
    public void save(String id, PayloadSource contents) throws IOException {
        if (contents.length() > maxBytes) {
            throw new IOException("the conversation has " + contents.length() + " bytes, more than the maximum of "
                    + maxBytes + " for all conversations");
        }
        Payload copy = copy(contents);
        synchronized (this) {
            forget(id);
            conversations.put(id, new Kept(copy, System.nanoTime()));
            bytes += copy.length();
            forgetIdle();
            Iterator<Kept> oldest = conversations.values().iterator();
            while (conversations.size() > maxConversations || bytes > maxBytes) {
                forgetNext(oldest);
            }
            sweepLater();
        }
    }

    private Payload copy(PayloadSource contents) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter();
                InputStream in = contents.newInputStream()) {
            in.transferTo(writer);
            return writer.finish();
        }
    }

    @Override
    public synchronized void remove(String id) {
        forget(id);
    }

    private void forget(String id) {
        Kept former = conversations.remove(id);
        if (former != null) {
            bytes -= former.contents().length();
            former.contents().discard();
        }
    }

    private void forgetNext(Iterator<Kept> oldest) {
        Payload contents = oldest.next().contents();
        oldest.remove();
        bytes -= contents.length();
        contents.discard();
    }

    private void forgetIdle() {
        long now = System.nanoTime();
        Iterator<Kept> all = conversations.values().iterator();
        while (all.hasNext()) {
            Kept kept = all.next();
            if (now - kept.usedAt() >= maxIdle.toNanos()) {
                bytes -= kept.contents().length();
                kept.contents().discard();
                all.remove();
            }
        }
    }

    /** Also removes conversations when no other is used. */
    private void sweepLater() {
        if (timer == null || sweeping || conversations.isEmpty()) {
            return;
        }
        try {
            timer.schedule(this::sweep, maxIdle.toNanos(), TimeUnit.NANOSECONDS);
            sweeping = true;
        } catch (RejectedExecutionException e) {
            // The timer has stopped, and this repository will soon.
        }
    }

    private synchronized void sweep() {
        sweeping = false;
        forgetIdle();
        sweepLater();
    }

    /** The number of conversations. */
    public synchronized int size() {
        return conversations.size();
    }

    /** The number of spool files. */
    int liveFiles() {
        return store.liveFiles();
    }

    /** The total size of the spool files, in bytes. */
    long liveBytes() {
        return store.liveBytes();
    }

    /** Deletes all conversations. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            conversations.clear();
            bytes = 0;
        }
        store.close();
    }
}
