package io.github.camelgemini.image.backend.google;

/** How reference pictures get to the Developer API. */
public enum ReferenceUpload {
    /** Inside the request, and by the Files API where that would be too much for it. */
    AUTO,
    /** Inside the request. */
    INLINE,
    /** By the Files API. */
    FILES
}
