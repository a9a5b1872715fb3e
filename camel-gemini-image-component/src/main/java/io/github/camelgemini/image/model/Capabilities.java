package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The features of a model besides its input and output, and its restrictions. Unknown facts are empty, and are not
 * checked.
 *
 * @param thinks whether the model thinks
 * @param thinkingLevels the levels that can be requested; empty when unknown
 * @param defaultThinkingLevel the level if none is requested
 * @param webSearch whether it supports grounding with web search
 * @param imageSearch whether it supports grounding with image search
 * @param signaturesRequired whether it refuses a second turn without the thought signatures of the first
 * @param parametersNotTaken names of request parameters that it refuses; empty when none is known
 * @param vertexLocation the only Vertex AI location that offers it; empty when there are several, or it is unknown
 * @param provenance source of these facts
 */
public record Capabilities(
        Optional<Boolean> thinks,
        List<ThinkingLevel> thinkingLevels,
        Optional<ThinkingLevel> defaultThinkingLevel,
        Optional<Boolean> webSearch,
        Optional<Boolean> imageSearch,
        boolean signaturesRequired,
        Set<String> parametersNotTaken,
        Optional<String> vertexLocation,
        Provenance provenance) {

    /** Copies the collections. */
    public Capabilities {
        thinkingLevels = List.copyOf(thinkingLevels);
        parametersNotTaken = Set.copyOf(parametersNotTaken);
    }
}
