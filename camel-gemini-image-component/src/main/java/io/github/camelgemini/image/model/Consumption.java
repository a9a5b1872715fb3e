package io.github.camelgemini.image.model;

import java.util.Optional;

/**
 * What there is to pay for: the tokens of a call and what else its price depends on.
 *
 * @param usage tokens as the API counted them
 * @param images pictures in the answer; matters only where {@code usage} does not say how many tokens they were
 * @param size of these pictures; empty means the model's default
 * @param references pictures that were sent; matters only where each has a price of its own
 * @param searches search queries that the model made for grounding, web and pictures together
 * @param tier the tier that served the call
 * @param batch whether it was part of a batch job, whose discount replaces that of the tier
 */
public record Consumption(
        Usage usage,
        int images,
        Optional<ImageSize> size,
        int references,
        int searches,
        ServiceTier tier,
        boolean batch) {

    /** @throws IllegalArgumentException when a count is negative */
    public Consumption {
        if (images < 0 || references < 0 || searches < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }

    /**
     * An ordinary call without grounding.
     *
     * @param usage its tokens
     * @return no pictures, standard tier
     */
    public static Consumption of(Usage usage) {
        return new Consumption(usage, 0, Optional.empty(), 0, 0, ServiceTier.STANDARD, false);
    }

    /**
     * The same with pictures.
     *
     * @param count how many
     * @param imageSize their size, or null for the model's default
     * @return a copy
     */
    public Consumption withImages(int count, ImageSize imageSize) {
        return new Consumption(usage, count, Optional.ofNullable(imageSize), references, searches, tier, batch);
    }

    /**
     * The same with reference pictures.
     *
     * @param count how many were sent
     * @return a copy
     */
    public Consumption withReferences(int count) {
        return new Consumption(usage, images, size, count, searches, tier, batch);
    }

    /**
     * The same with grounding.
     *
     * @param count search queries
     * @return a copy
     */
    public Consumption withSearches(int count) {
        return new Consumption(usage, images, size, references, count, tier, batch);
    }

    /**
     * The same on another tier.
     *
     * @param serviceTier the tier that served it
     * @return a copy
     */
    public Consumption withTier(ServiceTier serviceTier) {
        return new Consumption(usage, images, size, references, searches, serviceTier, batch);
    }

    /**
     * The same in a batch job.
     *
     * @return a copy
     */
    public Consumption inBatch() {
        return new Consumption(usage, images, size, references, searches, tier, true);
    }
}
