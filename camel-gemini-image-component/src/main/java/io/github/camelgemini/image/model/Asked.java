package io.github.camelgemini.image.model;

import java.io.Serializable;

/**
 * What was asked, as far as the answer cannot be understood or priced without it. Small and serializable, so that it can be kept
 * beside what is drawn later.
 *
 * @param model as in the request
 * @param size of the pictures; null for the model's default
 * @param references pictures that are sent
 * @param tier that is asked for
 * @param batch whether it is part of a batch job
 */
public record Asked(String model, ImageSize size, int references, ServiceTier tier, boolean batch)
        implements Serializable {

    /**
     * The same as part of a batch job.
     *
     * @return a copy
     */
    public Asked inBatch() {
        return new Asked(model, size, references, tier, true);
    }

    /**
     * What there is to pay for.
     *
     * @param usage tokens as the service counted them
     * @param images pictures in the answer
     * @return without grounding, on the tier that was asked for
     */
    public Consumption consumption(Usage usage, int images) {
        Consumption consumption = Consumption.of(usage)
                .withImages(images, size)
                .withReferences(references)
                .withTier(tier);
        return batch ? consumption.inBatch() : consumption;
    }
}
