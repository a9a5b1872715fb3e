package io.github.camelgemini.image.payload.json;

/** One escaped character of a JSON string, fed by the byte, because it may be cut in two by the end of a buffer. */
final class JsonEscape {

    static final int INCOMPLETE = -1;
    static final int INVALID = -2;

    private static final int NONE = -1;
    private static final int KIND = 0;
    private static final int HEX_DIGITS = 4;

    /** NONE, KIND when the letter after the backslash is next, else the number of the hexadecimal digit that is. */
    private int next = NONE;

    private int code;

    /** Whether {@link #begin} was called and the character is not complete. */
    boolean begun() {
        return next != NONE;
    }

    /** After the backslash. */
    void begin() {
        next = KIND;
        code = 0;
    }

    /** Takes the next byte and returns the character, or {@link #INCOMPLETE}, or {@link #INVALID}. */
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
