package io.github.camelgemini.image.payload;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Recognizes PDF and video by their first bytes. The names are those of the Gemini API. */
final class MediaHeader {

    /** Enough to tell the variants of Matroska apart, of which WebM is one. */
    static final int LENGTH = 64;

    private static final String MATROSKA = "\u001aE\u00df\u00a3";
    private static final String ASF = "0&\u00b2u\u008ef\u00cf\u0011";
    private static final String MPEG = "\0\0\u0001";

    private MediaHeader() {}

    static Optional<String> mimeType(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith(MATROSKA)) {
            return Optional.of(text.contains("webm") ? "video/webm" : "video/x-matroska");
        }
        // A pack of a program stream, or a sequence without one.
        if (text.startsWith(MPEG + "\u00ba") || text.startsWith(MPEG + "\u00b3")) {
            return Optional.of("video/mpeg");
        }
        if (text.startsWith("ftyp", 4) && text.length() >= 12) {
            return Optional.of(ofBrand(text.substring(8, 12)));
        }
        if (text.startsWith("%PDF-")) {
            return Optional.of("application/pdf");
        }
        if (text.startsWith("RIFF") && text.startsWith("AVI ", 8)) {
            return Optional.of("video/avi");
        }
        if (text.startsWith("FLV\u0001")) {
            return Optional.of("video/x-flv");
        }
        return text.startsWith(ASF) ? Optional.of("video/wmv") : Optional.empty();
    }

    private static String ofBrand(String brand) {
        if (brand.startsWith("3g")) {
            return "video/3gpp";
        }
        return switch (brand) {
            case "qt  " -> "video/quicktime";
            case "M4A ", "M4B ", "M4P " -> "audio/mp4";
            default -> "video/mp4";
        };
    }
}
