package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.request.ImageRequest;
import java.time.Duration;

/**
 * Is told how what somebody asks for gets on, by the threads that work on it, so it must return at once. What it throws is
 * logged, and no call suffers by it.
 */
@FunctionalInterface
public interface CallObserver {

    /** Wants to know nothing. */
    CallObserver NONE = (name, model, request) -> new Operation() {};

    /**
     * Something is asked for: one picture, a count or a list of models, for which there are several calls when some fail.
     *
     * @param name as the GenAI conventions of OpenTelemetry have it: {@code generate_content}, {@code count_tokens}, …
     * @param model that is asked first, or about; null for all
     * @param request null for the list of models
     * @return who is told of it
     */
    Operation begin(String name, String model, ImageRequest request);

    /** What is told of one operation. */
    interface Operation {

        /**
         * A call is made.
         *
         * @param model that is asked
         * @param queued how long it waited for its turn
         */
        default void called(String model, Duration queued) {}

        /**
         * A call failed, and another follows.
         *
         * @param failure of the call
         * @param next the model that is asked then
         * @param pause until it queues up
         */
        default void tryingAgain(Throwable failure, String next, Duration pause) {}

        /**
         * It is over; told once, before whoever asked hears of it.
         *
         * @param answer an {@link io.github.camelgemini.image.result.ImageResult}, a
         *     {@link io.github.camelgemini.image.model.Usage} or a list of models; null after a failure
         * @param failure null after an answer
         */
        default void ended(Object answer, Throwable failure) {}
    }
}
