package io.github.camelgemini.image.model;

import java.io.Serializable;

/**
 * The data of a request without which its answer cannot be read or priced. Small and serializable, so that it can be
 * stored with a batch.
 *
 * @param model as in the request
 * @param size of the pictures; null for the model's default
 * @param references number of pictures that are sent
 * @param tier the requested service tier
 * @param batch whether the request is part of a batch
 */
public record Asked(String model, ImageSize size, int references, ServiceTier tier, boolean batch)
        implements Serializable {

    /**
     * The same data as part of a batch.
     *
     * @return a copy
     */
    public Asked inBatch() {
        return new Asked(model, size, references, tier, true);
    }

    /**
     * What the answer consumed.
     *
     * @param usage tokens as the service counted them
     * @param images number of pictures in the answer
     * @return without grounding, on the requested tier
     */
    public Consumption consumption(Usage usage, int images) {
        Consumption consumption = Consumption.of(usage)
                .withImages(images, size)
                .withReferences(references)
                .withTier(tier);
        return batch ? consumption.inBatch() : consumption;
    }
}
