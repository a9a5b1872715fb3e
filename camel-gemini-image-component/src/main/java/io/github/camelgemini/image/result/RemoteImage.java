package io.github.camelgemini.image.result;

import io.github.camelgemini.image.secret.OutsideText;

/**
 * A picture that a service has stored instead of sending it.
 *
 * @param uri {@code gs://bucket/object}
 * @param mimeType the declared type, since the component has not seen the bytes; null when none was declared
 */
public record RemoteImage(String uri, String mimeType) {

    /** Removes credentials. */
    public RemoteImage {
        uri = OutsideText.address(uri);
        mimeType = OutsideText.word(mimeType);
    }
}
