package io.github.camelgemini.emulator.picture;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Draws letters from its own outlines, because {@code java.awt.Font} fails without fontconfig or FreeType, for example
 * in slim server images. Covers Latin, Greek and Cyrillic; any other character becomes a box.
 */
final class Lettering {

    /** The distance between the lower edges of two lines, in ems. */
    static final double LINE_HEIGHT = 1.25;

    private static final double UNITS_PER_EM = 1000;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final int BOX = 0xFFFD;
    private static final Map<Integer, Letter> LETTERS = load();

    private record Letter(double advance, Shape outline) {}

    private Lettering() {}

    /** The width of a line of text, in ems. */
    static double width(String text) {
        return text.codePoints().mapToDouble(c -> letter(c).advance()).sum() / UNITS_PER_EM;
    }

    /** The outline of a line of text with its baseline starting at (x, y). */
    static Shape outline(String text, double x, double y, double em) {
        double scale = em / UNITS_PER_EM;
        Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(scale, scale);
        text.codePoints().forEach(c -> {
            Letter letter = letter(c);
            line.append(letter.outline().getPathIterator(place), false);
            place.translate(letter.advance(), 0);
        });
        return line;
    }

    /** Breaks text into lines of this width in ems; a single word that is wider is broken. */
    static List<String> wrap(String text, double ems) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : WHITE_SPACE.split(text.strip(), -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer) <= ems) {
                line.replace(0, line.length(), longer);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            for (int c : word.codePoints().toArray()) {
                if (!line.isEmpty() && width(line + Character.toString(c)) > ems) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.appendCodePoint(c);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** The width of the widest word of a text that is no wider than so many ems; 0 when there is none. */
    static double widestWord(String text, double ems) {
        return WHITE_SPACE
                .splitAsStream(text.strip())
                .mapToDouble(Lettering::width)
                .filter(width -> width <= ems)
                .max()
                .orElse(0);
    }

    private static Letter letter(int codePoint) {
        Letter letter = LETTERS.get(codePoint);
        return letter != null ? letter : LETTERS.get(BOX);
    }

    private static Map<Integer, Letter> load() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(Lettering.class.getResourceAsStream("letters.txt"), StandardCharsets.US_ASCII))) {
            Map<Integer, Letter> letters = new HashMap<>();
            in.lines().map(line -> line.split(" ", -1)).forEach(words -> {
                int codePoint = Integer.parseInt(words[0], 16);
                letters.put(codePoint, new Letter(Double.parseDouble(words[1]), path(words)));
            });
            return letters;
        } catch (IOException e) {
            throw new UncheckedIOException("letters.txt of the emulator cannot be read", e);
        }
    }

    private static Shape path(String[] words) {
        Path2D path = new Path2D.Float(Path2D.WIND_NON_ZERO);
        for (int i = 2; i < words.length; i++) {
            float[] at = numbers(words[i].substring(1));
            switch (words[i].charAt(0)) {
                case 'M' -> path.moveTo(at[0], at[1]);
                case 'L' -> path.lineTo(at[0], at[1]);
                case 'Q' -> path.quadTo(at[0], at[1], at[2], at[3]);
                case 'Z' -> path.closePath();
                default -> throw new IllegalStateException("letters.txt holds an unknown command: " + words[i]);
            }
        }
        return path;
    }

    private static float[] numbers(String list) {
        if (list.isEmpty()) {
            return new float[0];
        }
        String[] texts = list.split(",", -1);
        float[] numbers = new float[texts.length];
        for (int i = 0; i < texts.length; i++) {
            numbers[i] = Float.parseFloat(texts[i]);
        }
        return numbers;
    }
}
