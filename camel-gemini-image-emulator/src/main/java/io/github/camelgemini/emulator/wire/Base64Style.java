package io.github.camelgemini.emulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The format of Base64 in a JSON string. The API itself always uses {@link #STANDARD}. */
public enum Base64Style {
    /** With padding, in the standard alphabet. */
    STANDARD,
    /** Without {@code =} at the end. */
    UNPADDED,
    /** With {@code -} and {@code _}, as some gateways do. */
    URL_SAFE,
    /** Broken into lines, written as the JSON escapes {@code \r\n}. */
    LINES,
    /** With {@code /} and {@code +} as JSON escapes. */
    ESCAPED,
    /** Ends in the middle of a group of four; the JSON around it is complete. */
    TRUNCATED;

    private static final int LINE = 76;

    /** Encodes a block of bytes. All blocks except the last must be a multiple of 3 and of 57 bytes long. */
    byte[] encode(byte[] bytes, boolean last) {
        return switch (this) {
            case STANDARD -> Base64.getEncoder().encode(bytes);
            case UNPADDED -> Base64.getEncoder().withoutPadding().encode(bytes);
            case URL_SAFE -> Base64.getUrlEncoder().encode(bytes);
            case LINES -> lines(bytes);
            case ESCAPED ->
                text(Base64.getEncoder()
                        .encodeToString(bytes)
                        .replace("/", "\\/")
                        .replace("+", "\\u002B"));
            case TRUNCATED -> truncated(bytes, last);
        };
    }

    /** The total length of the result for this many bytes, or {@link Body#UNKNOWN}. */
    long length(long bytes) {
        return switch (this) {
            case STANDARD, URL_SAFE -> (bytes + 2) / 3 * 4;
            case UNPADDED -> (bytes * 4 + 2) / 3;
            case LINES, ESCAPED, TRUNCATED -> Body.UNKNOWN;
        };
    }

    private static byte[] lines(byte[] bytes) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < base64.length(); i += LINE) {
            lines.append(base64, i, Math.min(base64.length(), i + LINE)).append("\\r\\n");
        }
        return text(lines.toString());
    }

    private static byte[] truncated(byte[] bytes, boolean last) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        return text(last ? base64.substring(0, Math.max(1, base64.length() / 2 / 4 * 4 + 1)) : base64);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
