package io.github.camelgemini.image.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The list prices of a model that is billed by the picture, in US dollars. Tokens cost nothing beside it.
 *
 * @param images one picture in the answer, by its size
 * @param perReference each picture that is sent
 * @param perSearch each search
 * @param provenance where this is from
 */
public record PicturePrices(
        Map<ImageSize, BigDecimal> images, BigDecimal perReference, BigDecimal perSearch, Provenance provenance)
        implements Prices {

    /** Copies the map. */
    public PicturePrices {
        images = Map.copyOf(images);
    }

    @Override
    public Optional<BigDecimal> perImage(ImageSize size) {
        return Optional.ofNullable(images.get(size)).map(Prices::rounded);
    }

    /**
     * Estimates what a call costs: its pictures, what was sent for them, and its searches. A call without pictures costs nothing.
     *
     * @param consumption what was used; the size of its pictures must be given
     * @return US dollars, six decimals; empty when the size has no known price
     */
    @Override
    public Optional<BigDecimal> cost(Consumption consumption) {
        if (consumption.images() == 0) {
            return Optional.of(Prices.rounded(BigDecimal.ZERO));
        }
        return consumption
                .size()
                .map(images::get)
                .map(price -> Prices.rounded(times(price, consumption.images())
                        .add(times(perReference, consumption.references()))
                        .add(times(perSearch, consumption.searches()))));
    }

    private static BigDecimal times(BigDecimal price, int count) {
        return price.multiply(BigDecimal.valueOf(count));
    }
}
