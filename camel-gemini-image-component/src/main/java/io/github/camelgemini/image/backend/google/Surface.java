package io.github.camelgemini.image.backend.google;

import java.util.Locale;

/** The two variants of the Gemini API. They differ in limits, aspect ratios and parameters. */
enum Surface {
    /** The Gemini Developer API, {@code generativelanguage.googleapis.com}. */
    DEVELOPER,
    /** Vertex AI, {@code aiplatform.googleapis.com}. */
    VERTEX;

    /** Its name in the model catalog. */
    String face() {
        return name().toLowerCase(Locale.ROOT);
    }
}
