package io.github.camelgemini.examples.batch;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Draws the photographs of the sample products, which would be megabytes to ship. The file name says what to draw:
 * {@code mug-e4572e.jpg} is a mug of that colour on a table. Not needed for your own photographs.
 */
final class SamplePhotographs {

    private static final Pattern NAME = Pattern.compile("([a-z]+)-([0-9a-f]{6})\\.jpg");
    private static final int SIZE = 640;

    private SamplePhotographs() {}

    /** Draws missing photographs for products with such a file name. */
    static void drawMissing(Iterable<Product> products, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Product product : products) {
            Path file = folder.resolve(product.photograph());
            Matcher name = NAME.matcher(product.photograph());
            if (name.matches() && !Files.exists(file)) {
                Path part = folder.resolve("." + product.photograph());
                ImageIO.write(draw(name.group(1), Color.decode("#" + name.group(2))), "jpg", part.toFile());
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static BufferedImage draw(String kind, Color colour) {
        BufferedImage photograph = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = photograph.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        table(g, new Random(31L * kind.hashCode() + colour.getRGB()));
        switch (kind) {
            case "mug" -> mug(g, colour);
            case "vase" -> vase(g, colour);
            case "lamp" -> lamp(g, colour);
            case "chair" -> chair(g, colour);
            case "clock" -> clock(g, colour);
            case "bag" -> bag(g, colour);
            case "book" -> book(g, colour);
            case "bottle" -> bottle(g, colour);
            case "cushion" -> cushion(g, colour);
            default -> teapot(g, colour);
        }
        g.dispose();
        return photograph;
    }

    /** A wall and a table in the light of a kitchen: a background that the catalogue should replace. */
    private static void table(Graphics2D g, Random random) {
        Color wall = Color.getHSBColor(random.nextFloat(), 0.10f, 0.72f + 0.12f * random.nextFloat());
        g.setPaint(new GradientPaint(0, 0, wall.brighter(), SIZE, 430, wall));
        g.fillRect(0, 0, SIZE, SIZE);
        Color wood = Color.getHSBColor(0.07f + 0.03f * random.nextFloat(), 0.45f, 0.45f + 0.25f * random.nextFloat());
        g.setPaint(new GradientPaint(0, 420, wood.darker(), 0, SIZE, wood));
        g.fillRect(0, 420, SIZE, SIZE);
        g.setColor(new Color(0, 0, 0, 28));
        for (int y = 440; y < SIZE; y += 22 + random.nextInt(20)) {
            g.drawLine(0, y, SIZE, y + random.nextInt(9) - 4);
        }
        g.setPaint(new RadialGradientPaint(
                320, 545, 230, new float[] {0, 1}, new Color[] {new Color(0, 0, 0, 110), new Color(0, 0, 0, 0)}));
        g.fill(new Ellipse2D.Double(90, 510, 460, 70));
    }

    private static void mug(Graphics2D g, Color colour) {
        g.setStroke(new BasicStroke(30));
        g.setColor(colour.darker());
        g.draw(new Ellipse2D.Double(395, 270, 130, 170));
        solid(g, new RoundRectangle2D.Double(180, 210, 260, 330, 70, 70), colour);
        solid(g, new Ellipse2D.Double(180, 190, 260, 70), colour.brighter());
        solid(g, new Ellipse2D.Double(200, 203, 220, 46), new Color(0x3b2415));
    }

    private static void vase(Graphics2D g, Color colour) {
        g.setStroke(new BasicStroke(7));
        for (int i = -2; i <= 2; i++) {
            g.setColor(new Color(0x4f7a3a));
            g.draw(curve(320, 260, 320 + i * 20, 180, 320 + i * 62, 90 + Math.abs(i) * 22));
            solid(
                    g,
                    new Ellipse2D.Double(292 + i * 62, 60 + Math.abs(i) * 22, 56, 56),
                    Color.getHSBColor(0.12f * (i + 2), 0.55f, 0.95f));
        }
        Path2D body = new Path2D.Double();
        body.moveTo(270, 230);
        body.curveTo(290, 330, 170, 370, 210, 490);
        body.quadTo(230, 545, 320, 545);
        body.quadTo(410, 545, 430, 490);
        body.curveTo(470, 370, 350, 330, 370, 230);
        body.closePath();
        solid(g, body, colour);
        solid(g, new Ellipse2D.Double(268, 216, 104, 28), colour.darker());
    }

    private static void lamp(Graphics2D g, Color colour) {
        g.setPaint(new RadialGradientPaint(320, 250, 300, new float[] {0, 1}, new Color[] {
            new Color(255, 236, 170, 170), new Color(255, 236, 170, 0)
        }));
        g.fillRect(0, 0, SIZE, SIZE);
        solid(g, new Rectangle2D.Double(309, 290, 22, 240), new Color(0x8a7a5c));
        solid(g, new Ellipse2D.Double(220, 510, 200, 44), new Color(0x6f6148));
        solid(g, polygon(230, 110, 410, 110, 480, 320, 160, 320), colour);
        solid(g, new Ellipse2D.Double(160, 305, 320, 30), new Color(0xfff1c4));
    }

    private static void chair(Graphics2D g, Color colour) {
        Color wood = new Color(0x9b6b3f);
        solid(g, polygon(205, 380, 230, 380, 212, 560, 192, 560), wood);
        solid(g, polygon(415, 380, 440, 380, 452, 560, 432, 560), wood);
        solid(g, polygon(265, 380, 283, 380, 275, 520, 260, 520), wood.darker());
        solid(g, polygon(360, 380, 378, 380, 384, 520, 369, 520), wood.darker());
        solid(g, new RoundRectangle2D.Double(205, 110, 235, 240, 90, 90), colour);
        solid(g, new RoundRectangle2D.Double(180, 330, 285, 70, 60, 60), colour.brighter());
    }

    private static void clock(Graphics2D g, Color colour) {
        solid(g, new Ellipse2D.Double(150, 150, 340, 340), colour);
        solid(g, new Ellipse2D.Double(185, 185, 270, 270), new Color(0xfdfaf2));
        g.setColor(new Color(0x333333));
        g.setStroke(new BasicStroke(8, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int hour = 0; hour < 12; hour++) {
            double angle = Math.toRadians(hour * 30);
            g.draw(curve(
                    320 + 112 * Math.sin(angle),
                    320 - 112 * Math.cos(angle),
                    320 + 115 * Math.sin(angle),
                    320 - 115 * Math.cos(angle),
                    320 + 120 * Math.sin(angle),
                    320 - 120 * Math.cos(angle)));
        }
        g.draw(polygon(320, 320, 270, 270));
        g.draw(polygon(320, 320, 390, 250));
        solid(g, polygon(210, 470, 240, 485, 215, 550, 190, 545), colour.darker());
        solid(g, polygon(430, 470, 400, 485, 425, 550, 450, 545), colour.darker());
    }

    private static void bag(Graphics2D g, Color colour) {
        g.setStroke(new BasicStroke(20));
        g.setColor(colour.darker());
        g.draw(new Ellipse2D.Double(245, 120, 150, 240));
        solid(g, polygon(185, 250, 455, 250, 495, 545, 145, 545), colour);
        solid(g, polygon(185, 250, 455, 250, 462, 330, 178, 330), colour.darker());
        solid(g, new RoundRectangle2D.Double(296, 310, 48, 40, 14, 14), new Color(0xd8b45a));
    }

    private static void book(Graphics2D g, Color colour) {
        solid(g, polygon(195, 165, 440, 145, 472, 520, 232, 548), new Color(0xf4efe2));
        solid(g, polygon(180, 160, 425, 140, 457, 515, 217, 543), colour);
        solid(g, polygon(180, 160, 205, 158, 242, 541, 217, 543), colour.darker());
        solid(g, polygon(250, 225, 400, 213, 405, 262, 254, 274), new Color(0xf4efe2));
        solid(g, new Ellipse2D.Double(285, 325, 110, 110), colour.brighter());
    }

    private static void bottle(Graphics2D g, Color colour) {
        solid(g, new RoundRectangle2D.Double(290, 85, 60, 60, 16, 16), new Color(0x3d3d3d));
        Path2D body = new Path2D.Double();
        body.moveTo(295, 140);
        body.curveTo(295, 240, 220, 230, 220, 310);
        body.lineTo(220, 515);
        body.quadTo(220, 550, 260, 550);
        body.lineTo(380, 550);
        body.quadTo(420, 550, 420, 515);
        body.lineTo(420, 310);
        body.curveTo(420, 230, 345, 240, 345, 140);
        body.closePath();
        solid(g, body, colour);
        solid(g, new Rectangle2D.Double(220, 345, 200, 120), new Color(0xfdfaf2));
        solid(g, new Ellipse2D.Double(285, 370, 70, 70), colour.darker());
    }

    private static void cushion(Graphics2D g, Color colour) {
        Path2D body = new Path2D.Double();
        body.moveTo(130, 200);
        body.quadTo(320, 245, 510, 200);
        body.quadTo(470, 370, 510, 545);
        body.quadTo(320, 500, 130, 545);
        body.quadTo(170, 370, 130, 200);
        solid(g, body, colour);
        g.setClip(body);
        g.setColor(new Color(255, 255, 255, 90));
        g.setStroke(new BasicStroke(14));
        for (int x = -400; x < 700; x += 62) {
            g.draw(polygon(x, 620, x + 420, 140));
        }
        g.setClip(null);
    }

    private static void teapot(Graphics2D g, Color colour) {
        g.setStroke(new BasicStroke(24));
        g.setColor(colour.darker());
        g.draw(new Ellipse2D.Double(400, 300, 130, 150));
        solid(g, polygon(205, 400, 95, 285, 130, 270, 240, 340), colour.darker());
        solid(g, new Ellipse2D.Double(170, 250, 290, 290), colour);
        solid(g, new Ellipse2D.Double(240, 235, 150, 46), colour.brighter());
        solid(g, new Ellipse2D.Double(298, 198, 36, 42), colour.darker());
    }

    /** Lit from the upper left. */
    private static void solid(Graphics2D g, Shape shape, Color colour) {
        Rectangle2D box = shape.getBounds2D();
        g.setPaint(colour);
        g.fill(shape);
        g.setPaint(new GradientPaint(
                (float) box.getMinX(),
                (float) box.getMinY(),
                new Color(255, 255, 255, 95),
                (float) box.getMaxX(),
                (float) box.getMaxY(),
                new Color(0, 0, 0, 95)));
        g.fill(shape);
    }

    private static Path2D polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        if (points.length > 4) {
            path.closePath();
        }
        return path;
    }

    private static Path2D curve(double x1, double y1, double cx, double cy, double x2, double y2) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.quadTo(cx, cy, x2, y2);
        return path;
    }
}
