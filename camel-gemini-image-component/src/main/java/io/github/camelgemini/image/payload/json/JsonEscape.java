package io.github.camelgemini.image.payload.json;

/** Decodes one escaped character of a JSON string, byte by byte, because it may be divided between two buffers. */
final class JsonEscape {

    static final int INCOMPLETE = -1;
    static final int INVALID = -2;

    private static final int NONE = -1;
    private static final int KIND = 0;
    private static final int HEX_DIGITS = 4;

    /** NONE, or KIND if the letter after the backslash is next, or the number of the next hexadecimal digit. */
    private int next = NONE;

    private int code;

    /** Whether a character has begun and is not complete. */
    boolean begun() {
        return next != NONE;
    }

    /** Called after the backslash. */
    void begin() {
        next = KIND;
        code = 0;
    }

    /** Takes the next byte. Returns the character, or {@link #INCOMPLETE}, or {@link #INVALID}. */
    int next(int c) {
        if (next == KIND) {
            if (c == 'u') {
                next = 1;
                return INCOMPLETE;
            }
            next = NONE;
            return simple(c);
        }
        int digit = Character.digit(c, 16);
        if (digit < 0) {
            next = NONE;
            return INVALID;
        }
        code = code << 4 | digit;
        if (next++ < HEX_DIGITS) {
            return INCOMPLETE;
        }
        next = NONE;
        return code;
    }

    private static int simple(int c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '/', '\\', '"' -> c;
            default -> INVALID;
        };
    }
}
