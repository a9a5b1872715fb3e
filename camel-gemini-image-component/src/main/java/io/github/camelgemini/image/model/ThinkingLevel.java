package io.github.camelgemini.image.model;

/**
 * How long a model thinks before it draws. Thinking is billed as text output; which levels a model has is in {@link
 * Capabilities}.
 */
public enum ThinkingLevel implements WireName {
    /** As little as possible. */
    MINIMAL,
    /** A little. */
    LOW,
    /** In between. */
    MEDIUM,
    /** As much as the model likes: best for complicated pictures, slowest, dearest. */
    HIGH;

    private static final Choices<ThinkingLevel> CHOICES = new Choices<>(values(), ThinkingLevel::wireName);

    @Override
    public String wireName() {
        return name();
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "thinkingLevel 'x' …"
     */
    public static ThinkingLevel parse(String text) {
        return CHOICES.parse(text);
    }
}
