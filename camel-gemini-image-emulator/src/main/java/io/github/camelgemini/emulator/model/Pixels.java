package io.github.camelgemini.emulator.model;

/**
 * Width and height of a picture.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Pixels(int width, int height) {

    /** Checks the sides. */
    public Pixels {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A picture needs at least one pixel: " + width + "x" + height);
        }
    }

    /** Reads text such as {@code 1024x768}. */
    static Pixels parse(String text) {
        int x = text.indexOf('x');
        return new Pixels(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
    }

    /** Width divided by height. */
    public double ratio() {
        return (double) width / height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
