package io.github.camelgemini.image.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a model costs in US dollars, without taxes, volume discounts or free allowances: by its tokens, as Google bills it, or by
 * the picture, as others do that sell it.
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
     * Estimates what a call costs.
     *
     * @param consumption what was used
     * @return US dollars, six decimals; empty when pictures were made whose price is unknown
     */
    Optional<BigDecimal> cost(Consumption consumption);

    /** Where this is from. */
    Provenance provenance();

    /** To the six decimals in which amounts are given. */
    static BigDecimal rounded(BigDecimal dollars) {
        return dollars.setScale(6, RoundingMode.HALF_UP);
    }
}
