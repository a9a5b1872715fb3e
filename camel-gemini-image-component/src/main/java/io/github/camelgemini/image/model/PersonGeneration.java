package io.github.camelgemini.image.model;

import java.util.Map;

/**
 * Which people a picture may show; Vertex AI only. The names are those of {@code imageConfig}: {@code ALLOW_NONE} is
 * Imagen's {@code DONT_ALLOW}.
 */
public enum PersonGeneration implements WireName {
    /** Adults and children. */
    ALLOW_ALL,
    /** Adults only. */
    ALLOW_ADULT,
    /** No people. */
    ALLOW_NONE;

    private static final Choices<PersonGeneration> CHOICES =
            new Choices<>(values(), PersonGeneration::wireName, Map.of("DONT_ALLOW", ALLOW_NONE));

    @Override
    public String wireName() {
        return name();
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case, or Imagen's {@code DONT_ALLOW} for {@code ALLOW_NONE}
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "personGeneration 'x' …"
     */
    public static PersonGeneration parse(String text) {
        return CHOICES.parse(text);
    }
}
