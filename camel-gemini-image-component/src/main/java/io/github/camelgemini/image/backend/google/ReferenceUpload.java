package io.github.camelgemini.image.backend.google;

/** How reference images are sent to the Developer API. */
public enum ReferenceUpload {
    /** Inside the request. Pictures that do not fit are uploaded with the Files API. */
    AUTO,
    /** Inside the request only. */
    INLINE,
    /** Uploaded with the Files API. */
    FILES
}
