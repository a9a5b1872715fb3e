package io.github.camelgemini.image.secret;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The characters of a text after undoing the escapes of JSON ({@code \u0041}, {@code \/}), JSON Pointer ({@code ~1}),
 * URLs ({@code %41}) and HTML ({@code &#65;}, {@code &amp;}), several times.
 */
final class Unescaped {

    /** How often: servers quote a text in a JSON text in a JSON text, but not deeper. */
    private static final int DEEPEST = 3;

    private static final String ESCAPES = "\\%&~";
    private static final int LONGEST_REFERENCE = 8;

    private final String text;
    private final int depth;
    private final Unescaped below;
    private int end;

    Unescaped(String text, int depth) {
        this.text = text;
        this.depth = depth;
        this.below = depth == 0 ? null : new Unescaped(text, depth - 1);
    }

    /** The text unchanged and, if it may contain escapes, with those undone once, twice and so on. */
    static List<Unescaped> readings(String text) {
        boolean escapes = text.chars().anyMatch(unit -> ESCAPES.indexOf(unit) >= 0);
        return IntStream.rangeClosed(0, escapes ? DEEPEST : 0)
                .mapToObj(depth -> new Unescaped(text, depth))
                .toList();
    }

    int length() {
        return text.length();
    }

    /** Where the last character that was read ends in the text. */
    int end() {
        return end;
    }

    /** The character that begins here. */
    int read(int at) {
        if (depth == 0) {
            end = at + 1;
            return text.charAt(at);
        }
        int unit = below.read(at);
        int behind = below.end();
        int escaped =
                switch (unit) {
                    case '\\' -> ofJson(behind);
                    case '%' -> hex(behind, 2);
                    case '&' -> ofHtml(behind);
                    case '~' -> ofPointer(behind);
                    default -> -1;
                };
        if (escaped < 0) {
            end = behind;
            return unit;
        }
        return escaped;
    }

    private int ofJson(int from) {
        int letter = peek(from);
        int behind = below.end();
        if (letter == 'u') {
            return hex(behind, 4);
        }
        if (letter == 'x') {
            return hex(behind, 2);
        }
        int plain =
                switch (letter) {
                    case '"', '\\', '/' -> letter;
                    case 'n', 'r', 't', 'b', 'f' -> '\n';
                    default -> -1;
                };
        if (plain >= 0) {
            end = behind;
        }
        return plain;
    }

    private int ofPointer(int from) {
        int meant =
                switch (peek(from)) {
                    case '0' -> '~';
                    case '1' -> '/';
                    default -> -1;
                };
        if (meant >= 0) {
            end = below.end();
        }
        return meant;
    }

    private int ofHtml(int from) {
        StringBuilder name = new StringBuilder();
        int at = from;
        while (name.length() < LONGEST_REFERENCE) {
            int unit = peek(at);
            at = below.end();
            if (unit == ';') {
                end = at;
                return meaning(name.toString());
            }
            if (unit != '#' && !Character.isLetterOrDigit(Math.max(0, unit))) {
                return -1;
            }
            name.append((char) unit);
        }
        return -1;
    }

    private static int meaning(String reference) {
        if (reference.equalsIgnoreCase("amp")) {
            return '&';
        }
        try {
            int point = reference.startsWith("#x") || reference.startsWith("#X")
                    ? Integer.parseInt(reference.substring(2), 16)
                    : reference.startsWith("#") ? Integer.parseInt(reference.substring(1)) : -1;
            return point <= Character.MAX_VALUE ? point : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int hex(int from, int digits) {
        int value = 0;
        int at = from;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(Math.max(0, peek(at)), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
            at = below.end();
        }
        end = at;
        return value;
    }

    /** Negative after the end. */
    private int peek(int at) {
        return at < text.length() ? below.read(at) : -1;
    }
}
