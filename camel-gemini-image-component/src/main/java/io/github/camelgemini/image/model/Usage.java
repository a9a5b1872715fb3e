package io.github.camelgemini.image.model;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokens of one call, or the sum over several calls, as the API counted them.
 *
 * @param promptTokens everything that was sent
 * @param outputTokens text and pictures of the answer, without thoughts
 * @param thoughtTokens thoughts; billed as text output, whether they were requested or not
 * @param totalTokens the API's own total
 * @param promptTokensByModality {@code promptTokens} by modality, with keys in upper case such as {@code TEXT} and
 *     {@code IMAGE}; empty when the API didn't say
 * @param outputTokensByModality {@code outputTokens} by modality, likewise
 */
public record Usage(
        int promptTokens,
        int outputTokens,
        int thoughtTokens,
        int totalTokens,
        Map<String, Integer> promptTokensByModality,
        Map<String, Integer> outputTokensByModality)
        implements Serializable {

    /** No tokens at all. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, Map.of(), Map.of());

    /** The key of pictures in the maps by modality. */
    public static final String IMAGE = "IMAGE";

    /** Copies the maps with keys in upper case, and replaces negative counts by 0. */
    public Usage {
        promptTokens = Math.max(0, promptTokens);
        outputTokens = Math.max(0, outputTokens);
        thoughtTokens = Math.max(0, thoughtTokens);
        totalTokens = Math.max(0, totalTokens);
        promptTokensByModality = upperCase(promptTokensByModality);
        outputTokensByModality = upperCase(outputTokensByModality);
    }

    /**
     * Adds the tokens of another call.
     *
     * @param other its usage
     * @return the sum
     */
    public Usage plus(Usage other) {
        return new Usage(
                sum(promptTokens, other.promptTokens),
                sum(outputTokens, other.outputTokens),
                sum(thoughtTokens, other.thoughtTokens),
                sum(totalTokens, other.totalTokens),
                sum(promptTokensByModality, other.promptTokensByModality),
                sum(outputTokensByModality, other.outputTokensByModality));
    }

    /**
     * The tokens of pictures that were sent.
     *
     * @return 0 when the API didn't say
     */
    public int promptImageTokens() {
        return promptTokensByModality.getOrDefault(IMAGE, 0);
    }

    /**
     * The tokens of pictures in the answer.
     *
     * @return 0 when there is none, or the API didn't say
     */
    public int outputImageTokens() {
        return outputTokensByModality.getOrDefault(IMAGE, 0);
    }

    private static Map<String, Integer> upperCase(Map<String, Integer> tokens) {
        Map<String, Integer> copy = new TreeMap<>();
        tokens.forEach(
                (modality, count) -> copy.merge(modality.toUpperCase(Locale.ROOT), Math.max(0, count), Usage::sum));
        return Map.copyOf(copy);
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> sum = new TreeMap<>(one);
        other.forEach((modality, count) -> sum.merge(modality, count, Usage::sum));
        return sum;
    }

    /** Stays at the largest integer instead of overflowing. */
    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }
}
