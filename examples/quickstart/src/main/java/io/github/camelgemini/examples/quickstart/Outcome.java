package io.github.camelgemini.examples.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The outcome of one input. */
sealed interface Outcome {

    /** The file name of the input. */
    String input();

    /**
     * A picture was made.
     *
     * @param prompt that was sent
     * @param original the picture that was sent, if any
     * @param file with the new picture
     * @param bytes its size
     * @param model that answered
     * @param tokens of the call in total
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

    /** No picture was made; the reason is for people. */
    record Failure(String input, String reason) implements Outcome {}
}
