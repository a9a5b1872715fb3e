package io.github.camelgemini.image.payload.json;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Stands for a picture in the JSON of a request until that is sent. It looks like the Base64 of a very small picture,
 * because it goes through the Google SDK as one ({@code Blob.data(handle.bytes())}), and it is random, so that no text
 * in a prompt can be taken for it.
 */
public final class Handle {

    /** 144 bits. A multiple of three, so that the Base64 has no padding, which some JSON writers escape. */
    private static final int BYTES = 18;

    static final int BASE64_LENGTH = BYTES / 3 * 4;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String base64;

    private Handle(String base64) {
        this.base64 = base64;
    }

    /** A handle that nobody has had before, nor can guess. */
    public static Handle create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Handle(Base64.getEncoder().encodeToString(bytes));
    }

    /** What to give to the SDK as the bytes of the picture. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** What then is in the JSON: the Base64 of {@link #bytes()}. */
    public String base64() {
        return base64;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Handle handle && handle.base64.equals(base64);
    }

    @Override
    public int hashCode() {
        return base64.hashCode();
    }

    /** Not the handle itself: who has seen it in a log could put it into a prompt. */
    @Override
    public String toString() {
        return "Handle";
    }
}
