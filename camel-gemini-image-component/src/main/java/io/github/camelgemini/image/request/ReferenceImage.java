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

/** A picture that goes along with a prompt: to be edited, combined, or taken as a model for style or subject. */
public sealed interface ReferenceImage {

    /** The media type, such as {@code image/png}. */
    String mimeType();

    /** Whether it is a picture as far as is known, and no PDF or video. */
    default boolean mayBePicture() {
        return mimeType() == null || mimeType().startsWith("image/");
    }

    /**
     * A picture whose bytes are here.
     *
     * @param source where the bytes are; readable as often as a retry needs it
     * @param info its type and dimensions, read from the bytes
     */
    record Inline(PayloadSource source, ImageInfo info) implements ReferenceImage {
        @Override
        public String mimeType() {
            return info.mimeType();
        }

        /** Whether another picture is the same, byte by byte. */
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
     * A picture that the service fetches itself.
     *
     * @param uri a Cloud Storage object ({@code gs://bucket/object}, Vertex AI only), a file of the Files API, or an address
     * @param mimeType its type as declared, since nobody here sees the bytes
     * @param byUrl whether it is an address that the service asks like anybody, and nothing in a storage of its own
     */
    record Remote(String uri, String mimeType, boolean byUrl) implements ReferenceImage {

        /** A picture in a storage of the service. */
        public Remote(String uri, String mimeType) {
            this(uri, mimeType, false);
        }

        /** Without credentials, as it may be told. */
        @Override
        public String toString() {
            return "Remote[uri=" + OutsideText.of(uri) + ", mimeType=" + OutsideText.word(mimeType) + "]";
        }
    }

    /**
     * A picture that is fetched, or left to the service, before the request is complete; no backend sees it.
     *
     * @param target where it is
     */
    record ByUrl(Target target) implements ReferenceImage {
        @Override
        public String mimeType() {
            return null;
        }
    }
}
