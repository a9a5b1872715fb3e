package io.github.camelgemini.image.request;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import org.junit.jupiter.api.Test;

/** What a model does not have at one service and has at another. */
class RequestCheckTest {

    private static final String FLASH = "gemini-3.1-flash-image";

    @Test
    void aSizeThatAnotherServiceHasIsRefusedWithItsName() {
        ImageRequest request =
                request(FLASH).set(Parameter.IMAGE_SIZE, ImageSize.SIZE_512).build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> at("aimlapi").template(request))
                .withMessage("imageSize '512' must be one of 1K, 2K, 4K for " + FLASH
                        + "; services that have it: google, anyfast");
    }

    @Test
    void aRatioThatOneFaceOfAServiceHasIsRefusedWithTheNameOfThatFace() {
        ImageRequest request = request(FLASH)
                .set(Parameter.ASPECT_RATIO, AspectRatio.parse("9:21"))
                .build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> at("anyfast").template(request))
                .withMessageEndingWith(" for " + FLASH + "; services that have it: google (Vertex AI)");
    }

    @Test
    void theNameOfAServiceIsCheckedAsItsModel() {
        ImageRequest request = request("google/nano-banana-2")
                .set(Parameter.IMAGE_SIZE, ImageSize.SIZE_512)
                .build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> at("aimlapi").template(request))
                .withMessageEndingWith("; services that have it: google, anyfast");
    }

    @Test
    void whatNoServiceHasIsRefusedWithoutAName() {
        ImageRequest request = request("gemini-3.1-flash-lite-image")
                .set(Parameter.IMAGE_SIZE, ImageSize.SIZE_4K)
                .build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> at("aimlapi").template(request))
                .withMessage("imageSize '4K' must be 1K for gemini-3.1-flash-lite-image");
    }

    @Test
    void aModelThatAServiceDoesNotDocumentIsNotChecked() {
        ImageRequest request = request("gemini-2.5-flash-image")
                .set(Parameter.IMAGE_SIZE, ImageSize.SIZE_4K)
                .build();

        assertThatCode(() -> at("aimlapi").template(request)).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> at("developer").template(request));
    }

    private static ImageRequest.Builder request(String model) {
        return ImageRequest.builder().set(Parameter.MODEL, model);
    }

    private static RequestCheck at(String face) {
        return new RequestCheck(ModelCatalog.standard().at(face));
    }
}
