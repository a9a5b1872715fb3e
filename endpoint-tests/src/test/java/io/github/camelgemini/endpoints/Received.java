package io.github.camelgemini.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a server got.
 *
 * @param type the media type that the server keeps, or the ending of the name; null if it knows none
 */
record Received(String sha256, String type) {

    /** Reads to the end and closes. */
    static Received of(InputStream bytes, String type) throws IOException {
        return new Received(sha256(bytes), type);
    }

    static String sha256(InputStream bytes) throws IOException {
        try (DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code .jpg}. */
    static String ending(String name) {
        return name.substring(name.lastIndexOf('.'));
    }
}
