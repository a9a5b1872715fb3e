package io.github.camelgemini.image.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The price of a model in US dollars, without taxes, volume discounts or free allowances. Google bills tokens, some
 * other services bill pictures.
 */
public sealed interface Prices permits TokenPrices, PicturePrices {

    /**
     * The price of one picture in the answer, on the standard tier.
     *
     * @param size its size
     * @return US dollars, six decimals; empty when the size has no known price
     */
    Optional<BigDecimal> perImage(ImageSize size);

    /**
     * Estimates the cost of a call.
     *
     * @param consumption of the call
     * @return US dollars, six decimals; empty when the price of its pictures is unknown
     */
    Optional<BigDecimal> cost(Consumption consumption);

    /** The source of these prices. */
    Provenance provenance();

    /** Rounds to six decimals, as all amounts are given. */
    static BigDecimal rounded(BigDecimal dollars) {
        return dollars.setScale(6, RoundingMode.HALF_UP);
    }
}
