package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Optional;

/**
 * The input of a model. Unknown facts are empty, and are not checked.
 *
 * @param maxTokens of a request
 * @param maxReferenceImages documented limit for pictures in a request
 * @param recommendedReferenceImages recommended limit for pictures, if only that is documented
 * @param mimeTypes media types of reference images
 * @param inline limits for data inside the request
 * @param provenance source of these facts
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
     * The limits for data inside a request.
     *
     * @param bytesPerFile for each picture, before Base64
     * @param bytesPerRequest for the whole request, with pictures in Base64
     */
    public record InlineLimit(Optional<Long> bytesPerFile, Optional<Long> bytesPerRequest) {}
}
