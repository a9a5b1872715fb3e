package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parameter, as option and as header, as the API receives it. */
class ParameterWireTest {

    private static final String PIXEL = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    /** A value of a parameter, and where it must be found in the request. */
    record Sent(Parameter<?> parameter, Object value, String pointer, String json, String uri) {
        @Override
        public String toString() {
            return parameter + "=" + value;
        }
    }

    private static Sent sent(Parameter<?> parameter, Object value, String pointer, String json) {
        return new Sent(parameter, value, pointer, json, "gemini-image:generate");
    }

    private static Sent sentToVertex(Parameter<?> parameter, Object value, String pointer, String json) {
        return new Sent(parameter, value, pointer, json, "gemini-image:generate?vertexAi=true");
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
                sent(Parameter.SERVICE_TIER, "Flex", "/serviceTier", "\"flex\""),
                sentToVertex(
                        Parameter.OUTPUT_FORMAT,
                        "jpeg",
                        "/generationConfig/imageConfig/imageOutputOptions/mimeType",
                        "\"image/jpeg\""),
                sentToVertex(
                        Parameter.OUTPUT_QUALITY,
                        "80",
                        "/generationConfig/imageConfig/imageOutputOptions/compressionQuality",
                        "80"),
                sentToVertex(
                        Parameter.PERSON_GENERATION,
                        "allow_adult",
                        "/generationConfig/imageConfig/personGeneration",
                        "\"ALLOW_ADULT\""),
                sentToVertex(Parameter.LABELS, Map.of("team", "web"), "/labels", "{\"team\":\"web\"}"));
    }

    @BeforeEach
    void uploadTheFileThatIsNamed() {
        routes.upload("files/abc-1", Pictures.draw("png", 2, 2));
    }

    @ParameterizedTest
    @MethodSource("onTheWire")
    void optionIsSent(Sent sent) throws Exception {
        Exchange exchange = routes.send(sent.uri() + (sent.uri().contains("?") ? "&" : "?") + asOption(sent), "a cat");

        assertSent(exchange, sent);
    }

    @ParameterizedTest
    @MethodSource("onTheWire")
    void headerIsSent(Sent sent) throws Exception {
        Exchange exchange =
                routes.send(sent.uri(), "a cat", Map.of(sent.parameter().headerName(), sent.value()));

        assertSent(exchange, sent);
    }

    /** What is sent to Google can be sent to a route. */
    @ParameterizedTest
    @MethodSource("onTheWire")
    void requestAsTheApiReceivedItAsksForTheSame(Sent sent) {
        routes.send(sent.uri(), "a cat", Map.of(sent.parameter().headerName(), sent.value()));
        JsonNode first = routes.emulator().requests().get(0).body();
        Exchange exchange = routes.send(sent.uri(), first.toString());

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests().get(1).body()).isEqualTo(first);
    }

    static Stream<Arguments> placesInTheGenerationConfig() {
        return onTheWire().flatMap(sent -> sent.parameter().geminiFields().stream()
                .filter(field -> field.startsWith("generationConfig."))
                .map(field -> Arguments.of(field, sent)));
    }

    @ParameterizedTest
    @MethodSource("placesInTheGenerationConfig")
    void everyPlaceInTheGenerationConfigIsRead(String place, Sent sent) throws Exception {
        JsonNode value = new ObjectMapper().readTree(sent.json());
        List<String> members = List.of(place.split("\\."));
        for (int i = members.size() - 1; i >= 0; i--) {
            value = JsonNodeFactory.instance.objectNode().set(members.get(i), value);
        }
        ((ObjectNode) value).put("prompt", "a cat");

        assertSent(routes.send(sent.uri(), value.toString()), sent);
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

    /** As of a gateway that speaks the Gemini API and has names of its own. */
    @Test
    void theNameOfACatalogFileIsWhatGoesOut() throws IOException {
        String names = "{\"models\":{\"gemini-3.1-flash-image\":{\"at\":{\"developer\":{\"name\":\"banana\"}}}}}";
        routes.component().stop();
        routes.component().setModelCatalog(ModelCatalog.standard().with(new StringReader(names)));
        routes.component().start();

        routes.send("gemini-image:generate?model=gemini-3.1-flash-image", "a cat");
        routes.send("gemini-image:generate?model=banana", "a cat");
        routes.send("gemini-image:generate?model=models/gemini-3-pro-image", "a cat");

        assertThat(routes.emulator().requests())
                .extracting("model")
                .containsExactly("banana", "banana", "gemini-3-pro-image");
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
    void everyParameterHasItsPlaceInTheApiOrNone() {
        Set<Parameter<?>> onTheWire = onTheWire().map(Sent::parameter).collect(Collectors.toSet());
        Map<Parameter<?>, String> elsewhere = Map.of(
                Parameter.MODEL, "is in the path",
                Parameter.NUM_IMAGES, "is the number of calls, since the models refuse candidateCount",
                Parameter.PARTIAL_RESULTS, "is about several calls",
                Parameter.STREAM, "is the method that is called",
                Parameter.CONVERSATION_ID, "is where this component keeps contents",
                Parameter.CONVERSATION_ACTION, "changes what this component keeps",
                Parameter.MAX_RETRIES, "is the number of attempts",
                Parameter.OUTPUT, "is what becomes of the message");

        assertThat(Parameter.ALL).allSatisfy(parameter -> assertThat(onTheWire.contains(parameter))
                .as("%s is tried on the wire, or is said to be elsewhere", parameter)
                .isNotEqualTo(elsewhere.containsKey(parameter)));
        assertThat(Parameter.ALL)
                // Its threshold is in safetySettings, once for each category.
                .filteredOn(parameter -> parameter != Parameter.SAFETY_THRESHOLD)
                .allSatisfy(parameter -> assertThat(parameter.geminiFields().isEmpty())
                        .as("%s has no field in the API", parameter)
                        .isEqualTo(elsewhere.containsKey(parameter)));
    }

    @Test
    void firstPlaceOfAParameterIsWhereItIsSent() {
        assertThat(onTheWire().filter(sent -> sent.parameter() != Parameter.SAFETY_THRESHOLD))
                .allSatisfy(sent -> assertThat(
                                "/" + sent.parameter().geminiFields().get(0).replace('.', '/') + "/")
                        .startsWith("/" + sent.pointer().split("/")[1] + "/")
                        .matches(place ->
                                !place.startsWith("/generationConfig/") || place.equals(sent.pointer() + "/")));
    }

    @Test
    void promptIsDrawnAsItIsWhateverHeadersAreConfigured() {
        String prompt = "mass production-for-europe at cattery-4711";

        routes.send(
                "gemini-image:generate?additionalHeader.X-Env=production&additionalHeader.X-Market=production-for-europe"
                        + "&additionalHeader.X-Access-Token=cattery-4711",
                "{\"prompt\":\"" + prompt + "\"}");

        assertThat(routes.emulator()
                        .requests()
                        .get(0)
                        .body()
                        .at("/contents/0/parts/0/text")
                        .asText())
                .isEqualTo(prompt);
    }
}
