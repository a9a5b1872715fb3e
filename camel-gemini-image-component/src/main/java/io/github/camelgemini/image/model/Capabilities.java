package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a model can do beside drawing, and what it demands. Facts that nobody knows are empty, and then not checked.
 *
 * @param thinks whether it thinks
 * @param thinkingLevels the levels that can be asked for; empty when unknown
 * @param defaultThinkingLevel what it does unasked
 * @param webSearch whether it can search the web for a picture
 * @param imageSearch whether it can search for pictures
 * @param signaturesRequired whether a second turn is refused without the thought signatures of the first
 * @param parametersNotTaken names of parameters of a request that are refused; empty when none is known
 * @param vertexLocation the only Vertex AI location that has it; empty when there are several, or it is unknown
 * @param provenance where this is from
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
