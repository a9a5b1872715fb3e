package io.github.camelgemini.emulator.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of an image model, from {@code models.json}.
 *
 * @param id the model's id, without {@code models/}
 * @param displayName the name in {@code models.get}
 * @param version the version in {@code models.get}
 * @param inputTokenLimit in tokens
 * @param outputTokenLimit in tokens
 * @param mimeType of its pictures
 * @param ratios accepted aspect ratios
 * @param tokensPerPicture output tokens by size; its keys are the accepted sizes
 * @param thinkingLevels accepted levels, the default first; empty when it does not think
 * @param thoughtSignatures whether it demands its signatures back in a second turn
 * @param grounding whether it supports the search tool
 * @param inputs accepted kinds of media besides text: {@code image}, {@code document}, {@code video}; with a star in
 *     front for Vertex AI only
 * @param sampling whether it accepts temperature, topP, topK and seed
 * @param followsReference whether an edit without an aspect ratio uses that of its first reference picture
 * @param defaultRatio the aspect ratio of a request without one
 * @param pixels exact picture sizes, by aspect ratio and size
 */
public record ImageModel(
        String id,
        String displayName,
        String version,
        int inputTokenLimit,
        int outputTokenLimit,
        String mimeType,
        List<String> ratios,
        Map<String, Integer> tokensPerPicture,
        List<String> thinkingLevels,
        boolean thoughtSignatures,
        boolean grounding,
        List<String> inputs,
        boolean sampling,
        boolean followsReference,
        String defaultRatio,
        Map<String, Map<String, Pixels>> pixels) {

    /** The size for a request without {@code imageSize}. */
    public static final String DEFAULT_SIZE = "1K";

    /** The exact pixels of a picture; empty when the model does not have the ratio or size. */
    public Optional<Pixels> pixels(String ratio, String size) {
        if (!ratios.contains(ratio) || !hasSize(size)) {
            return Optional.empty();
        }
        return Optional.ofNullable(pixels.get(ratio).get(size));
    }

    /** Whether the model accepts this kind of media. */
    public boolean takes(String kind, boolean vertex) {
        return inputs.contains(kind) || (vertex && inputs.contains("*" + kind));
    }

    /** Whether the model makes pictures of this size. */
    public boolean hasSize(String size) {
        return tokensPerPicture.containsKey(size);
    }

    /**
     * Whether the model ignores {@code imageSize}. Live calls show that 2.5 ignores it silently, while the lite model
     * refuses all sizes except its only one.
     */
    public boolean ignoresSize() {
        return !thoughtSignatures;
    }

    /** The supported ratio nearest to that of a picture, for an edit without {@code aspectRatio}. */
    public String nearestRatio(Pixels picture) {
        return ratios.stream()
                .min(Comparator.comparingDouble(
                        ratio -> Math.abs(Math.log(valueOf(ratio)) - Math.log(picture.ratio()))))
                .orElseThrow();
    }

    private static double valueOf(String ratio) {
        int colon = ratio.indexOf(':');
        return Double.parseDouble(ratio.substring(0, colon)) / Double.parseDouble(ratio.substring(colon + 1));
    }
}
