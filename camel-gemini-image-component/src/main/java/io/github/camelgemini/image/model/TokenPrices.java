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
 * @param perThousandSearches per thousand search queries of grounding; empty when the model has none
 * @param batchFactor what token prices are multiplied by in batch jobs
 * @param tierFactors what token prices are multiplied by on a tier; 1 where none is given
 * @param provenance where this is from
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
     * Estimates what a call costs, from the tokens that the API counted:
     *
     * <ul>
     *   <li>prompt tokens at the input price, those of pictures at theirs;
     *   <li>picture tokens of the answer at the image price. Where the API didn't say how many they are, as many as the
     *       pictures of this size usually have;
     *   <li>all other tokens of the answer, and thoughts (interim pictures among them), at the text price;
     *   <li>all of this times the factor of the tier or of the batch job;
     *   <li>each search at full price, as if the monthly free allowance were used up.
     * </ul>
     *
     * @param consumption what was used; its size must be given, or its usage say how many tokens the pictures are
     * @return US dollars, six decimals; empty when pictures were made whose tokens are unknown
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
