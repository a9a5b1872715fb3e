package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** Receives the events of calls, on the threads that make them. */
interface CallListener {

    /** An operation begins. */
    default void began(Caller caller, String name, String model, ImageRequest request) {}

    /** A call failed, and a retry or another model follows. */
    default void tryingAgain(Caller caller, Retry retry) {}

    /** An operation has ended. */
    default void ended(Caller caller, CallReport report) {}

    /** The exchange is about to continue, or to fail. */
    default void done(Caller caller, Throwable failure) {}

    /** A consumer of batches starts. */
    default void waits(String routeId, Supplier<WaitingBatches> batches) {}

    /**
     * A failed call, and what follows.
     *
     * @param model that was called
     * @param next the model that is called next
     * @param failure of the call
     * @param call its number, from 1
     * @param pause until the next call is queued
     */
    record Retry(String model, String next, Throwable failure, int call, Duration pause) {}
}
