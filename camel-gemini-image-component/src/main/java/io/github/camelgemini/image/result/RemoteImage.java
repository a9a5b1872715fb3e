package io.github.camelgemini.image.result;

import io.github.camelgemini.image.secret.OutsideText;

/**
 * A picture that a service has put somewhere instead of sending it.
 *
 * @param uri where it is: {@code gs://bucket/object}
 * @param mimeType its type as declared, since nobody here has seen the bytes; null when nothing was declared
 */
public record RemoteImage(String uri, String mimeType) {

    /** Takes credentials out. */
    public RemoteImage {
        uri = OutsideText.address(uri);
        mimeType = OutsideText.word(mimeType);
    }
}
