package io.github.camelgemini.image.model;

/**
 * How long a model thinks before it generates a picture. Thinking is billed as text output. {@link Capabilities} has
 * the levels of a model.
 */
public enum ThinkingLevel implements WireName {
    /** As little as possible. */
    MINIMAL,
    /** Little. */
    LOW,
    /** Medium. */
    MEDIUM,
    /** As much as the model decides: best for complicated pictures, slowest, and most expensive. */
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
