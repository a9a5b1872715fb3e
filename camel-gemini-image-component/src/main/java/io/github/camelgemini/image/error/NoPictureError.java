package io.github.camelgemini.image.error;

/**
 * An answer without a picture: a refused prompt, a withheld picture, or text only. The option {@code failOnBlocked}
 * applies to it.
 */
public interface NoPictureError {

    /** The finish reason of the API; null when generation did not begin, or the API gave none. */
    default String getFinishReason() {
        return null;
    }
}
