package io.github.camelgemini.image.model;

import java.util.Optional;

/**
 * What a call consumed: its tokens, and everything else that the price depends on.
 *
 * @param usage tokens as the API counted them
 * @param images number of pictures in the answer; used only if {@code usage} has no token count for them
 * @param size of these pictures; empty means the model's default
 * @param references number of pictures that were sent; used only if each has a price of its own
 * @param searches number of grounding queries, web and image search together
 * @param tier the tier that served the call
 * @param batch whether the call was part of a batch, whose discount replaces that of the tier
 */
public record Consumption(
        Usage usage,
        int images,
        Optional<ImageSize> size,
        int references,
        int searches,
        ServiceTier tier,
        boolean batch) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException when a count is negative
     */
    public Consumption {
        if (images < 0 || references < 0 || searches < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }

    /**
     * The consumption of an ordinary call without grounding.
     *
     * @param usage its tokens
     * @return no pictures, standard tier
     */
    public static Consumption of(Usage usage) {
        return new Consumption(usage, 0, Optional.empty(), 0, 0, ServiceTier.STANDARD, false);
    }

    /**
     * The same consumption with pictures.
     *
     * @param count number of pictures
     * @param imageSize their size, or null for the model's default
     * @return a copy
     */
    public Consumption withImages(int count, ImageSize imageSize) {
        return new Consumption(usage, count, Optional.ofNullable(imageSize), references, searches, tier, batch);
    }

    /**
     * The same consumption with reference images.
     *
     * @param count number of pictures that were sent
     * @return a copy
     */
    public Consumption withReferences(int count) {
        return new Consumption(usage, images, size, count, searches, tier, batch);
    }

    /**
     * The same consumption with grounding.
     *
     * @param count number of search queries
     * @return a copy
     */
    public Consumption withSearches(int count) {
        return new Consumption(usage, images, size, references, count, tier, batch);
    }

    /**
     * The same consumption on another tier.
     *
     * @param serviceTier the tier that served it
     * @return a copy
     */
    public Consumption withTier(ServiceTier serviceTier) {
        return new Consumption(usage, images, size, references, searches, serviceTier, batch);
    }

    /**
     * The same consumption in a batch.
     *
     * @return a copy
     */
    public Consumption inBatch() {
        return new Consumption(usage, images, size, references, searches, tier, true);
    }
}
