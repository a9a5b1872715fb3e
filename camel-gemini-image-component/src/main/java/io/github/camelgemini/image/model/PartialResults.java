package io.github.camelgemini.image.model;

/** What happens when some of several pictures fail. */
public enum PartialResults implements WireName {
    /** The message fails, and the other calls are cancelled. */
    FAIL("fail"),
    /** The result has the other pictures, and lists the failures. Without any picture the message fails. */
    KEEP("keep");

    private static final Choices<PartialResults> CHOICES = new Choices<>(values(), PartialResults::wireName);

    private final String wireName;

    PartialResults(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "partialResults 'x' …"
     */
    public static PartialResults parse(String text) {
        return CHOICES.parse(text);
    }
}
