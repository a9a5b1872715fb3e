package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.fetch.Target;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A reference image of a request: a picture to edit or combine, or an example of a style or subject. */
public sealed interface ReferenceImage {

    /** The media type, such as {@code image/png}. */
    String mimeType();

    /** Whether this may be a picture, that is, it is not known to be a PDF or a video. */
    default boolean mayBePicture() {
        return mimeType() == null || mimeType().startsWith("image/");
    }

    /**
     * A reference image with its bytes.
     *
     * @param source the bytes, which a retry reads again
     * @param info type and dimensions, read from the bytes
     */
    record Inline(PayloadSource source, ImageInfo info) implements ReferenceImage {
        @Override
        public String mimeType() {
            return info.mimeType();
        }

        /** Whether another reference image has the same bytes. */
        boolean hasSameBytes(ReferenceImage other) {
            if (!(other instanceof Inline picture) || !info.equals(picture.info)) {
                return false;
            }
            try {
                if (source.length() != picture.source.length()) {
                    return false;
                }
                try (InputStream one = new BufferedInputStream(source.newInputStream());
                        InputStream two = new BufferedInputStream(picture.source.newInputStream())) {
                    int b = one.read();
                    while (b >= 0 && b == two.read()) {
                        b = one.read();
                    }
                    return b < 0;
                }
            } catch (IOException e) {
                throw LocalStorageException.or(
                        e,
                        () -> new ReferenceImageException(
                                "an image of the message cannot be read: " + e.getMessage(), e));
            }
        }
    }

    /**
     * A reference image that the service reads itself.
     *
     * @param uri a Cloud Storage object ({@code gs://bucket/object}, Vertex AI only), a file of the Files API, or a URL
     * @param mimeType the declared type, since the component does not see the bytes
     * @param byUrl whether it is a URL that the service fetches, and not a name in the service's own storage
     */
    record Remote(String uri, String mimeType, boolean byUrl) implements ReferenceImage {

        /** A reference image in the storage of the service. */
        public Remote(String uri, String mimeType) {
            this(uri, mimeType, false);
        }

        /** Leaves out credentials. */
        @Override
        public String toString() {
            return "Remote[uri=" + OutsideText.of(uri) + ", mimeType=" + OutsideText.word(mimeType) + "]";
        }
    }

    /**
     * A reference image that is fetched, or left to the service, before the request is complete. Backends do not see
     * it.
     *
     * @param target the URL
     */
    record ByUrl(Target target) implements ReferenceImage {
        @Override
        public String mimeType() {
            return null;
        }
    }
}
