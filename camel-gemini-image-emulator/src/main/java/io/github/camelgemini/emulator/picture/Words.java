package io.github.camelgemini.emulator.picture;

/** Shortens texts for people to read. */
public final class Words {

    private Words() {}

    /**
     * The beginning of a text, with an ellipsis when it is not all of it.
     *
     * @param letters at most so many, without the ellipsis; the text ends after a word where there is one to end after
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
            // One long word; but both halves of a letter beyond 16 bits.
            end = Character.isLowSurrogate(text.charAt(letters)) ? letters - 1 : letters;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
