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
 * A request in a queue. Its state only depends on the time, and on whether it was cancelled, so no thread has to run
 * for it. Thread-safe.
 */
public final class Job {

    /** The state of the request. */
    public enum Outcome {
        /** Not finished. */
        PENDING,
        /** Finished with its pictures. */
        SUCCEEDED,
        /** Finished with a failure. */
        FAILED,
        /** Cancelled before its end. */
        CANCELLED
    }

    /** The progress at which a request that never ends stays. */
    private static final double STUCK = 0.5;

    /** How long it takes to get there. */
    private static final Duration TO_BE_STUCK = Duration.ofSeconds(1);

    private final Order order;
    private final List<Runnable> listeners = new ArrayList<>();
    private Instant cancelled;
    private int webhookCalls;

    /**
     * The data of a request.
     *
     * @param id its id at the service
     * @param model its name at the service
     * @param prompt of the pictures
     * @param created when it was submitted
     * @param start when its processing begins, not before it was created
     * @param takes how long the processing takes; empty when it never ends
     * @param request as it arrived, with short texts in place of pictures
     * @param webhook URL to call at its end; empty for none
     * @param drawings the pictures; they only differ by their number
     * @param pictures paths of the pictures, below the service's own
     * @param failure why it will fail; empty when it will not
     * @param price of its pictures, in US dollars
     * @param generation the changes of faults
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

    /** Submits the request at the order's time. */
    public Job(Order order) {
        this.order = order;
    }

    /** The data of the request. */
    public Order order() {
        return order;
    }

    /** Its id at the service. */
    public String id() {
        return order.id();
    }

    /** The time of its end, past or future; empty when it never ends. */
    public synchronized Optional<Instant> end() {
        return cancelled != null ? Optional.of(cancelled) : order.takes().map(order.start()::plus);
    }

    /** The state at a given time. */
    public synchronized Outcome outcome(Instant now) {
        if (cancelled != null) {
            return Outcome.CANCELLED;
        }
        if (end().filter(end -> !now.isBefore(end)).isEmpty()) {
            return Outcome.PENDING;
        }
        return order.failure().isPresent() ? Outcome.FAILED : Outcome.SUCCEEDED;
    }

    /** The elapsed fraction of its time, from 0 to 1. */
    public double share(Instant now) {
        Instant until = end().filter(end -> end.isBefore(now)).orElse(now);
        double over = Math.max(0, Duration.between(order.start(), until).toMillis());
        long all = order.takes().orElse(TO_BE_STUCK).toMillis();
        double share = all == 0 ? 1 : Math.min(1, over / all);
        return order.takes().isPresent() ? share : Math.min(share, STUCK);
    }

    /** When this fraction of its time has elapsed, from 0 to 1; empty when that never happens. */
    public Optional<Instant> when(double share) {
        if (order.takes().isEmpty() && share > STUCK) {
            return Optional.empty();
        }
        long all = order.takes().orElse(TO_BE_STUCK).toMillis();
        return Optional.of(order.start().plusMillis(Math.round(all * share)));
    }

    /** Cancels the request; false when it has already ended. */
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

    /** Runs a task once when the request is cancelled; at once if it already is. */
    public void whenCancelled(Runnable listener) {
        synchronized (this) {
            if (cancelled == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Completes with this request when it has ended. */
    public CompletableFuture<Job> ended(EmulatorClock clock) {
        CompletableFuture<Job> ended = new CompletableFuture<>();
        whenCancelled(() -> ended.complete(this));
        end().ifPresent(end -> clock.at(end, () -> ended.complete(this)));
        return ended;
    }

    /** The amount that is reserved or paid for it. */
    public BigDecimal held(Instant now) {
        Outcome outcome = outcome(now);
        return outcome == Outcome.PENDING || outcome == Outcome.SUCCEEDED ? order.price() : BigDecimal.ZERO;
    }

    /** The amount that is paid for it: nothing before its end, and nothing without a picture. */
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

    /** Removes its pictures. */
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
