package io.github.camelgemini.image.backend.google;

import java.util.Locale;

/** The two faces of the Gemini API, which differ in limits, ratios and what a request may ask for. */
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
