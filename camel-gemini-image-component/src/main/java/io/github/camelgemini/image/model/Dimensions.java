package io.github.camelgemini.image.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a picture in pixels.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record Dimensions(int width, int height) {
    private static final Pattern SPELLING = Pattern.compile("\\s*(\\d{1,6})\\s*[xX×]\\s*(\\d{1,6})\\s*");

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException when a side is not positive
     */
    public Dimensions {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("must have a width and a height of at least one pixel");
        }
    }

    /**
     * Reads a size.
     *
     * @param text such as {@code 1376x768}
     * @return the size
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Dimensions parse(String text) {
        Matcher matcher = SPELLING.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be width x height in pixels, for example 1376x768");
        }
        return new Dimensions(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** For people, for example {@code 1376×768}. */
    @Override
    public String toString() {
        return width + "×" + height;
    }
}
