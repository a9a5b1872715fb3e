package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingsTest {
    static Stream<Arguments> everyValue() {
        return Stream.of(
                        values(ImageSize.values(), ImageSize::parse),
                        values(OutputFormat.values(), OutputFormat::parse),
                        values(ResponseModality.values(), ResponseModality::parse),
                        values(SafetyThreshold.values(), SafetyThreshold::parse),
                        values(HarmCategory.values(), HarmCategory::parse),
                        values(ThinkingLevel.values(), ThinkingLevel::parse),
                        values(MediaResolution.values(), MediaResolution::parse),
                        values(ServiceTier.values(), ServiceTier::parse),
                        values(PersonGeneration.values(), PersonGeneration::parse))
                .flatMap(Function.identity());
    }

    private static Stream<Arguments> values(WireName[] values, Function<String, ?> parse) {
        return Arrays.stream(values).map(value -> arguments(value, parse));
    }

    @ParameterizedTest
    @MethodSource("everyValue")
    void everyValueIsReadFromItsWireName(WireName value, Function<String, ?> parse) {
        assertThat(parse.apply(value.wireName())).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("everyValue")
    void theCaseOfLettersDoesNotMatter(WireName value, Function<String, ?> parse) {
        assertThat(parse.apply(value.wireName().toLowerCase(Locale.ROOT))).isSameAs(value);
        assertThat(parse.apply(value.wireName().toUpperCase(Locale.ROOT))).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("everyValue")
    void wordsMayBeSeparatedByDashes(WireName value, Function<String, ?> parse) {
        assertThat(parse.apply(" " + value.wireName().replace('_', '-') + " ")).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("everyValue")
    void everyValueIsReadFromItsConstantsName(Enum<?> value, Function<String, ?> parse) {
        assertThat(parse.apply(value.name())).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("everyValue")
    void nothingIsNotAValue(WireName value, Function<String, ?> parse) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse.apply(null))
                .withMessageStartingWith("must be one of ");
        assertThatIllegalArgumentException().isThrownBy(() -> parse.apply(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5K,SIZE_512",
        "0.5k,SIZE_512",
        "512px,SIZE_512",
        "512PX,SIZE_512",
        "512P,SIZE_512",
        "512,SIZE_512",
        "1k,SIZE_1K",
        "2K,SIZE_2K",
        "4k,SIZE_4K"
    })
    void imageSizesAreReadAsOtherServicesWriteThem(String spelling, ImageSize size) {
        assertThat(ImageSize.parse(spelling)).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8K", "-1K", "1024", "K", "05K", "1K, 2K"})
    void aWrongImageSizeIsToldWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageSize.parse(text))
                .withMessage("must be one of 512, 1K, 2K, 4K");
    }

    @ParameterizedTest
    @CsvSource({"jpg,JPEG", "JPEG,JPEG", "image/jpg,JPEG", "Image/JPEG,JPEG", "png,PNG", "image/png,PNG", "WebP,WEBP"})
    void outputFormatsAreReadFromExtensionsAndMediaTypes(String spelling, OutputFormat format) {
        assertThat(OutputFormat.parse(spelling)).isEqualTo(format);
    }

    @Test
    void aWrongOutputFormatIsToldTheShortNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputFormat.parse("gif"))
                .withMessage("must be one of png, jpeg, webp");
    }

    @ParameterizedTest
    @CsvSource({"PNG,image/png,png", "JPEG,image/jpeg,jpg", "WEBP,image/webp,webp"})
    void aFormatHasItsMediaTypeAndExtension(OutputFormat format, String mimeType, String extension) {
        assertThat(format.mimeType()).isEqualTo(mimeType);
        assertThat(format.extension()).isEqualTo(extension);
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK_FEW,BLOCK_ONLY_HIGH",
        "block_some,BLOCK_MEDIUM_AND_ABOVE",
        "block-most,BLOCK_LOW_AND_ABOVE",
        "blockOnlyHigh,BLOCK_ONLY_HIGH",
        "off,OFF"
    })
    void thresholdsAreReadByTheirOtherNames(String spelling, SafetyThreshold threshold) {
        assertThat(SafetyThreshold.parse(spelling)).isEqualTo(threshold);
    }

    @Test
    void aWrongThresholdIsToldWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafetyThreshold.parse("BLOCK_ALL"))
                .withMessage("must be one of OFF, BLOCK_NONE, BLOCK_ONLY_HIGH, BLOCK_MEDIUM_AND_ABOVE,"
                        + " BLOCK_LOW_AND_ABOVE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hateSpeech",
                "hate-speech",
                "hate_speech",
                "HATE_SPEECH",
                "HARM_CATEGORY_HATE_SPEECH",
                "harmCategoryHateSpeech"
            })
    void harmCategoriesAreReadShortAndLong(String spelling) {
        assertThat(HarmCategory.parse(spelling)).isEqualTo(HarmCategory.HATE_SPEECH);
    }

    @ParameterizedTest
    @CsvSource({
        "HARASSMENT,false", "HATE_SPEECH,false", "SEXUALLY_EXPLICIT,false", "DANGEROUS_CONTENT,false",
        "CIVIC_INTEGRITY,false", "JAILBREAK,true", "IMAGE_HATE,true", "IMAGE_DANGEROUS_CONTENT,true",
        "IMAGE_HARASSMENT,true", "IMAGE_SEXUALLY_EXPLICIT,true"
    })
    void someHarmCategoriesAreForVertexOnly(HarmCategory category, boolean vertexOnly) {
        assertThat(category.vertexOnly()).isEqualTo(vertexOnly);
    }

    @ParameterizedTest
    @CsvSource({"DONT_ALLOW,ALLOW_NONE", "dont-allow,ALLOW_NONE", "allow_adult,ALLOW_ADULT", "allowAll,ALLOW_ALL"})
    void imagensNameForNoPeopleIsReadToo(String spelling, PersonGeneration people) {
        assertThat(PersonGeneration.parse(spelling)).isEqualTo(people);
    }

    @ParameterizedTest
    @CsvSource({
        "HARASSMENT,HARM_CATEGORY_HARASSMENT",
        "IMAGE_HATE,HARM_CATEGORY_IMAGE_HATE",
        "CIVIC_INTEGRITY,HARM_CATEGORY_CIVIC_INTEGRITY"
    })
    void harmCategoriesGoOutInFull(HarmCategory category, String wireName) {
        assertThat(category.wireName()).isEqualTo(wireName);
    }

    @Test
    void mediaResolutionsGoOutInFull() {
        assertThat(MediaResolution.parse("high").wireName()).isEqualTo("MEDIA_RESOLUTION_HIGH");
    }

    @Test
    void serviceTiersGoOutInLowerCase() {
        assertThat(ServiceTier.parse("FLEX").wireName()).isEqualTo("flex");
    }

    @Test
    void spellingsDoNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));

            assertThat(ServiceTier.PRIORITY.wireName()).isEqualTo("priority");
            assertThat(ThinkingLevel.parse("minimal")).isEqualTo(ThinkingLevel.MINIMAL);
        } finally {
            Locale.setDefault(before);
        }
    }
}
