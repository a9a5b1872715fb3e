package io.github.camelgemini.image.error;

/** An answer without a picture: a prompt refused, a picture withheld, words alone. Of those {@code failOnBlocked} decides. */
public interface NoPictureError {

    /** Why the model stopped, in the API's word; null when it did not begin, or gave none. */
    default String getFinishReason() {
        return null;
    }
}
