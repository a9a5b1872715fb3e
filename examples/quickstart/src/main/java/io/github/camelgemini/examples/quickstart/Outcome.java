package io.github.camelgemini.examples.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What became of one input. */
sealed interface Outcome {

    /** The name of the input's file. */
    String input();

    /**
     * It became a picture.
     *
     * @param prompt the words that were sent
     * @param original the picture that was sent, if any
     * @param file where the route wrote the picture
     * @param bytes its size
     * @param model the model that answered
     * @param tokens all tokens of the call
     * @param cost estimated, in USD; 0 when the model's prices are unknown
     * @param time from the input's arrival in the route to the written file
     */
    record Picture(
            String input,
            String prompt,
            Optional<Path> original,
            Path file,
            int width,
            int height,
            long bytes,
            String model,
            int tokens,
            double cost,
            Duration time)
            implements Outcome {}

    /** It became none, for a reason that a person can read. */
    record Failure(String input, String reason) implements Outcome {}
}
