package io.github.camelgemini.image.secret;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text from servers and senders safe for exception messages, log lines, headers and pages: without credentials,
 * in one line, and short.
 *
 * <p>Removes the credentials that {@link Secrets} knows, and whatever looks like one: signed tokens ({@code eyJ….….…},
 * {@code ya29.…}), private keys, a user or a password before a host, and URL parameters that sign it or grant access.
 * Control characters, line breaks and characters that change the writing direction become escapes such as {@code \n}.
 */
public final class OutsideText {

    /** The longest text, in characters. */
    public static final int LONGEST = 2_000;
    /** The longest name, state or type, in characters. */
    public static final int LONGEST_WORD = 200;

    private static final int LONGEST_END = 30;
    /** The most characters of a text that are read; many times the longest result. */
    private static final int LONGEST_LOOKED_AT = 64 * 1024;

    private static final Pattern CUT = Pattern.compile("… \\(\\d+ characters\\)$");

    private static final Pattern ID = Pattern.compile("\\p{Graph}{1,1000}");

    private static final int MOST_ESCAPED = 3;
    private static final Pattern ESCAPED =
            Pattern.compile("(?:\\\\{1,8}(?:u00|x)|%(?:25){0,3}|&#x)([2-7][0-9A-Fa-f]);?|&#(\\d{2,3});");
    private static final int HEX = 1;
    private static final int DECIMAL = 2;

    private record Shape(Pattern pattern, String replacement) {

        Shape(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Shape> SHAPES = List.of(
            new Shape("(?<![\\w-])eyJ[\\w-]{8,}+\\.[\\w-]{8,}+(?:\\.[\\w-]*+)?", "***"),
            new Shape("\\bya29\\.[\\w.-]{8,}+", "***"),
            new Shape("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?", "***"),
            new Shape("(://)[^/?#\\s\"'<>]{1,1000}@", "$1***@"),
            new Shape(
                    "(?i)((?:[?&;]|\\\\u0026)(?:x-(?:goog|amz)-|[\\w.-]{0,20}[_.-])?"
                            + "(?:sig|signature|token|key|apikey|credential|secret|password|assertion|policy|upload_id|code)=)"
                            + "[^&\\s\"'<>#]++",
                    "$1***"));

    private OutsideText() {}

    /** Shortens a text to {@link #LONGEST} characters; null stays null. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** Shortens a name, a state or a type to {@link #LONGEST_WORD} characters; null stays null. */
    public static String word(String text) {
        return of(text, LONGEST_WORD);
    }

    /**
     * Shortens a text. The result ends with its original length. Null stays null.
     *
     * <p>Applying this method again does not change the result.
     */
    public static String of(String text, int longest) {
        if (text == null) {
            return null;
        }
        String known = Secrets.redact(text);
        int more = Math.max(0, known.length() - Math.max(LONGEST_LOOKED_AT, 2 * longest));
        String clean = withoutShapes(known.substring(0, known.length() - more));
        int characters = clean.length() + more;
        // A text from outside with the same ending is not taken for a result if its escapes would make it longer.
        if (more == 0 && isCut(clean, longest) && inOneLine(clean).equals(clean)) {
            return clean;
        }
        String line = inOneLine(clean.length() > longest ? clean.substring(0, longest) : clean);
        return line.length() <= longest && characters <= longest ? line : cut(line, longest, characters);
    }

    /**
     * The text of the user, with its line breaks: without credentials, and short enough for a header; null stays null.
     */
    public static String header(String text) {
        String clean = Secrets.redact(text);
        return clean == null || clean.length() <= LONGEST || isCut(clean, LONGEST)
                ? clean
                : cut(clean, LONGEST, clean.length());
    }

    /** The address that a route uses: in one line, and without keys; otherwise unchanged. Null stays null. */
    public static String address(String address) {
        return address == null ? null : inOneLine(Secrets.address(address));
    }

    /**
     * Whether a text can be used and shown as an id: visible ASCII characters, at most 1,000, and without credentials.
     */
    public static boolean isId(String text) {
        return ID.matcher(text).matches() && Secrets.address(text).equals(text);
    }

    private static String withoutShapes(String text) {
        String clean = plain(text);
        for (Shape shape : SHAPES) {
            clean = shape.pattern().matcher(clean).replaceAll(shape.replacement());
        }
        return clean;
    }

    /** Undoes escapes of letters and digits, which nobody needs except to hide them. */
    private static String plain(String text) {
        String plain = text;
        String before = null;
        for (int i = 0; i < MOST_ESCAPED && !plain.equals(before); i++) {
            before = plain;
            plain = ESCAPED.matcher(plain).replaceAll(OutsideText::plain);
        }
        return plain;
    }

    private static String plain(MatchResult escaped) {
        int unit = escaped.group(HEX) == null
                ? Integer.parseInt(escaped.group(DECIMAL))
                : Integer.parseInt(escaped.group(HEX), 16);
        boolean letter = unit < 0x80 && (Character.isLetterOrDigit(unit) || ".-_".indexOf(unit) >= 0);
        return letter ? String.valueOf((char) unit) : Matcher.quoteReplacement(escaped.group());
    }

    private static boolean isCut(String text, int longest) {
        return text.length() > longest
                && text.length() <= longest + LONGEST_END
                && CUT.matcher(text).find();
    }

    private static String cut(String text, int longest, int characters) {
        int end = Math.min(text.length(), longest);
        // Not within a surrogate pair.
        end = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        return text.substring(0, end) + "… (" + characters + " characters)";
    }

    private static String inOneLine(String text) {
        StringBuilder line = null;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (isPlain(unit)) {
                if (line != null) {
                    line.append(unit);
                }
                continue;
            }
            line = line == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : line;
            line.append(escaped(unit));
        }
        return line == null ? text : line.toString();
    }

    private static boolean isPlain(char unit) {
        return switch (Character.getType(unit)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escaped(char unit) {
        return switch (unit) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) unit);
        };
    }
}
