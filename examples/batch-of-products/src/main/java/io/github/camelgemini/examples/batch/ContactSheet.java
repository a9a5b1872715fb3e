package io.github.camelgemini.examples.batch;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** All pictures of the catalogue on one sheet, in the order of the list. A missing picture is an empty frame. */
final class ContactSheet {

    private static final int TILE = 176;
    private static final int GAP = 14;
    private static final int CAPTION = 42;
    private static final int MARGIN = 48;
    private static final int TITLE = 96;
    private static final Color PAPER = new Color(0xfaf9f6);
    private static final Color INK = new Color(0x2b2b2b);
    private static final Color FAINT = new Color(0x8d8a83);

    private final Path catalogue;

    ContactSheet(Path catalogue) {
        this.catalogue = catalogue;
    }

    Path write(List<Product> products, String title, String subtitle) throws IOException {
        int columns = Math.max(5, (int) Math.ceil(Math.sqrt(products.size() * 2.0)));
        int rows = (products.size() + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                2 * MARGIN + columns * (TILE + GAP) - GAP,
                2 * MARGIN + TITLE + rows * (TILE + CAPTION + GAP) - GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setColor(PAPER);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        text(g, title, MARGIN, MARGIN + 34, new Font(Font.SANS_SERIF, Font.BOLD, 40), INK, sheet.getWidth());
        text(g, subtitle, MARGIN, MARGIN + 68, new Font(Font.SANS_SERIF, Font.PLAIN, 20), FAINT, sheet.getWidth());
        for (int i = 0; i < products.size(); i++) {
            int x = MARGIN + i % columns * (TILE + GAP);
            int y = MARGIN + TITLE + i / columns * (TILE + CAPTION + GAP);
            tile(g, products.get(i), x, y);
        }
        g.dispose();
        Path file = catalogue.resolve("contact-sheet.png");
        ImageIO.write(sheet, "png", file.toFile());
        return file;
    }

    private void tile(Graphics2D g, Product product, int x, int y) throws IOException {
        Path picture = catalogue.resolve(product.pictureName());
        if (Files.exists(picture)) {
            g.drawImage(read(picture), x, y, TILE, TILE, null);
        } else {
            g.setColor(new Color(0xefece5));
            g.fillRect(x, y, TILE, TILE);
            text(g, "no picture", x + 52, y + TILE / 2 + 5, new Font(Font.SANS_SERIF, Font.PLAIN, 14), FAINT, TILE);
        }
        text(g, product.sku(), x, y + TILE + 17, new Font(Font.SANS_SERIF, Font.BOLD, 13), INK, TILE);
        text(g, product.name(), x, y + TILE + 34, new Font(Font.SANS_SERIF, Font.PLAIN, 13), FAINT, TILE);
    }

    /** Reads only as many pixels as the sheet shows. */
    private static BufferedImage read(Path picture) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(picture.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            try {
                reader.setInput(in);
                ImageReadParam param = reader.getDefaultReadParam();
                int every = Math.max(1, reader.getWidth(0) / (2 * TILE));
                param.setSourceSubsampling(every, every, 0, 0);
                return reader.read(0, param);
            } finally {
                reader.dispose();
            }
        }
    }

    private static void text(Graphics2D g, String text, int x, int y, Font font, Color colour, int width) {
        g.setFont(font);
        g.setColor(colour);
        FontMetrics metrics = g.getFontMetrics();
        String fitting = text;
        while (metrics.stringWidth(fitting) > width && fitting.length() > 2) {
            fitting = fitting.substring(0, fitting.length() - 2).strip() + "…";
        }
        g.drawString(fitting, x, y);
    }
}
