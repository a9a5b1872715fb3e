package io.github.camelgemini.examples.studio;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A picture and how it gets on, as the API tells it.
 *
 * @param id cannot be guessed; who knows it can get the picture
 * @param conversation to go on with this picture; cannot be guessed either
 * @param bytes received so far
 * @param error a sentence, when it failed
 * @param cost estimated, in USD
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Picture(
        String id,
        String conversation,
        String prompt,
        State state,
        long bytes,
        String error,
        String type,
        Integer width,
        Integer height,
        Double cost,
        @JsonIgnore Path file,
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

    static Picture waiting(String id, String conversation, String prompt) {
        return new Picture(
                id, conversation, prompt, State.WAITING, 0, null, null, null, null, null, null, Instant.now());
    }

    Picture drawing(long bytesSoFar) {
        return new Picture(
                id, conversation, prompt, State.DRAWING, bytesSoFar, null, null, null, null, null, null, since);
    }

    Picture done(Path where, long size, String mimeType, Integer w, Integer h, Double usd) {
        return new Picture(id, conversation, prompt, State.DONE, size, null, mimeType, w, h, usd, where, since);
    }

    Picture failed(String sentence) {
        return new Picture(id, conversation, prompt, State.FAILED, 0, sentence, null, null, null, null, null, since);
    }

    @JsonIgnore
    boolean isFinished() {
        return state == State.DONE || state == State.FAILED;
    }
}
