package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** Keeps or passes on what is told of calls; called by the threads that make them. */
interface CallListener {

    /** An operation begins. */
    default void began(Caller caller, String name, String model, ImageRequest request) {}

    /** A call failed, and another follows. */
    default void tryingAgain(Caller caller, Retry retry) {}

    /** An operation is over. */
    default void ended(Caller caller, CallReport report) {}

    /** The exchange is about to go on, or to fail. */
    default void done(Caller caller, Throwable failure) {}

    /** A consumer of batches starts. */
    default void waits(String routeId, Supplier<WaitingBatches> batches) {}

    /**
     * A call that failed, and what follows.
     *
     * @param model that was asked
     * @param next the model that is asked next
     * @param failure of the call
     * @param call its number, from 1
     * @param pause until the next queues up
     */
    record Retry(String model, String next, Throwable failure, int call, Duration pause) {}
}
