package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model makes. Facts that nobody knows are empty, and then not checked.
 *
 * @param maxTokens of an answer
 * @param defaultSize what it makes when no size is asked for
 * @param sizes it can make
 * @param ratios it can make
 * @param pixels what size and ratio come to
 * @param formats the first is what it answers unasked, further ones can be asked for
 * @param provenance where this is from
 */
public record ModelOutput(
        Optional<Integer> maxTokens,
        Optional<ImageSize> defaultSize,
        List<ImageSize> sizes,
        List<AspectRatio> ratios,
        Map<AspectRatio, Map<ImageSize, Dimensions>> pixels,
        List<OutputFormat> formats,
        Provenance provenance) {

    /** Copies the collections. */
    public ModelOutput {
        sizes = List.copyOf(sizes);
        ratios = List.copyOf(ratios);
        pixels = Map.copyOf(pixels);
        formats = List.copyOf(formats);
    }

    /**
     * The pixels of a picture.
     *
     * @param ratio its ratio
     * @param size its size
     * @return empty when the model doesn't make such a picture, or nobody has documented its pixels
     */
    public Optional<Dimensions> pixels(AspectRatio ratio, ImageSize size) {
        boolean offered = sizes.contains(size) && ratios.contains(ratio);
        return offered
                ? Optional.ofNullable(pixels.getOrDefault(ratio, Map.of()).get(size))
                : Optional.empty();
    }
}
