package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reservations of batches, as rows in the repository that name the owner. The owner updates its row regularly. If
 * another process sees no change for the duration of a lease, by its own clock, it takes the batch over. The owner
 * counts from before each update, so it notices earlier than others that it has lost the batch.
 */
final class LeasedHolds {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedHolds.class);

    private static final String ROW = "#hold";
    private static final String NOBODY = "";
    /** Separates the owner from the milliseconds of its lease. */
    private static final String SEPARATOR = " ";

    private static final int BEATS_OF_A_LEASE = 4;

    private final Rows rows;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private ScheduledExecutorService timer;

    LeasedHolds(Rows rows) {
        this.rows = rows;
    }

    /** The rows in the repository. */
    interface Rows {

        Optional<BatchRepository.Entry> get(String row) throws IOException;

        OptionalLong put(String row, String text, long version) throws IOException;

        /**
         * Writes another text into a row, or removes the row if no batch needs it. Does nothing if it was changed
         * meanwhile.
         */
        void release(String batch, String row, String nobody, long version) throws IOException;

        /** In milliseconds. */
        long lease();

        /** A thread that renews the leases. */
        ScheduledExecutorService newTimer();
    }

    /**
     * The row of a batch that another process has reserved.
     *
     * @param since when this content was first seen, by {@link System#nanoTime()}
     */
    private record Seen(BatchRepository.Entry entry, long since) {}

    Optional<BatchRepository.Hold> hold(String batch) throws IOException {
        String row = batch + ROW;
        Optional<BatchRepository.Entry> entry = rows.get(row);
        boolean free = entry.isEmpty() || entry.get().text().equals(NOBODY) || isDead(batch, entry.get());
        if (!free) {
            return Optional.empty();
        }
        long before = System.nanoTime();
        String owner = UUID.randomUUID() + SEPARATOR + rows.lease();
        OptionalLong version =
                rows.put(row, owner, entry.map(BatchRepository.Entry::version).orElse(0L));
        if (version.isEmpty()) {
            return Optional.empty();
        }
        seen.remove(batch);
        return Optional.of(new LeasedHold(batch, owner, version.getAsLong(), before));
    }

    private boolean isDead(String batch, BatchRepository.Entry entry) {
        Seen first = seen.compute(
                batch,
                (key, before) ->
                        before != null && before.entry().equals(entry) ? before : new Seen(entry, System.nanoTime()));
        Duration lease = lease(entry);
        boolean dead = System.nanoTime() - first.since() >= lease.toNanos();
        if (dead) {
            LOG.warn("Batch {} is taken over from a process that has not renewed its lease for {}", batch, lease);
        }
        return dead;
    }

    /** The lease of the owner, which determines how often the owner updates the row. */
    private Duration lease(BatchRepository.Entry entry) {
        String text = entry.text();
        try {
            return Duration.ofMillis(Long.parseLong(text.substring(text.indexOf(SEPARATOR) + 1)));
        } catch (NumberFormatException e) {
            return Duration.ofMillis(rows.lease());
        }
    }

    private synchronized ScheduledExecutorService timer() {
        if (timer == null) {
            timer = rows.newTimer();
        }
        return timer;
    }

    synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    private final class LeasedHold implements BatchRepository.Hold {

        private final String batch;
        private final String row;
        private final String owner;
        private final long lease = TimeUnit.MILLISECONDS.toNanos(rows.lease());
        private final ScheduledFuture<?> beats;
        private long version;
        private volatile long lastBeat;
        private volatile boolean ended;

        LeasedHold(String batch, String owner, long version, long since) {
            this.batch = batch;
            this.row = batch + ROW;
            this.owner = owner;
            this.version = version;
            this.lastBeat = since;
            long pause = Math.max(1, lease / BEATS_OF_A_LEASE);
            this.beats = timer().scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.NANOSECONDS);
        }

        private synchronized void beat() {
            if (ended) {
                return;
            }
            long before = System.nanoTime();
            try {
                OptionalLong changed = rows.put(row, owner, version);
                if (changed.isEmpty()) {
                    // The answer to the last update may have been lost.
                    Optional<BatchRepository.Entry> there = rows.get(row);
                    if (there.isEmpty() || !there.get().text().equals(owner)) {
                        end();
                        LOG.warn("Batch {} was taken over by another process", batch);
                        return;
                    }
                    changed = OptionalLong.of(there.get().version());
                }
                version = changed.getAsLong();
                lastBeat = before;
            } catch (IOException | RuntimeException e) {
                // A later update may succeed. If none does, the reservation ends.
                LOG.warn("The lease of batch {} could not be renewed: {}", batch, OutsideText.of(e.getMessage()));
            }
        }

        private void end() {
            ended = true;
            beats.cancel(false);
        }

        /** Ends one update interval before others may take over, so that there is time to finish what begins now. */
        @Override
        public boolean lasts() {
            return !ended && System.nanoTime() - lastBeat < lease - lease / BEATS_OF_A_LEASE;
        }

        @Override
        public synchronized void close() {
            if (ended) {
                return;
            }
            end();
            try {
                rows.release(batch, row, NOBODY, version);
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "The lease of batch {} could not be released and lasts {} ms more: {}",
                        batch,
                        rows.lease(),
                        OutsideText.of(e.getMessage()));
            }
        }
    }
}
