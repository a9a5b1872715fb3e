package io.github.camelgemini.image.model;

import static io.github.camelgemini.image.model.ImageSize.SIZE_2K;
import static io.github.camelgemini.image.model.ImageSize.SIZE_4K;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gemini 3.1 Flash Image: input 0.50, text 3, pictures 60 US dollars per million tokens, 14 per thousand searches. */
class CostTest {
    private final ModelSpec model =
            ModelCatalog.standard().find("gemini-3.1-flash-image").orElseThrow();

    @Test
    void countedTokensAreMultipliedByTheirPrices() {
        Usage usage = new Usage(1_000, 1_220, 200, 2_420, Map.of(), Map.of("IMAGE", 1_120, "TEXT", 100));

        // 1000 × 0.50 + (100 + 200) × 3 + 1120 × 60, all per million
        assertThat(model.estimateCost(Consumption.of(usage))).hasToString("Optional[0.068600]");
    }

    @Test
    void countedPictureTokensWinOverTheUsualOnes() {
        Usage usage = new Usage(0, 1_000, 0, 1_000, Map.of(), Map.of("IMAGE", 1_000));

        assertThat(model.estimateCost(Consumption.of(usage).withImages(1, SIZE_4K)))
                .hasToString("Optional[0.060000]");
    }

    @Test
    void picturesOfUncountedTokensCostTheUsualPrice() {
        assertThat(model.estimateCost(Consumption.of(Usage.NONE).withImages(2, SIZE_2K)))
                .hasToString("Optional[0.201600]");
    }

    @Test
    void tokensThatAreNotSplitUpAreTextBeyondTheUsualOnesOfThePictures() {
        Usage usage = new Usage(0, 1_780, 0, 1_780, Map.of(), Map.of());

        // 1680 × 60 + 100 × 3
        assertThat(model.estimateCost(Consumption.of(usage).withImages(1, SIZE_2K)))
                .hasToString("Optional[0.101100]");
    }

    @Test
    void withoutASizeTheDefaultSizeIsMeant() {
        assertThat(model.estimateCost(Consumption.of(Usage.NONE).withImages(1, null)))
                .hasToString("Optional[0.067200]");
    }

    @Test
    void aCallWithoutPicturesCostsItsText() {
        Usage usage = new Usage(1_000_000, 1_000, 1_000, 1_002_000, Map.of(), Map.of());

        assertThat(model.estimateCost(Consumption.of(usage))).hasToString("Optional[0.506000]");
    }

    @Test
    void searchesCostAsIfNoneWereFree() {
        assertThat(model.estimateCost(Consumption.of(Usage.NONE).withSearches(3)))
                .hasToString("Optional[0.042000]");
    }

    @ParameterizedTest
    @CsvSource({"STANDARD,0.081200", "FLEX,0.047600", "PRIORITY,0.148400"})
    void aTierChangesThePriceOfTokensButNotOfSearches(ServiceTier tier, String dollars) {
        Consumption consumption =
                Consumption.of(Usage.NONE).withImages(1, null).withSearches(1).withTier(tier);

        assertThat(model.estimateCost(consumption)).hasToString("Optional[" + dollars + "]");
    }

    @Test
    void aBatchCostsHalfWhateverTheTier() {
        Consumption consumption = Consumption.of(Usage.NONE)
                .withImages(1, null)
                .withTier(ServiceTier.PRIORITY)
                .inBatch();

        assertThat(model.estimateCost(consumption)).hasToString("Optional[0.033600]");
    }

    @Test
    void picturesThatAreSentMayHaveAPriceOfTheirOwn() throws IOException {
        ModelSpec priced = ModelCatalog.standard()
                .with(new StringReader(
                        "{'models': {'gemini-3.1-flash-image': {'prices': {'imageInput': 2}}}}".replace('\'', '"')))
                .find("gemini-3.1-flash-image")
                .orElseThrow();
        Usage usage = new Usage(1_258, 0, 0, 1_258, Map.of("TEXT", 1_000, "IMAGE", 258), Map.of());

        // 1000 × 0.50 + 258 × 2
        assertThat(priced.estimateCost(Consumption.of(usage))).hasToString("Optional[0.001016]");
    }

    @Test
    void noPriceIsInventedForASizeThatTheModelDoesNotHave() {
        ModelSpec lite =
                ModelCatalog.standard().find("gemini-3.1-flash-lite-image").orElseThrow();

        assertThat(lite.estimateCost(Consumption.of(Usage.NONE).withImages(1, SIZE_4K)))
                .isEmpty();
    }

    @Test
    void noPriceIsInventedForAModelWithoutPrices() {
        ModelSpec imagen =
                ModelCatalog.standard().find("imagen-4.0-generate-001").orElseThrow();

        assertThat(imagen.estimateCost(Consumption.of(Usage.NONE))).isEmpty();
    }

    @Test
    void whereAPictureHasAPriceItsTokensCostNothing() {
        ModelSpec sold = at("aimlapi");
        Usage usage = new Usage(1_000, 1_220, 200, 2_420, Map.of(), Map.of("IMAGE", 1_120, "TEXT", 100));

        assertThat(sold.estimateCost(Consumption.of(usage).withImages(1, null))).hasToString("Optional[0.089488]");
    }

    @Test
    void aServiceMayChargeForReferencePictures() {
        Consumption edit = Consumption.of(Usage.NONE).withImages(1, null).withReferences(2);

        // 185093 of 2000000 credits a dollar
        assertThat(at("aimlapi").estimateCost(edit)).hasToString("Optional[0.092547]");
    }

    @Test
    void aServiceMayChargeForASearch() {
        Consumption searched = Consumption.of(Usage.NONE).withImages(2, SIZE_4K).withSearches(1);

        assertThat(at("inferencesh").estimateCost(searched)).hasToString("Optional[0.335000]");
    }

    @Test
    void whoIsPaidByThePictureIsPaidNothingWithoutOne() {
        assertThat(at("aimlapi").estimateCost(Consumption.of(Usage.NONE).withReferences(2)))
                .hasToString("Optional[0.000000]");
    }

    @Test
    void noPriceIsInventedForASizeThatAServiceDoesNotTell() {
        assertThat(at("aimlapi").estimateCost(Consumption.of(Usage.NONE).withImages(1, SIZE_4K)))
                .isEmpty();
        assertThat(at("anyfast").estimateCost(Consumption.of(Usage.NONE).withImages(1, SIZE_2K)))
                .isEmpty();
    }

    @Test
    void whatWasAskedIsEnoughToPriceAnAnswer() {
        Asked asked = new Asked("gemini-3.1-flash-image", SIZE_2K, 0, ServiceTier.FLEX, false);

        assertThat(model.estimateCost(asked.consumption(Usage.NONE, 1))).hasToString("Optional[0.050400]");
        assertThat(model.estimateCost(new Asked("m", SIZE_2K, 0, ServiceTier.PRIORITY, false)
                        .inBatch()
                        .consumption(Usage.NONE, 1)))
                .hasToString("Optional[0.050400]");
    }

    private static ModelSpec at(String face) {
        return ModelCatalog.standard().at(face).find("gemini-3.1-flash-image").orElseThrow();
    }
}
