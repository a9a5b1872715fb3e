package io.github.camelgemini.emulator.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One request in a queue. What has become of it follows from the time alone, and from whether it was cancelled, so that
 * nothing has to run for it. Thread-safe.
 */
public final class Job {

    /** What has become of it. */
    public enum Outcome {
        /** Nothing yet. */
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** How far one that never ends gets. */
    private static final double STUCK = 0.5;

    /** How long that takes. */
    private static final Duration TO_BE_STUCK = Duration.ofSeconds(1);

    private final Order order;
    private final List<Runnable> listeners = new ArrayList<>();
    private Instant cancelled;
    private int webhookCalls;

    /**
     * What was ordered.
     *
     * @param id the service's
     * @param model its name at the service
     * @param prompt what is drawn
     * @param created when
     * @param start when its time begins, not before it was created
     * @param takes how long it takes from then; nothing when it never ends
     * @param request as it came, with small texts in place of pictures
     * @param webhook whom to tell its end; empty for nobody
     * @param drawings what is drawn; the same for each picture but for its number
     * @param pictures paths of the pictures, below the service's own
     * @param failure why it will fail; nothing when it will not
     * @param price what its pictures cost, in US dollars
     * @param generation what faults want of it
     * @param references pictures that are kept for it
     */
    public record Order(
            String id,
            String model,
            String prompt,
            Instant created,
            Instant start,
            Optional<Duration> takes,
            JsonNode request,
            String webhook,
            Drawings drawings,
            List<String> pictures,
            Optional<String> failure,
            BigDecimal price,
            Generation generation,
            List<ReferencePicture> references) {}

    /** Begins at the order's time. */
    public Job(Order order) {
        this.order = order;
    }

    /** What was ordered. */
    public Order order() {
        return order;
    }

    /** The service's name of it. */
    public String id() {
        return order.id();
    }

    /** When it ends, or has ended; nothing when it never does. */
    public synchronized Optional<Instant> end() {
        return cancelled != null ? Optional.of(cancelled) : order.takes().map(order.start()::plus);
    }

    /** What has become of it. */
    public synchronized Outcome outcome(Instant now) {
        if (cancelled != null) {
            return Outcome.CANCELLED;
        }
        if (end().filter(end -> !now.isBefore(end)).isEmpty()) {
            return Outcome.PENDING;
        }
        return order.failure().isPresent() ? Outcome.FAILED : Outcome.SUCCEEDED;
    }

    /** How much of its time is over, from 0 to 1. */
    public double share(Instant now) {
        Instant until = end().filter(end -> end.isBefore(now)).orElse(now);
        double over = Math.max(0, Duration.between(order.start(), until).toMillis());
        long all = order.takes().orElse(TO_BE_STUCK).toMillis();
        double share = all == 0 ? 1 : Math.min(1, over / all);
        return order.takes().isPresent() ? share : Math.min(share, STUCK);
    }

    /** When so much of its time is over, from 0 to 1; nothing when that never comes. */
    public Optional<Instant> when(double share) {
        if (order.takes().isEmpty() && share > STUCK) {
            return Optional.empty();
        }
        long all = order.takes().orElse(TO_BE_STUCK).toMillis();
        return Optional.of(order.start().plusMillis(Math.round(all * share)));
    }

    /** Ends it; false when it has ended already. */
    public boolean cancel(Instant now) {
        List<Runnable> told;
        synchronized (this) {
            if (outcome(now) != Outcome.PENDING) {
                return false;
            }
            cancelled = now;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
        return true;
    }

    /** Runs this once, when it is cancelled; at once when it is already. */
    public void whenCancelled(Runnable listener) {
        synchronized (this) {
            if (cancelled == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** It, when it has ended. */
    public CompletableFuture<Job> ended(EmulatorClock clock) {
        CompletableFuture<Job> ended = new CompletableFuture<>();
        whenCancelled(() -> ended.complete(this));
        end().ifPresent(end -> clock.at(end, () -> ended.complete(this)));
        return ended;
    }

    /** What is set aside or paid for it. */
    public BigDecimal held(Instant now) {
        Outcome outcome = outcome(now);
        return outcome == Outcome.PENDING || outcome == Outcome.SUCCEEDED ? order.price() : BigDecimal.ZERO;
    }

    /** What is paid for it: nothing before its end, and nothing when it has no picture. */
    public BigDecimal paid(Instant now) {
        return outcome(now) == Outcome.SUCCEEDED ? order.price() : BigDecimal.ZERO;
    }

    /** Counts a call of its webhook. */
    synchronized void webhookCalled() {
        webhookCalls++;
    }

    /** How often its webhook was called. */
    public synchronized int webhookCalls() {
        return webhookCalls;
    }

    /** Forgets its pictures. */
    void discard() {
        for (ReferencePicture picture : order.references()) {
            try {
                picture.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
