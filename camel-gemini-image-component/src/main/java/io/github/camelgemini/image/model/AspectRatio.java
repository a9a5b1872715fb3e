package io.github.camelgemini.image.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a picture, width to height, as the API names it. It is not reduced: the API knows {@code 21:9}, but not
 * {@code 7:3}.
 *
 * @param width 1 to 9999; 0 in {@link #AUTO} only
 * @param height 1 to 9999; 0 in {@link #AUTO} only
 */
public record AspectRatio(int width, int height) {
    private static final int MAX = 9999;
    private static final String AUTO_NAME = "auto";

    /** The ratio nearest to the first reference image. It is resolved before a request is sent. */
    public static final AspectRatio AUTO = new AspectRatio(0, 0);

    private static final Pattern SPELLING = Pattern.compile("\\s*(\\d{1,4})\\s*[:/xX×]\\s*(\\d{1,4})\\s*");

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException when a side is out of range
     */
    public AspectRatio {
        boolean auto = width == 0 && height == 0;
        if (!auto && (width < 1 || height < 1 || width > MAX || height > MAX)) {
            throw new IllegalArgumentException("must be width:height with both from 1 to " + MAX);
        }
    }

    /**
     * Reads a ratio.
     *
     * @param text such as {@code 16:9}, also {@code 16/9} and {@code 16x9}
     * @return the ratio
     * @throws IllegalArgumentException when the text is anything else; the message completes "aspectRatio 'x' …"
     */
    public static AspectRatio parse(String text) {
        Matcher matcher = SPELLING.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be width:height, for example 16:9");
        }
        return new AspectRatio(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Finds the ratio that needs the least change of a picture. Cropping and padding count the same.
     *
     * @param width of the picture in pixels, more than 0
     * @param height of the picture in pixels, more than 0
     * @param candidates the ratios to choose from; of two equally near ones the first wins
     * @return one of the candidates
     * @throws IllegalArgumentException when there is no candidate, or a side is not positive
     */
    public static AspectRatio nearest(int width, int height, Collection<AspectRatio> candidates) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("must have a width and a height of at least one pixel");
        }
        // Logarithms, so that 2:1 is as far from 1:1 as 1:2 is.
        double wanted = Math.log((double) width / height);
        return candidates.stream()
                .min(Comparator.comparingDouble(ratio -> Math.abs(Math.log(ratio.value()) - wanted)))
                .orElseThrow(() -> new IllegalArgumentException("must have a ratio to choose from"));
    }

    /**
     * The ratio as a number.
     *
     * @return width divided by height
     */
    public double value() {
        return (double) width / height;
    }

    /** Whether this is {@link #AUTO}. */
    public boolean isAuto() {
        return width == 0;
    }

    /** The name that the API uses, for example {@code 16:9}. */
    @Override
    public String toString() {
        return isAuto() ? AUTO_NAME : width + ":" + height;
    }
}
