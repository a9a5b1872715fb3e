package io.github.camelgemini.image.model;

/** What a model may answer with. */
public enum ResponseModality implements WireName {
    /** Text. */
    TEXT,
    /** Pictures. */
    IMAGE;

    private static final Choices<ResponseModality> CHOICES = new Choices<>(values(), ResponseModality::wireName);

    @Override
    public String wireName() {
        return name();
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "responseModalities 'x' …"
     */
    public static ResponseModality parse(String text) {
        return CHOICES.parse(text);
    }
}
