package io.github.camelgemini.emulator.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one image model can do, as {@code models.json} has it.
 *
 * @param id the model's id, without {@code models/}
 * @param displayName the name that {@code models.get} shows
 * @param version the version that {@code models.get} shows
 * @param inputTokenLimit in tokens
 * @param outputTokenLimit in tokens
 * @param mimeType the type of the pictures that it makes
 * @param ratios the aspect ratios that it accepts
 * @param tokensPerPicture output tokens by size; its keys are the sizes that it accepts
 * @param thinkingLevels levels that it accepts, its default first; empty when it does not think
 * @param thoughtSignatures whether it demands its signatures back in a second turn
 * @param grounding whether it accepts the search tool
 * @param inputs the kinds of media that it takes beside text: {@code image}, {@code document}, {@code video}; with a
 *     star in front on Vertex AI only
 * @param sampling whether it accepts temperature, topP, topK and seed
 * @param followsReference whether an edit without an aspect ratio has that of its first reference picture
 * @param defaultRatio the aspect ratio of a request that has none
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

    /** The size that a request without {@code imageSize} gets. */
    public static final String DEFAULT_SIZE = "1K";

    /** The exact pixels of a picture, or nothing when the model has no such ratio or size. */
    public Optional<Pixels> pixels(String ratio, String size) {
        if (!ratios.contains(ratio) || !hasSize(size)) {
            return Optional.empty();
        }
        return Optional.ofNullable(pixels.get(ratio).get(size));
    }

    /** Whether the model takes this kind of media. */
    public boolean takes(String kind, boolean vertex) {
        return inputs.contains(kind) || (vertex && inputs.contains("*" + kind));
    }

    /** Whether the model makes pictures of this size. */
    public boolean hasSize(String size) {
        return tokensPerPicture.containsKey(size);
    }

    /**
     * Whether the model ignores {@code imageSize} altogether; 2.5 does so silently, seen live, while the lite model
     * refuses other sizes than its only one.
     */
    public boolean ignoresSize() {
        return !thoughtSignatures;
    }

    /** The supported ratio that is nearest to that of a picture, as an edit without {@code aspectRatio} keeps it. */
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
