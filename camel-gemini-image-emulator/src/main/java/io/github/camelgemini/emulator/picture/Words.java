package io.github.camelgemini.emulator.picture;

/** Shortens texts for display. */
public final class Words {

    private Words() {}

    /**
     * The beginning of a text, followed by an ellipsis if the text is longer.
     *
     * @param letters largest length, without the ellipsis; the result ends after a word if possible
     */
    public static String shortened(String text, int letters) {
        if (text.length() <= letters) {
            return text;
        }
        int end = letters;
        while (end > letters / 2 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        if (end == letters / 2) {
            // One long word. Does not separate a surrogate pair.
            end = Character.isLowSurrogate(text.charAt(letters)) ? letters - 1 : letters;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
