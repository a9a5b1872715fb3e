package io.github.camelgemini.image.model;

import java.util.Locale;
import java.util.Map;

/** The file format of a generated picture. */
public enum OutputFormat implements WireName {
    /** Lossless; what Gemini 2.5 answers. */
    PNG("image/png", "png"),
    /** Lossy; what Gemini 3 answers on the Developer API. */
    JPEG("image/jpeg", "jpg");

    private static final Choices<OutputFormat> CHOICES = new Choices<>(
            values(), format -> format.name().toLowerCase(Locale.ROOT), Map.of("jpg", JPEG, "image/jpg", JPEG));

    private final String mimeType;
    private final String extension;

    OutputFormat(String mimeType, String extension) {
        this.mimeType = mimeType;
        this.extension = extension;
    }

    /**
     * The media type, which is also the wire name.
     *
     * @return {@code image/png} or {@code image/jpeg}
     */
    public String mimeType() {
        return mimeType;
    }

    /**
     * The usual ending of a file's name.
     *
     * @return without the dot: {@code png} or {@code jpg}
     */
    public String extension() {
        return extension;
    }

    @Override
    public String wireName() {
        return mimeType;
    }

    /**
     * Reads a format.
     *
     * @param text {@code png}, {@code jpeg}, {@code jpg} or the media type, in any case
     * @return the format
     * @throws IllegalArgumentException when the text is anything else; the message completes "outputFormat 'x' …"
     */
    public static OutputFormat parse(String text) {
        return CHOICES.parse(text);
    }
}
