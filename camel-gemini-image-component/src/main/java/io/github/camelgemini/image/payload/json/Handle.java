package io.github.camelgemini.image.payload.json;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Stands for a picture in the JSON of a request until the JSON is sent. It looks like the Base64 of a very small
 * picture, because it passes through the Google SDK as one ({@code Blob.data(handle.bytes())}). It is random, so that
 * no text in a prompt can be equal to it.
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

    /** Creates a handle that is unique and cannot be guessed. */
    public static Handle create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Handle(Base64.getEncoder().encodeToString(bytes));
    }

    /** The bytes for the SDK, in place of the picture. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** The text that is then in the JSON: the Base64 of {@link #bytes()}. */
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

    /** Does not contain the handle: a handle from a log could be put into a prompt. */
    @Override
    public String toString() {
        return "Handle";
    }
}
