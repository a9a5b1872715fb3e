package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.request.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parameter, as option and as header, as the API receives it. */
class ParameterWireTest {

    private static final String PIXEL = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    /** A value of a parameter, and where it must be found in the request. */
    record Sent(Parameter<?> parameter, Object value, String pointer, String json, String model) {
        @Override
        public String toString() {
            return parameter + "=" + value;
        }
    }

    private static Sent sent(Parameter<?> parameter, Object value, String pointer, String json) {
        return new Sent(parameter, value, pointer, json, "gemini-3.1-flash-image");
    }

    static Stream<Sent> onTheWire() {
        return Stream.of(
                sent(Parameter.PROMPT, "a cat", "/contents/0/parts/0/text", "\"a cat\""),
                sent(
                        Parameter.SYSTEM_INSTRUCTION,
                        "Only in blue",
                        "/systemInstruction/parts/0/text",
                        "\"Only in blue\""),
                sent(Parameter.REFERENCE_IMAGES, PIXEL, "/contents/0/parts/1/inlineData/mimeType", "\"image/png\""),
                sent(
                        Parameter.REFERENCE_IMAGES,
                        "files/abc-1",
                        "/contents/0/parts/1/fileData/fileUri",
                        "\"files/abc-1\""),
                sent(Parameter.ASPECT_RATIO, "16:9", "/generationConfig/imageConfig/aspectRatio", "\"16:9\""),
                sent(Parameter.IMAGE_SIZE, "2k", "/generationConfig/imageConfig/imageSize", "\"2K\""),
                sent(Parameter.IMAGE_SIZE, "512px", "/generationConfig/imageConfig/imageSize", "\"512\""),
                sent(Parameter.RESPONSE_MODALITIES, "IMAGE", "/generationConfig/responseModalities", "[\"IMAGE\"]"),
                sent(
                        Parameter.RESPONSE_MODALITIES,
                        "text,image",
                        "/generationConfig/responseModalities",
                        "[\"TEXT\",\"IMAGE\"]"),
                sent(Parameter.GOOGLE_SEARCH, "true", "/tools", "[{\"googleSearch\":{}}]"),
                sent(
                        Parameter.IMAGE_SEARCH,
                        "true",
                        "/tools",
                        "[{\"googleSearch\":{\"searchTypes\":{\"imageSearch\":{}}}}]"),
                sent(
                        Parameter.SAFETY_THRESHOLD,
                        "block_few",
                        "/safetySettings",
                        "[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"BLOCK_ONLY_HIGH\"},"
                                + "{\"category\":\"HARM_CATEGORY_HATE_SPEECH\",\"threshold\":\"BLOCK_ONLY_HIGH\"},"
                                + "{\"category\":\"HARM_CATEGORY_SEXUALLY_EXPLICIT\",\"threshold\":\"BLOCK_ONLY_HIGH\"},"
                                + "{\"category\":\"HARM_CATEGORY_DANGEROUS_CONTENT\",\"threshold\":\"BLOCK_ONLY_HIGH\"}]"),
                sent(
                        Parameter.SAFETY_SETTINGS,
                        Map.of("hateSpeech", "OFF"),
                        "/safetySettings",
                        "[{\"category\":\"HARM_CATEGORY_HATE_SPEECH\",\"threshold\":\"OFF\"}]"),
                sent(Parameter.THINKING_LEVEL, "high", "/generationConfig/thinkingConfig/thinkingLevel", "\"HIGH\""),
                sent(Parameter.INCLUDE_THOUGHTS, "true", "/generationConfig/thinkingConfig/includeThoughts", "true"),
                sent(Parameter.TEMPERATURE, "0.5", "/generationConfig/temperature", "0.5"),
                sent(Parameter.TOP_P, "0.25", "/generationConfig/topP", "0.25"),
                sent(Parameter.TOP_K, "40", "/generationConfig/topK", "40.0"),
                sent(Parameter.SEED, "7", "/generationConfig/seed", "7"),
                sent(
                        Parameter.MEDIA_RESOLUTION,
                        "low",
                        "/generationConfig/mediaResolution",
                        "\"MEDIA_RESOLUTION_LOW\""),
                sent(Parameter.SERVICE_TIER, "Flex", "/serviceTier", "\"flex\""));
    }

    @BeforeEach
    void uploadTheFileThatIsNamed() {
        routes.upload("files/abc-1", Pictures.draw("png", 2, 2));
    }

    @ParameterizedTest
    @MethodSource("onTheWire")
    void optionIsSent(Sent sent) throws Exception {
        Exchange exchange = routes.send("gemini-image:generate?model=" + sent.model() + "&" + asOption(sent), "a cat");

        assertSent(exchange, sent);
    }

    @ParameterizedTest
    @MethodSource("onTheWire")
    void headerIsSent(Sent sent) throws Exception {
        Exchange exchange = routes.send(
                "gemini-image:generate", "a cat", Map.of(sent.parameter().headerName(), sent.value()));

        assertSent(exchange, sent);
    }

    private void assertSent(Exchange exchange, Sent sent) throws Exception {
        assertThat(exchange.getException()).isNull();
        JsonNode body = routes.emulator().requests().get(0).body();
        assertThat(body.at(sent.pointer())).as(body.toString()).isEqualTo(new ObjectMapper().readTree(sent.json()));
    }

    private static String asOption(Sent sent) {
        if (sent.value() instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> sent.parameter() + "." + entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining("&"));
        }
        return sent.parameter() + "=" + URLEncoder.encode(sent.value().toString(), StandardCharsets.UTF_8);
    }

    @Test
    void modelIsInThePath() {
        routes.send("gemini-image:generate?model=gemini-3-pro-image", "a cat");
        routes.send("gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.MODEL, "gemini-2.5-flash-image"));

        assertThat(routes.emulator().requests())
                .extracting("model")
                .containsExactly("gemini-3-pro-image", "gemini-2.5-flash-image");
    }

    @Test
    void unknownModelPassesThrough() {
        routes.send("gemini-image:generate?model=gemini-99-image&aspectRatio=5:7", "a cat");

        assertThat(routes.emulator().requests()).extracting("model").containsExactly("gemini-99-image");
    }

    @Test
    void severalPicturesAreAsManyCalls() {
        routes.send("gemini-image:generate?numImages=2", "a cat");
        routes.send("gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.NUM_IMAGES, 3));

        assertThat(routes.emulator().requests()).hasSize(5);
    }

    @Test
    void webAndImageSearchAreAskedForTogether() {
        routes.send("gemini-image:generate?googleSearch=true&imageSearch=true", "a cat");

        assertThat(routes.emulator().requests().get(0).body().at("/tools/0/googleSearch/searchTypes"))
                .hasToString("{\"webSearch\":{},\"imageSearch\":{}}");
    }

    @Test
    void singleCategoryWinsOverThresholdForAll() {
        routes.send("gemini-image:generate?safetyThreshold=OFF&safetySettings.harassment=BLOCK_NONE", "a cat");

        assertThat(routes.emulator().requests().get(0).body().at("/safetySettings/0"))
                .hasToString("{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"BLOCK_NONE\"}");
    }

    @Test
    void headerWinsOverOptionAndOptionOverComponent() {
        routes.component().getConfiguration().setAspectRatio("1:1");
        routes.send("gemini-image:generate?aspectRatio=4:3", "a cat");
        routes.send("gemini-image:generate?aspectRatio=4:3", "a cat", Map.of(GeminiImageHeaders.ASPECT_RATIO, "16:9"));
        routes.send("gemini-image:generate", "a cat");

        assertThat(routes.emulator().requests())
                .extracting(request -> request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .containsExactly("4:3", "16:9", "1:1");
    }

    @Test
    void nothingIsSentThatNobodyAskedFor() {
        routes.send("gemini-image:generate", "a cat");

        assertThat(routes.emulator().requests().get(0).body())
                .hasToString("{\"contents\":[{\"parts\":[{\"text\":\"a cat\"}],\"role\":\"user\"}],"
                        + "\"generationConfig\":{\"responseModalities\":[\"TEXT\",\"IMAGE\"]}}");
    }

    @Test
    void autoTakesRatioNearestToUprightFirstPicture() {
        byte[] wide = Pictures.draw("png", 1900, 1000);

        routes.send("gemini-image:edit?aspectRatio=auto&prompt=brighter", wide);
        routes.send("gemini-image:generate?aspectRatio=auto", "a cat");

        assertThat(routes.emulator().requests())
                .extracting(request -> request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .containsExactly("16:9", "");
    }

    @ParameterizedTest
    @CsvSource({"jpeg,1,16:9", "jpeg,6,9:16", "png,3,16:9", "png,8,9:16", "webp,1,16:9", "webp,6,9:16", "webp,5,9:16"})
    void autoGoesByTheOrientationOfEveryFormat(String format, int orientation, String ratio) {
        byte[] wide = Pictures.draw(format, 190, 100);
        byte[] turned =
                switch (format) {
                    case "png" -> Orientations.png(wide, orientation, orientation == 3);
                    case "webp" -> Orientations.webp(wide, 190, 100, orientation, orientation == 5);
                    default -> Orientations.jpeg(wide, orientation);
                };
        assertThat(routes.send("gemini-image:edit?aspectRatio=auto&prompt=brighter", turned)
                        .getException())
                .isNull();

        assertThat(routes.emulator().requests().get(0).body().at("/generationConfig/imageConfig/aspectRatio"))
                .hasToString("\"" + ratio + "\"");
    }

    @Test
    void everyParameterIsTried() {
        Set<Parameter<?>> tried = onTheWire().map(Sent::parameter).collect(Collectors.toSet());
        // Seen in tests of their own: in the path, as number of calls, at Vertex AI, in the number of attempts, and in
        // what becomes of the message.
        Set<Parameter<?>> elsewhere = Set.of(
                Parameter.MODEL,
                Parameter.NUM_IMAGES,
                Parameter.PARTIAL_RESULTS,
                Parameter.OUTPUT,
                Parameter.OUTPUT_FORMAT,
                Parameter.OUTPUT_QUALITY,
                Parameter.PERSON_GENERATION,
                Parameter.LABELS,
                Parameter.MAX_RETRIES,
                Parameter.STREAM,
                Parameter.CONVERSATION_ID,
                Parameter.CONVERSATION_ACTION);

        assertThat(Parameter.ALL).allMatch(parameter -> tried.contains(parameter) || elsewhere.contains(parameter));
    }
}
