package io.github.camelgemini.image.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model makes. Facts that nobody knows are empty, and then not checked.
 *
 * @param maxTokens of an answer
 * @param defaultSize what it makes when no size is asked for
 * @param sizes it can make
 * @param ratios it can make on both surfaces
 * @param vertexRatios further ratios that only Vertex AI documents
 * @param pixels what size and ratio come to
 * @param formats by surface: the first is what it answers unasked, further ones can be asked for
 * @param provenance where this is from
 */
public record ModelOutput(
        Optional<Integer> maxTokens,
        Optional<ImageSize> defaultSize,
        List<ImageSize> sizes,
        List<AspectRatio> ratios,
        List<AspectRatio> vertexRatios,
        Map<AspectRatio, Map<ImageSize, Dimensions>> pixels,
        Map<Surface, List<OutputFormat>> formats,
        Provenance provenance) {

    /** Copies the collections. */
    public ModelOutput {
        sizes = List.copyOf(sizes);
        ratios = List.copyOf(ratios);
        vertexRatios = List.copyOf(vertexRatios);
        pixels = Map.copyOf(pixels);
        formats = Map.copyOf(formats);
    }

    /**
     * The ratios that a surface offers.
     *
     * @param surface the surface
     * @return empty when unknown
     */
    public List<AspectRatio> ratios(Surface surface) {
        return surface == Surface.VERTEX
                ? Stream.concat(ratios.stream(), vertexRatios.stream()).toList()
                : ratios;
    }

    /**
     * The pixels of a picture.
     *
     * @param ratio its ratio
     * @param size its size
     * @return empty when the model doesn't make such a picture, or nobody has documented its pixels
     */
    public Optional<Dimensions> pixels(AspectRatio ratio, ImageSize size) {
        boolean offered = sizes.contains(size) && ratios(Surface.VERTEX).contains(ratio);
        return offered
                ? Optional.ofNullable(pixels.getOrDefault(ratio, Map.of()).get(size))
                : Optional.empty();
    }
}
