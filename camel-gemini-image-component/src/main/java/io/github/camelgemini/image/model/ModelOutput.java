package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output of a model. Unknown facts are empty, and are not checked.
 *
 * @param maxTokens of an answer
 * @param defaultSize the size if none is requested
 * @param sizes that it supports
 * @param ratios that it supports
 * @param pixels by size and ratio
 * @param formats the first is the default, the others can be requested
 * @param provenance source of these facts
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
