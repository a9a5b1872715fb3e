package io.github.camelgemini.examples.studio;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A picture and its progress, as the API describes it.
 *
 * @param id cannot be guessed; it grants access to the picture
 * @param bytes received so far
 * @param error for people, when it failed
 * @param drawn null until it is finished
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Picture(
        String id,
        @JsonUnwrapped Asked asked,
        State state,
        @Schema(description = "Received so far") long bytes,
        @Schema(description = "A sentence, when it failed") String error,
        @JsonUnwrapped Drawn drawn,
        @JsonIgnore Instant since) {

    enum State {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("drawing")
        DRAWING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED
    }

    /**
     * What was requested: enough to request it again in other words.
     *
     * @param conversation to continue with this picture; cannot be guessed either
     * @param goesOn whether it changes an earlier picture of its conversation
     * @param uploads number of uploaded pictures
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Asked(
            @Schema(description = "Send it back to edit this picture again") String conversation,
            @Schema(description = "Whether it changes an earlier picture of its conversation") boolean goesOn,
            String prompt,
            String aspectRatio,
            String imageSize,
            @Schema(description = "How many pictures were sent to be edited") int uploads) {}

    /**
     * The result.
     *
     * @param cost estimated, in USD
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Drawn(
            @Schema(example = "image/jpeg") String type,
            Integer width,
            Integer height,
            @Schema(description = "Estimated, in USD") Double cost,
            @JsonIgnore Path file) {}

    static Picture waiting(String id, Asked asked) {
        return new Picture(id, asked, State.WAITING, 0, null, null, Instant.now());
    }

    Picture drawing(long bytesSoFar) {
        return new Picture(id, asked, State.DRAWING, bytesSoFar, null, null, since);
    }

    Picture done(long size, Drawn result) {
        return new Picture(id, asked, State.DONE, size, null, result, since);
    }

    Picture failed(String sentence) {
        return new Picture(id, asked, State.FAILED, 0, sentence, null, since);
    }

    @JsonIgnore
    String conversation() {
        return asked.conversation();
    }

    @JsonIgnore
    boolean isFinished() {
        return state == State.DONE || state == State.FAILED;
    }
}
