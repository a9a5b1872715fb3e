package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Invalid options are refused before anything is billed: those of a route when it starts, those of a message before the
 * call.
 */
class WrongOptionTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aspectRatio=7:5           | aspectRatio '7:5' must be one of 1:1, 1:4
            aspectRatio=wide          | aspectRatio 'wide' must be width:height, for example 16:9
            imageSize=8K              | imageSize '8K' must be one of 512, 1K, 2K, 4K
            temperature=3             | temperature '3.0' must be a number from 0 to 2
            temperature=NaN           | temperature 'NaN' must be a number from 0 to 2
            topP=-0.1                 | topP '-0.1' must be a number from 0 to 1
            topK=0                    | topK '0' must be a whole number from 1
            numImages=0               | numImages '0' must be a whole number from 1 to 8
            numImages=9               | numImages '9' must be a whole number from 1 to 8
            outputFormat=tiff         | outputFormat 'tiff' must be
            outputQuality=101         | outputQuality '101' must be a whole number from 1 to 100
            responseModalities=TEXT   | responseModalities 'TEXT' must contain IMAGE
            responseModalities=AUDIO  | responseModalities 'AUDIO' must be one of TEXT, IMAGE
            safetyThreshold=SOME      | safetyThreshold 'SOME' must be one of
            aspectRatio=969           | In YAML, 16:9 without quotes is the number 969; quote it: "16:9"
            aspectRatio=61            | In YAML, 1:1 without quotes is the number 61; quote it: "1:1"
            aspectRatio=1269          | In YAML, 21:9 without quotes is the number 1269; quote it: "21:9"
            aspectRatio=60            | aspectRatio '60' must be width:height, for example 16:9
            safetyThreshold=false     | In YAML, OFF without quotes is false; quote it: "OFF"
            safetySettings.harassment=false | In YAML, OFF without quotes is false; quote it: "OFF"
            safetySettings.rain=OFF   | must be one of HARASSMENT
            thinkingLevel=deep        | thinkingLevel 'deep' must be one of MINIMAL, LOW, MEDIUM, HIGH
            thinkingLevel=medium      | thinkingLevel 'MEDIUM' must be one of MINIMAL, HIGH for gemini-3.1-flash-image
            mediaResolution=best      | mediaResolution 'best' must be one of LOW, MEDIUM, HIGH
            serviceTier=gold          | serviceTier 'gold' must be one of standard, flex, priority
            referenceImages=ftp://host/cat.png | referenceImages 'ftp://host/cat.png' must be https:, data:, gs://
            referenceImages=cat.png   | referenceImages 'cat.png' must be https:, data:, gs://
            referenceImages=https://  | is not a valid URL; write https://host/path
            maxRetries=-1             | maxRetries '-1' must be a whole number from 0
            personGeneration=ALLOW_ALL| personGeneration 'ALLOW_ALL' is supported by Vertex AI only
            labels.team=web           | labels '{team=web}' is supported by Vertex AI only
            safetySettings.jailbreak=OFF | safetySettings 'JAILBREAK' is supported by Vertex AI only
            model=gemini-3.1-flash-lite-image&imageSize=4K | imageSize '4K' must be 1K for gemini-3.1-flash-lite-image
            model=gemini-3-pro-image&aspectRatio=1:8 | aspectRatio '1:8' must be one of 1:1, 2:3
            model=gemini-3.1-flash-lite-image&googleSearch=true | googleSearch 'true' is not supported by
            """)
    void optionStopsTheStart(String options, String message) {
        assertThatThrownBy(() -> routes.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:start").to("gemini-image:generate?" + options);
                    }
                }))
                .hasRootCauseInstanceOf(Exception.class)
                .satisfies(failure -> assertThat(messages(failure)).contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            AspectRatio  | 7:5        | aspectRatio '7:5' must be one of 1:1, 1:4
            ImageSize    | 8K         | header CamelGeminiImageImageSize '8K' must be one of 512, 1K, 2K, 4K
            Temperature  | 3          | header CamelGeminiImageTemperature '3' must be a number from 0 to 2
            Temperature  | warm       | header CamelGeminiImageTemperature 'warm' must be a number from 0 to 2
            Seed         | 1.5        | header CamelGeminiImageSeed '1.5' must be a whole number
            GoogleSearch | maybe      | header CamelGeminiImageGoogleSearch 'maybe' must be true or false
            NumImages    | 9          | header CamelGeminiImageNumImages '9' must be a whole number from 1 to 8
            Model        | projects/p/locations/l/endpoints/e | model 'projects/p/locations/l/endpoints/e' of a message must be the id of a model
            Model        | publishers/x/models/y | resource names are only allowed in the route itself
            Model        | tunedModels/x | resource names are only allowed in the route itself
            Model        | cat:batchGenerateContent | resource names are only allowed in the route itself
            Model        | models/../files | must be the id of a model such as
            Model        | cat?key=x  | must be the id of a model such as
            Model        | cat#x      | must be the id of a model such as
            Model        | cat%2f..   | must be the id of a model such as
            Model        | two words  | must be the id of a model such as
            Model        | ''         | must be the id of a model such as
            AspectRatio  | 556        | In YAML, 9:16 without quotes is the number 556; quote it: "9:16"
            Labels       | team=web   | is supported by Vertex AI only
            Labels       | team       | must be a map, or text such as name=value,name=value
            """)
    void headerStopsTheMessage(String header, String value, String message) {
        InvalidRequestException failure = routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of("CamelGeminiImage" + header, value),
                InvalidRequestException.class);

        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getAttempts()).isZero();
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void longValuesAreShortenedAndPicturesNotShown() {
        InvalidRequestException tooLong = routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of(GeminiImageHeaders.ASPECT_RATIO, "1".repeat(100_000)),
                InvalidRequestException.class);
        InvalidRequestException picture = routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of(GeminiImageHeaders.IMAGE_SIZE, "data:image/png;base64,AAAA"),
                InvalidRequestException.class);

        assertThat(tooLong.getMessage()).hasSizeLessThan(400);
        assertThat(picture).hasMessageContaining("'data:image/png;base64,…'").hasMessageNotContaining("AAAA");
    }

    @ParameterizedTest
    @CsvSource({"''", "'  '", ","})
    void emptyPromptIsRefused(String body) {
        InvalidRequestException failure =
                routes.failure("gemini-image:generate", body, Map.of(), InvalidRequestException.class);

        assertThat(failure).hasMessageContaining("prompt is empty; set it as message body");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void unknownOperationNamesThoseThereAre() {
        assertThatThrownBy(() -> routes.context().getEndpoint("gemini-image:paint"))
                .satisfies(failure -> assertThat(messages(failure))
                        .contains("[generate, edit, chat, countTokens, models, batch, batchRetrieve,"));
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> routes.context().getEndpoint("gemini-image:generate?aspektRatio=1:1"))
                .satisfies(failure -> assertThat(messages(failure)).contains("aspektRatio"));
    }

    @Test
    void consumingIsRefusedInWords() {
        assertThatThrownBy(() -> routes.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("gemini-image:generate").to("log:x");
                    }
                }))
                .satisfies(failure -> assertThat(messages(failure)).contains("cannot be used in from"));
    }

    static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }
}
