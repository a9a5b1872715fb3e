package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ModelSpecTest {
    private final ModelSpec flash = standard("gemini-3.1-flash-image");
    private final ModelSpec lite = standard("gemini-3.1-flash-lite-image");
    private final ModelSpec pro = standard("gemini-3-pro-image");
    private final ModelSpec old = standard("gemini-2.5-flash-image");

    @Test
    void aRatioThatTheModelLacksIsToldWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pro.checkAspectRatio(AspectRatio.parse("1:8")))
                .withMessage("must be one of 1:1, 2:3, 3:2, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9"
                        + " for gemini-3-pro-image");
    }

    @Test
    void aRatioThatTheModelHasPasses() {
        assertThatCode(() -> flash.checkAspectRatio(AspectRatio.parse("1:8"))).doesNotThrowAnyException();
    }

    @Test
    void someRatiosAreForVertexOnly() {
        AspectRatio tall = AspectRatio.parse("9:21");

        assertThatCode(() -> at("vertex").checkAspectRatio(tall)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> at("developer").checkAspectRatio(tall));
    }

    @Test
    void aServiceMayOfferLessOfAModel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("aimlapi").checkImageSize(ImageSize.SIZE_512))
                .withMessage("must be one of 1K, 2K, 4K for gemini-3.1-flash-image");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("aimlapi").checkReferenceCount(6))
                .withMessage("must be 5 at most for gemini-3.1-flash-image");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("anyfast").checkAspectRatio(AspectRatio.parse("21:9")))
                .withMessage("must be one of 1:1, 3:4, 4:3, 9:16, 16:9 for gemini-3.1-flash-image");
    }

    @Test
    void aSizeThatTheModelLacksIsToldWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pro.checkImageSize(ImageSize.SIZE_512))
                .withMessage("must be one of 1K, 2K, 4K for gemini-3-pro-image");
    }

    @Test
    void aModelOfOneSizeSaysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lite.checkImageSize(ImageSize.SIZE_2K))
                .withMessage("must be 1K for gemini-3.1-flash-lite-image");
    }

    @Test
    void moreReferencePicturesThanTheLimitAreRefused() {
        assertThatCode(() -> flash.checkReferenceCount(14)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flash.checkReferenceCount(15))
                .withMessage("must be 14 at most for gemini-3.1-flash-image");
    }

    @Test
    void aRecommendationIsNotALimit() {
        assertThatCode(() -> old.checkReferenceCount(4)).doesNotThrowAnyException();
    }

    @Test
    void aPictureOfATypeThatTheModelDoesNotReadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flash.checkReferenceType("image/tiff"))
                .withMessage("must be one of image/png, image/jpeg, image/webp, image/heic, image/heif"
                        + " for gemini-3.1-flash-image");
    }

    @Test
    void theCaseOfAMediaTypeDoesNotMatter() {
        assertThatCode(() -> flash.checkReferenceType("Image/PNG")).doesNotThrowAnyException();
    }

    @Test
    void aThinkingLevelThatTheModelLacksIsToldWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flash.checkThinkingLevel(ThinkingLevel.MEDIUM))
                .withMessage("must be one of MINIMAL, HIGH for gemini-3.1-flash-image");
    }

    @Test
    void aModelThatDoesNotThinkHasNoLevel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> old.checkThinkingLevel(ThinkingLevel.LOW))
                .withMessage("is not supported by gemini-2.5-flash-image");
    }

    @Test
    void levelsThatNobodyDocumentedAreLeftToTheApi() {
        assertThatCode(() -> pro.checkThinkingLevel(ThinkingLevel.LOW)).doesNotThrowAnyException();
    }

    @Test
    void groundingIsRefusedWhereThereIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(lite::checkWebSearch)
                .withMessage("is not supported by gemini-3.1-flash-lite-image");
        assertThatIllegalArgumentException().isThrownBy(pro::checkImageSearch);
    }

    @Test
    void groundingPassesWhereItIs() {
        assertThatCode(flash::checkImageSearch).doesNotThrowAnyException();
        assertThatCode(pro::checkWebSearch).doesNotThrowAnyException();
    }

    @Test
    void whatIsNotKnownIsNotChecked() throws IOException {
        ModelSpec unknown = ModelCatalog.standard()
                .with(new StringReader("{\"models\": {\"new\": {}}}"))
                .find("new")
                .orElseThrow();

        assertThatCode(() -> {
                    unknown.checkAspectRatio(AspectRatio.parse("7:5"));
                    unknown.checkImageSize(ImageSize.SIZE_4K);
                    unknown.checkReferenceCount(1000);
                    unknown.checkReferenceType("image/x-new");
                    unknown.checkThinkingLevel(ThinkingLevel.HIGH);
                    unknown.checkWebSearch();
                    unknown.checkImageSearch();
                })
                .doesNotThrowAnyException();
    }

    private static ModelSpec at(String face) {
        return ModelCatalog.standard().at(face).find("gemini-3.1-flash-image").orElseThrow();
    }

    private static ModelSpec standard(String id) {
        return ModelCatalog.standard().find(id).orElseThrow();
    }
}
