package io.github.camelgemini.examples.emaileditor;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws photographs of imaginary hills. */
final class Photographs {

    private static final int RIDGES = 5;

    private Photographs() {}

    /**
     * A JPEG of this size; the same number gives the same picture.
     *
     * @param number determines the time of day and the hills
     */
    static byte[] take(int number, int width, int height) {
        Random random = new Random(number);
        float hue = random.nextFloat();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(0, 0, Color.getHSBColor(hue, 0.5f, 0.85f), 0, height, new Color(0xFFF1D6)));
        g.fillRect(0, 0, width, height);
        double sun = height / 7.0;
        g.setPaint(new Color(0xFFF8E0));
        g.fill(new Ellipse2D.Double(width * (0.15 + 0.6 * random.nextDouble()), height * 0.15, sun, sun));
        for (int ridge = 1; ridge <= RIDGES; ridge++) {
            g.setPaint(Color.getHSBColor(hue, 0.25f + 0.1f * ridge, 0.8f - 0.13f * ridge));
            g.fill(ridge(random, ridge, width, height));
        }
        g.dispose();
        try (ByteArrayOutputStream jpeg = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpeg", jpeg);
            return jpeg.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path2D ridge(Random random, int number, int width, int height) {
        double base = height * (0.3 + 0.12 * number);
        double phase = random.nextDouble() * Math.PI * 2;
        Path2D line = new Path2D.Double();
        line.moveTo(0, height);
        for (int x = 0; x <= width; x += 2) {
            double along = x * Math.PI * 2 / width;
            line.lineTo(
                    x, base + height * (0.06 * Math.sin(along + phase) + 0.025 * Math.sin(along * 3.7 + phase * 2)));
        }
        line.lineTo(width, height);
        line.closePath();
        return line;
    }
}
