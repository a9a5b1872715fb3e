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
 * Conversations that are gone when the process is. Beyond a number, a size or an age, those that were not used for the
 * longest time are forgotten. No cache of a library: Caffeine forgets by frequency and may drop what was saved last, Camel's
 * know no size. Conversations of more than 128 KiB, which is all with a picture, are in spool files, not in
 * the heap.
 */
public final class InMemoryConversationRepository implements ConversationRepository, Closeable {

    public static final int DEFAULT_CONVERSATIONS = 1_000;
    public static final long DEFAULT_BYTES = 2L << 30;
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

    /** With the default limits, spooling to the JVM's folder for temporary files. */
    public InMemoryConversationRepository() {
        this(new PayloadStore(null, PayloadStore.LEAST_SPOOL_THRESHOLD));
    }

    /** With the default limits: 1,000 conversations, 2 GiB together, an hour without a turn. */
    public InMemoryConversationRepository(PayloadStore store) {
        this(store, null);
    }

    /**
     * With the default limits.
     *
     * @param timer as below
     */
    public InMemoryConversationRepository(PayloadStore store, ScheduledExecutorService timer) {
        this(store, DEFAULT_CONVERSATIONS, DEFAULT_BYTES, DEFAULT_IDLE, timer);
    }

    /** With limits, and without a timer. */
    public InMemoryConversationRepository(PayloadStore store, int maxConversations, long maxBytes, Duration maxIdle) {
        this(store, maxConversations, maxBytes, maxIdle, null);
    }

    /**
     * With limits.
     *
     * @param store where the bytes are; closed with this repository
     * @param maxConversations how many there may be
     * @param maxBytes how many bytes they may have together, as JSON
     * @param maxIdle how long one is kept that nobody goes on with
     * @param timer that forgets those; null to forget them when another conversation is used. Not shut down here
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
        // A stream that is open outlives its file, so that nobody need wait for it with forgetting.
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

    /** Also those go that nobody comes back for. */
    private void sweepLater() {
        if (timer == null || sweeping || conversations.isEmpty()) {
            return;
        }
        try {
            timer.schedule(this::sweep, maxIdle.toNanos(), TimeUnit.NANOSECONDS);
            sweeping = true;
        } catch (RejectedExecutionException e) {
            // Stopped, and so is this soon.
        }
    }

    private synchronized void sweep() {
        sweeping = false;
        forgetIdle();
        sweepLater();
    }

    /** How many conversations there are. */
    public synchronized int size() {
        return conversations.size();
    }

    /** How many spool files they have. */
    int liveFiles() {
        return store.liveFiles();
    }

    /** How many bytes these have together. */
    long liveBytes() {
        return store.liveBytes();
    }

    /** Forgets all. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            conversations.clear();
            bytes = 0;
        }
        store.close();
    }
}
