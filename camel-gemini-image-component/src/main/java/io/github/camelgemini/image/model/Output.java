package io.github.camelgemini.image.model;

import java.util.Locale;

/** What the pictures that came become in the message. */
public enum Output implements WireName {
    /** The picture as body; of several a list. */
    IMAGE,
    /** A list as body, of one picture too. */
    LIST,
    /** The first picture as body, and all as attachments with file names. */
    ATTACHMENTS,
    /** A JSON object as body, with the pictures in it or where they were stored. */
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
