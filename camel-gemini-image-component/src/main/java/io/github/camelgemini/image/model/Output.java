package io.github.camelgemini.image.model;

import java.util.Locale;

/** The form in which pictures are put into the message. */
public enum Output implements WireName {
    /** The picture as body; for several pictures a list. */
    IMAGE,
    /** A list as body, even for one picture. */
    LIST,
    /** The first picture as body, and all pictures as attachments with file names. */
    ATTACHMENTS,
    /** A JSON object as body, with the pictures, or with the places where they are stored. */
    JSON;

    private static final Choices<Output> CHOICES = new Choices<>(values(), Output::wireName);

    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "output 'x' …"
     */
    public static Output parse(String text) {
        return CHOICES.parse(text);
    }
}
