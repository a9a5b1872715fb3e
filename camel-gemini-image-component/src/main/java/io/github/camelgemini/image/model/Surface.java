package io.github.camelgemini.image.model;

import java.util.Locale;

/** The two faces of the Gemini API, which differ in limits, ratios and what a request may ask for. */
public enum Surface implements WireName {
    /** The Gemini Developer API, {@code generativelanguage.googleapis.com}. */
    DEVELOPER,
    /** Vertex AI, {@code aiplatform.googleapis.com}. */
    VERTEX;

    private static final Choices<Surface> CHOICES = new Choices<>(values(), Surface::wireName);

    /** {@inheritDoc} Only the catalog data file uses it. */
    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The surface of a face of a service; the other services are like the Developer API. */
    public static Surface of(String face) {
        return face.equals(VERTEX.wireName()) ? VERTEX : DEVELOPER;
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "surface 'x' …"
     */
    public static Surface parse(String text) {
        return CHOICES.parse(text);
    }
}
