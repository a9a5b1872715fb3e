package io.github.camelgemini.image.model;

import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** The file format of a generated picture. */
public enum OutputFormat implements WireName {
    /** Lossless; the format of Gemini 2.5. */
    PNG("image/png", "png"),
    /** Lossy; the format of Gemini 3 on the Developer API. */
    JPEG("image/jpeg", "jpg"),
    /** Smaller than JPEG, and usually lossy. No model makes it, so the component always converts to it. */
    WEBP("image/webp", "webp");

    private static final Choices<OutputFormat> CHOICES = new Choices<>(
            values(), format -> format.name().toLowerCase(Locale.ROOT), Map.of("jpg", JPEG, "image/jpg", JPEG));

    private final String mimeType;
    private final String extension;

    OutputFormat(String mimeType, String extension) {
        this.mimeType = mimeType;
        this.extension = extension;
    }

    /**
     * The media type, which is also the wire name.
     *
     * @return {@code image/png}, {@code image/jpeg} or {@code image/webp}
     */
    public String mimeType() {
        return mimeType;
    }

    /**
     * The usual file name extension.
     *
     * @return without the dot: {@code png}, {@code jpg} or {@code webp}
     */
    public String extension() {
        return extension;
    }

    /**
     * Checks that this JVM can write the format: PNG and JPEG always, WebP with an ImageIO plugin.
     *
     * @throws IllegalArgumentException when it cannot; the message completes "outputFormat 'x' …"
     */
    public void checkWritable() {
        if (!ImageIO.getImageWritersByMIMEType(mimeType).hasNext()) {
            throw new IllegalArgumentException(
                    "needs an ImageIO plug-in that writes it, but none is on the class path. Add the dependency"
                            + " com.github.usefulness:webp-imageio, or use png or jpeg");
        }
    }

    @Override
    public String wireName() {
        return mimeType;
    }

    /**
     * Reads a format.
     *
     * @param text {@code png}, {@code jpeg}, {@code jpg}, {@code webp} or the media type, in any case
     * @return the format
     * @throws IllegalArgumentException when the text is anything else; the message completes "outputFormat 'x' …"
     */
    public static OutputFormat parse(String text) {
        return CHOICES.parse(text);
    }
}
