package io.github.camelgemini.image.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The list prices of a model that is billed by tokens, in US dollars.
 *
 * @param input per million tokens sent, text
 * @param imageInput per million tokens sent, pictures
 * @param textOutput per million tokens of text and thoughts in the answer
 * @param imageOutput per million tokens of pictures in the answer
 * @param tokensPerImage tokens of one picture in the answer, by its size
 * @param perThousandSearches per thousand grounding queries; empty when the model has no grounding
 * @param batchFactor factor for token prices in batches
 * @param tierFactors factor for token prices by service tier; 1 where none is given
 * @param provenance source of these prices
 */
public record TokenPrices(
        BigDecimal input,
        BigDecimal imageInput,
        BigDecimal textOutput,
        BigDecimal imageOutput,
        Map<ImageSize, Integer> tokensPerImage,
        Optional<BigDecimal> perThousandSearches,
        BigDecimal batchFactor,
        Map<ServiceTier, BigDecimal> tierFactors,
        Provenance provenance)
        implements Prices {

    /** Copies the maps. */
    public TokenPrices {
        tokensPerImage = Map.copyOf(tokensPerImage);
        tierFactors = Map.copyOf(tierFactors);
    }

    @Override
    public Optional<BigDecimal> perImage(ImageSize size) {
        return Optional.ofNullable(tokensPerImage.get(size))
                .map(tokens -> Prices.rounded(perMillion(tokens, imageOutput)));
    }

    /**
     * Estimates the cost of a call from the tokens that the API counted:
     *
     * <ul>
     * <li>Prompt tokens cost the input price; those of pictures cost the price of picture input.
     * <li>Picture tokens of the answer cost the image price. If the API didn't count them, the usual number for
     * pictures of this size is used.
     * <li>All other tokens of the answer, and thoughts with their interim pictures, cost the text price.
     * <li>All of this is multiplied by the factor of the tier or the batch.
     * <li>Each search costs the full price, as if the monthly free allowance were used up.
     * </ul>
     *
     * @param consumption of the call; needs a size, or a usage with the picture tokens
     * @return US dollars, six decimals; empty when the number of picture tokens is unknown
     */
    @Override
    public Optional<BigDecimal> cost(Consumption consumption) {
        Optional<Integer> imageTokens = imageTokens(consumption);
        if (imageTokens.isEmpty()) {
            return Optional.empty();
        }
        Usage usage = consumption.usage();
        int imagesIn = Math.min(usage.promptImageTokens(), usage.promptTokens());
        int imagesOut = imageTokens.get();
        int textOut = Math.max(0, usage.outputTokens() - imagesOut) + usage.thoughtTokens();
        BigDecimal tokens = perMillion(usage.promptTokens() - imagesIn, input)
                .add(perMillion(imagesIn, imageInput))
                .add(perMillion(textOut, textOutput))
                .add(perMillion(imagesOut, imageOutput));
        BigDecimal searches = perThousandSearches
                .orElse(BigDecimal.ZERO)
                .multiply(BigDecimal.valueOf(consumption.searches()))
                .movePointLeft(3);
        return Optional.of(Prices.rounded(tokens.multiply(factor(consumption)).add(searches)));
    }

    private Optional<Integer> imageTokens(Consumption consumption) {
        int counted = consumption.usage().outputImageTokens();
        if (counted > 0 || consumption.images() == 0) {
            return Optional.of(counted);
        }
        return consumption.size().map(tokensPerImage::get).map(tokens -> tokens * consumption.images());
    }

    private BigDecimal factor(Consumption consumption) {
        return consumption.batch() ? batchFactor : tierFactors.getOrDefault(consumption.tier(), BigDecimal.ONE);
    }

    private static BigDecimal perMillion(int tokens, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }
}
