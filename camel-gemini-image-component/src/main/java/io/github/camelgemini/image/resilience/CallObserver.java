package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;

/**
 * Receives the events of operations, on the threads that work on them, so methods must return at once. Exceptions are
 * logged, and do not affect any call.
 */
@FunctionalInterface
public interface CallObserver {

    /** Ignores all events. */
    CallObserver NONE = (name, model, request) -> new Operation() {};

    /**
     * An operation begins: a picture, a token count, or a list of models. It takes several calls when some fail.
     *
     * @param name as in OpenTelemetry's GenAI conventions: {@code generate_content}, {@code count_tokens}, …
     * @param model that is called first, or described; null for all
     * @param request null for the list of models
     * @return receives the events of the operation
     */
    Operation begin(String name, String model, ImageRequest request);

    /** Receives the events of one operation. */
    interface Operation {

        /**
         * A call begins.
         *
         * @param model that is called
         * @param queued how long it waited for its turn
         */
        default void called(String model, Duration queued) {}

        /**
         * A call failed, and another follows.
         *
         * @param failure of the call
         * @param next the model that is called then
         * @param pause until it is queued
         */
        default void tryingAgain(Throwable failure, String next, Duration pause) {}

        /**
         * The operation has ended. Called once, before the caller gets the result.
         *
         * @param answer an {@link io.github.camelgemini.image.result.ImageResult}, a {@link
         *     io.github.camelgemini.image.model.Usage} or a list of models; null after a failure
         * @param failure null after an answer
         */
        default void ended(Object answer, Throwable failure) {}
    }
}
