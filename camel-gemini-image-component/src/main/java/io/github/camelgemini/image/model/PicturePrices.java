package io.github.camelgemini.image.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The list prices of a model that is billed by the picture, in US dollars. Tokens are not billed.
 *
 * @param images price of a picture in the answer, by its size
 * @param perReference price of each picture that is sent
 * @param perSearch price of each search
 * @param provenance source of these prices
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
     * Estimates the cost of a call: its pictures, its reference images, and its searches. A call without pictures costs
     * nothing.
     *
     * @param consumption of the call; the size of its pictures must be set
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
