package io.github.camelgemini.emulator.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Paints a drawing: a landscape in colours that depend on the prompt, the reference pictures as tiles, and the prompt.
 */
final class Painter {

    private static final Color INK = Color.WHITE;
    private static final int MAX_LETTERS = 600;
    private static final double SMALLEST = 4;
    private static final double SMALLEST_FOR_A_WORD = 0.25;

    private final Drawing drawing;
    private final double width;
    private final double height;
    private final double unit;
    private final SplittableRandom random;
    private final float hue;

    private Painter(Drawing drawing) {
        this.drawing = drawing;
        this.width = drawing.pixels().width();
        this.height = drawing.pixels().height();
        this.unit = Math.min(width, height) / 100;
        // String.hashCode is specified, so the same prompt looks the same on every Java version.
        this.random = new SplittableRandom(drawing.text().hashCode() * 31L + drawing.variation());
        this.hue = (float) random.nextDouble();
    }

    static BufferedImage paint(Drawing drawing) {
        BufferedImage image =
                new BufferedImage(drawing.pixels().width(), drawing.pixels().height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        new Painter(drawing).paint(g);
        g.dispose();
        return image;
    }

    private void paint(Graphics2D g) {
        sky(g);
        for (int i = 0; i < 4; i++) {
            hill(g, i);
        }
        double margin = 7 * unit;
        Rectangle2D free = new Rectangle2D.Double(margin, margin, width - 2 * margin, height - 2 * margin - 5 * unit);
        if (!drawing.tiles().isEmpty()) {
            boolean wide = width > 2.2 * height;
            Rectangle2D tiles = wide
                    ? new Rectangle2D.Double(free.getX(), free.getY(), free.getWidth() / 2, free.getHeight())
                    : new Rectangle2D.Double(free.getX(), free.getY(), free.getWidth(), free.getHeight() * 0.55);
            tiles(g, tiles);
            double gap = 4 * unit;
            free = wide
                    ? rectangle(tiles.getMaxX() + gap, free.getY(), free.getMaxX(), free.getMaxY())
                    : rectangle(free.getX(), tiles.getMaxY() + gap, free.getMaxX(), free.getMaxY());
        }
        prompt(g, free);
        footer(g);
    }

    private void sky(Graphics2D g) {
        float horizon = (float) (height * 0.75);
        g.setPaint(new GradientPaint(0, 0, colour(0, 0.65, 0.38), horizon / 5, horizon, colour(0.12, 0.5, 0.85)));
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        double sun = unit * (16 + random.nextInt(12));
        double x = width * (0.55 + 0.35 * random.nextDouble());
        double y = height * (0.12 + 0.2 * random.nextDouble());
        for (int ring = 4; ring >= 0; ring--) {
            double radius = sun * (1 + 0.45 * ring);
            g.setColor(translucent(colour(0.14, 0.25, 1), ring == 0 ? 200 : 22));
            g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }
    }

    private void hill(Graphics2D g, int depth) {
        double top = height * (0.5 + 0.13 * depth);
        double swing = height * 0.09;
        Path2D hill = new Path2D.Double();
        hill.moveTo(0, height);
        hill.lineTo(0, top + swing * (random.nextDouble() - 0.5));
        int waves = 2 + random.nextInt(2);
        for (int i = 0; i < waves; i++) {
            double from = width * i / waves;
            double step = width / waves;
            hill.curveTo(
                    from + step / 3,
                    top - swing * (0.4 + random.nextDouble()),
                    from + 2 * step / 3,
                    top + swing * (0.4 + random.nextDouble()),
                    from + step,
                    top + swing * (random.nextDouble() - 0.5));
        }
        hill.lineTo(width, height);
        hill.closePath();
        g.setPaint(new GradientPaint(
                0,
                (float) (top - swing),
                colour(0.04 * depth, 0.6, 0.66 - 0.12 * depth),
                0,
                (float) height,
                colour(0.04 * depth + 0.05, 0.7, 0.4 - 0.08 * depth)));
        g.fill(hill);
    }

    private void tiles(Graphics2D g, Rectangle2D area) {
        List<Drawing.Tile> tiles = drawing.tiles();
        double gap = 2.5 * unit;
        int columns = bestColumns(tiles.size(), area, gap);
        int rows = (tiles.size() + columns - 1) / columns;
        double cellWidth = (area.getWidth() - gap * (columns - 1)) / columns;
        double cellHeight = (area.getHeight() - gap * (rows - 1)) / rows;
        for (int i = 0; i < tiles.size(); i++) {
            Rectangle2D cell = new Rectangle2D.Double(
                    area.getX() + (i % columns) * (cellWidth + gap),
                    area.getY() + Math.floorDiv(i, columns) * (cellHeight + gap),
                    cellWidth,
                    cellHeight);
            tile(g, cell, i + 1, tiles.get(i));
        }
    }

    private static int bestColumns(int count, Rectangle2D area, double gap) {
        int best = 1;
        double bestSide = 0;
        for (int columns = 1; columns <= count; columns++) {
            int rows = (count + columns - 1) / columns;
            double side = Math.min(
                    (area.getWidth() - gap * (columns - 1)) / columns, (area.getHeight() - gap * (rows - 1)) / rows);
            if (side > bestSide) {
                bestSide = side;
                best = columns;
            }
        }
        return best;
    }

    private void tile(Graphics2D g, Rectangle2D cell, int number, Drawing.Tile tile) {
        BufferedImage thumbnail =
                tile.picture() == null ? null : Thumbnails.of(tile.picture()).orElse(null);
        double ratio = thumbnail == null ? 4.0 / 3 : (double) thumbnail.getWidth() / thumbnail.getHeight();
        double w = Math.min(cell.getWidth(), cell.getHeight() * ratio);
        double h = w / ratio;
        double x = cell.getCenterX() - w / 2;
        double y = cell.getCenterY() - h / 2;
        double frame = Math.max(1, 0.8 * unit);
        g.setColor(new Color(0, 0, 0, 70));
        g.fill(new Rectangle2D.Double(x + frame, y + frame, w + frame, h + frame));
        g.setColor(INK);
        g.fill(new Rectangle2D.Double(x - frame, y - frame, w + 2 * frame, h + 2 * frame));
        if (thumbnail != null) {
            g.drawImage(thumbnail, (int) x, (int) y, (int) Math.max(1, w), (int) Math.max(1, h), null);
        } else {
            g.setColor(colour(0.5, 0.15, 0.93));
            g.fill(new Rectangle2D.Double(x, y, w, h));
            g.setColor(colour(0.5, 0.6, 0.35));
            lines(g, tile.label(), new Rectangle2D.Double(x + w * 0.08, y + h * 0.3, w * 0.84, h * 0.6), h / 8, false);
        }
        badge(g, x, y, Math.max(3 * unit, Math.min(w, h) / 9), number);
    }

    private void badge(Graphics2D g, double x, double y, double radius, int number) {
        g.setColor(colour(0.5, 0.75, 0.45));
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        g.setColor(INK);
        g.setStroke(new BasicStroke((float) (radius / 7)));
        g.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        String text = String.valueOf(number);
        g.fill(Lettering.outline(text, x - Lettering.width(text) * radius / 2, y + radius * 0.37, radius));
    }

    private void prompt(Graphics2D g, Rectangle2D area) {
        lines(g, Words.shortened(drawing.text(), MAX_LETTERS), area, 11 * unit, true);
    }

    /** Writes text into an area, as large as it fits, up to a maximum in pixels. */
    private static void lines(Graphics2D g, String text, Rectangle2D area, double biggest, boolean light) {
        if (text.isBlank()) {
            return;
        }
        Text fitted = fit(text, area.getWidth(), area.getHeight(), biggest);
        double em = fitted.em();
        List<String> lines = fitted.lines();
        double y = area.getCenterY() - (lines.size() * Lettering.LINE_HEIGHT * em) / 2 + em * 0.97;
        for (String line : lines) {
            double x = area.getCenterX() - Lettering.width(line) * em / 2;
            if (light) {
                // White letters must also be readable on the sun.
                g.setColor(new Color(20, 20, 40, 120));
                g.setStroke(new BasicStroke((float) (em / 9), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                g.draw(Lettering.outline(line, x + em / 40, y + em / 40, em));
                g.setColor(INK);
            }
            g.fill(Lettering.outline(line, x, y, em));
            y += em * Lettering.LINE_HEIGHT;
        }
    }

    /**
     * The layout of a text.
     *
     * @param lines from top to bottom
     * @param em size of the letters
     */
    record Text(List<String> lines, double em) {}

    /** Lays out text, as large as it fits, up to a maximum in pixels. */
    static Text fit(String text, double width, double height, double biggest) {
        double em = sizeForWords(text, width, biggest);
        List<String> lines = Lettering.wrap(text, width / em);
        while (lines.size() * em * Lettering.LINE_HEIGHT > height && em > SMALLEST) {
            em *= 0.93;
            lines = Lettering.wrap(text, width / em);
        }
        return new Text(balanced(text, lines, width / em), em);
    }

    /** Letters become smaller before a word is broken, except for a URL that would become unreadable. */
    private static double sizeForWords(String text, double width, double biggest) {
        double widest = Lettering.widestWord(text, width / (biggest * SMALLEST_FOR_A_WORD));
        return Math.min(biggest, 0.999 * width / widest);
    }

    /** The same number of lines with more equal lengths, so that no word is alone. */
    private static List<String> balanced(String text, List<String> lines, double ems) {
        List<String> best = lines;
        double least = Math.max(Lettering.widestWord(text, ems), ems / 3);
        for (double narrower = ems * 0.97; narrower > least; narrower *= 0.97) {
            List<String> tried = Lettering.wrap(text, narrower);
            if (tried.size() > lines.size()) {
                break;
            }
            best = tried;
        }
        return best;
    }

    private void footer(Graphics2D g) {
        double em = Math.min(2.6 * unit, (width - 10 * unit) / Lettering.width(drawing.footer()));
        double bar = em * 2;
        double w = Lettering.width(drawing.footer()) * em + 2 * em;
        double x = (width - w) / 2;
        double y = height - bar - 2 * unit;
        g.setColor(new Color(0, 0, 0, 110));
        g.fill(new RoundRectangle2D.Double(x, y, w, bar, bar, bar));
        g.setColor(INK);
        g.fill(Lettering.outline(drawing.footer(), x + em, y + bar / 2 + em * 0.36, em));
    }

    private static Rectangle2D rectangle(double x1, double y1, double x2, double y2) {
        return new Rectangle2D.Double(x1, y1, x2 - x1, y2 - y1);
    }

    private Color colour(double hueShift, double saturation, double brightness) {
        return Color.getHSBColor(hue + (float) hueShift, (float) saturation, (float) Math.max(0, brightness));
    }

    private static Color translucent(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
