package io.github.camelgemini.image.error;

/** Text of others as far as it fits into messages, log lines and headers. */
public final class Excerpt {

    /** Of one text, in characters. */
    public static final int LONGEST = 2_000;

    private Excerpt() {}

    /** The text if it has no more than {@link #LONGEST} characters, else its beginning; null stays null. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    static String of(String text, int longest) {
        if (text == null || text.length() <= longest) {
            return text;
        }
        // Not between the two halves of one character.
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + " …";
    }
}
