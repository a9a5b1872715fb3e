package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Optional;

/**
 * What a model takes. Facts that nobody knows are empty, and then not checked.
 *
 * @param maxTokens of a request
 * @param maxReferenceImages documented limit of pictures in a request
 * @param recommendedReferenceImages how many pictures the model works best with at most, where that is all that is said
 * @param mimeTypes media types of reference pictures
 * @param inline how much may be sent inside the request
 * @param provenance where this is from
 */
public record ModelInput(
        Optional<Integer> maxTokens,
        Optional<Integer> maxReferenceImages,
        Optional<Integer> recommendedReferenceImages,
        List<String> mimeTypes,
        InlineLimit inline,
        Provenance provenance) {

    /** Copies the collections. */
    public ModelInput {
        mimeTypes = List.copyOf(mimeTypes);
    }

    /**
     * How much may be sent inside a request.
     *
     * @param bytesPerFile of one picture, before Base64
     * @param bytesPerRequest of the whole request as it goes out, with its Base64
     */
    public record InlineLimit(Optional<Long> bytesPerFile, Optional<Long> bytesPerRequest) {}
}
