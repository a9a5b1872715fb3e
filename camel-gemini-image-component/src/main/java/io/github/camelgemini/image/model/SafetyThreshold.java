package io.github.camelgemini.image.model;

import java.util.Map;

/** The probability of harm from which a prompt or a picture is blocked. */
public enum SafetyThreshold implements WireName {
    /** The filter is off. */
    OFF,
    /** The filter rates content, but blocks nothing. */
    BLOCK_NONE,
    /** Blocks content with a high probability of harm. */
    BLOCK_ONLY_HIGH,
    /** Blocks content with a medium or high probability of harm. */
    BLOCK_MEDIUM_AND_ABOVE,
    /** Also blocks content with a low probability of harm: the strictest threshold. */
    BLOCK_LOW_AND_ABOVE;

    private static final Choices<SafetyThreshold> CHOICES = new Choices<>(
            values(),
            SafetyThreshold::wireName,
            Map.of(
                    "BLOCK_FEW",
                    BLOCK_ONLY_HIGH,
                    "BLOCK_SOME",
                    BLOCK_MEDIUM_AND_ABOVE,
                    "BLOCK_MOST",
                    BLOCK_LOW_AND_ABOVE));

    @Override
    public String wireName() {
        return name();
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case; {@code BLOCK_FEW}, {@code BLOCK_SOME} and {@code BLOCK_MOST} are the last three by
     *     the names that AI Studio gives them
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "safetyThreshold 'x' …"
     */
    public static SafetyThreshold parse(String text) {
        return CHOICES.parse(text);
    }
}
