package io.github.camelgemini.image.request;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one service does not offer of a model is refused with the names of those that do. */
class RequestCheckTest {

    private static final String FLASH = "gemini-3.1-flash-image";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aimlapi   | imageSize   | 512  | imageSize '512' must be one of 1K, 2K, 4K for gemini-3.1-flash-image at"
                        + " AI/ML API; services that support it: google, anyfast, inferencesh, gmi",
                "anyfast   | aspectRatio | 21:9 | aspectRatio '21:9' must be one of 1:1, 3:4, 4:3, 9:16, 16:9 for"
                        + " gemini-3.1-flash-image at AnyFast; services that support it: google, inferencesh, gmi",
                "developer | aspectRatio | 9:21 | aspectRatio '9:21' must be one of 1:1, 1:4, 1:8, 2:3, 3:2, 3:4, 4:1, 4:3,"
                        + " 4:5, 5:4, 8:1, 9:16, 16:9, 21:9 for gemini-3.1-flash-image at Gemini Developer API;"
                        + " services that support it: google (Vertex AI)"
            })
    void whatAnotherServiceOffersIsToldWithItsName(String face, String option, String value, String message) {
        assertThatThrownBy(() -> check(face, FLASH, option, value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google/nano-banana-2", "google/gemini-3-1-flash-image-preview"})
    void theSameUnderANameOfTheService(String name) {
        assertThatThrownBy(() -> check("aimlapi", name, "imageSize", "512"))
                .hasMessageStartingWith("imageSize '512' must be one of 1K, 2K, 4K for gemini-3.1-flash-image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"developer", "vertex", "aimlapi"})
    void whatNobodyOffersIsToldWithoutNames(String face) {
        assertThatThrownBy(() -> check(face, FLASH, "aspectRatio", "7:5"))
                .hasMessageEndingWith("for gemini-3.1-flash-image");
    }

    @Test
    void aModelThatAServiceDoesNotDocumentIsNotChecked() {
        assertThatCode(() -> check("aimlapi", "gemini-2.5-flash-image", "imageSize", "4K"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("developer", "gemini-2.5-flash-image", "imageSize", "4K"))
                .hasMessageEndingWith("must be 1K for gemini-2.5-flash-image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"developer", "aimlapi", "moon"})
    void anUnknownModelIsNotChecked(String face) {
        assertThatCode(() -> check(face, "nobody/knows-it", "imageSize", "512")).doesNotThrowAnyException();
    }

    private static void check(String face, String model, String option, String value) {
        ImageRequest.Builder request = ImageRequest.builder().set(Parameter.MODEL, model);
        Parameter<?> parameter = Parameter.ofField(option).orElseThrow();
        new RequestCheck(ModelCatalog.standard().at(face))
                .template(request.read(parameter, value, "test").build());
    }
}
