package io.github.camelgemini.image.model;

import java.util.Map;

/**
 * The size of a generated picture. Its pixels depend on the aspect ratio and the model, see {@link ModelSpec#pixels}.
 * Larger pictures cost more.
 */
public enum ImageSize implements WireName {
    /** About 512×512 pixels. */
    SIZE_512("512"),
    /** About 1024×1024 pixels; the default of every known model. */
    SIZE_1K("1K"),
    /** About 2048×2048 pixels. */
    SIZE_2K("2K"),
    /** About 4096×4096 pixels. */
    SIZE_4K("4K");

    private static final Choices<ImageSize> CHOICES =
            new Choices<>(values(), ImageSize::wireName, Map.of("0.5K", SIZE_512, "512px", SIZE_512, "512p", SIZE_512));

    private final String wireName;

    ImageSize(String wireName) {
        this.wireName = wireName;
    }

    /** {@inheritDoc} The documentation requires the upper-case {@code K}. */
    @Override
    public String wireName() {
        return wireName;
    }

    /**
     * Reads a size.
     *
     * @param text {@code 512}, {@code 1K}, {@code 2K} or {@code 4K} in any case; {@code 0.5K}, {@code 512px} and
     *     {@code 512P} are 512 too
     * @return the size
     * @throws IllegalArgumentException when the text is anything else; the message completes "imageSize 'x' …"
     */
    public static ImageSize parse(String text) {
        return CHOICES.parse(text);
    }
}
