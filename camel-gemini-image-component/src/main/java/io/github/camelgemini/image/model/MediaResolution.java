package io.github.camelgemini.image.model;

/** The resolution at which a model reads the reference images. More detail costs more input tokens. */
public enum MediaResolution implements WireName {
    /** Low resolution. */
    LOW,
    /** Medium resolution. */
    MEDIUM,
    /** High resolution. */
    HIGH;

    private static final Choices<MediaResolution> CHOICES = new Choices<>(values(), Enum::name);

    /** {@inheritDoc} For example {@code MEDIA_RESOLUTION_LOW}. */
    @Override
    public String wireName() {
        return "MEDIA_RESOLUTION_" + name();
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case, with or without {@code MEDIA_RESOLUTION_}
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "mediaResolution 'x' …"
     */
    public static MediaResolution parse(String text) {
        return CHOICES.parse(text);
    }
}
