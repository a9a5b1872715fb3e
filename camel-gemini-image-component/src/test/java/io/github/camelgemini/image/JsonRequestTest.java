package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request in JSON, in the names of this component and of the services that sell the same models. */
class JsonRequestTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);
    private static final byte[] JPEG = Pictures.draw("jpg", 40, 30);

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }

    private static String dataUri(byte[] picture) {
        return "data:image/png;base64," + base64(picture);
    }

    private void generate(Object body) {
        generate("gemini-image:generate", body, Map.of());
    }

    private void generate(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
    }

    private ReceivedRequest received() {
        return routes.emulator().requests().get(routes.emulator().requests().size() - 1);
    }

    private List<String> receivedPictures() {
        return received().pictures().stream()
                .map(picture -> picture.mimeType() + " " + picture.width() + "x" + picture.height())
                .toList();
    }

    @Test
    void objectIsARequestInEveryTypeOfBody() throws Exception {
        String json = json("{'prompt': 'ein Käfer', 'aspect_ratio': '16:9'}");
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(json);

        for (Object body : List.of(
                json,
                new StringBuilder(json),
                bytes,
                new ByteArrayInputStream(bytes),
                new ByteArrayInputStreamCache(new ByteArrayInputStream(bytes)),
                Map.of("prompt", "ein Käfer", "aspect_ratio", "16:9"),
                tree)) {
            generate(body);

            assertThat(received().prompt()).as(body.getClass().getName()).isEqualTo("ein Käfer");
            assertThat(received()
                            .body()
                            .at("/generationConfig/imageConfig/aspectRatio")
                            .asText())
                    .isEqualTo("16:9");
        }
    }

    @Test
    void fileWithARequestIsRead(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("job.json"), json("{'prompt': 'a cat', 'resolution': '2K'}"));
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?noop=true&initialDelay=0")
                        .to("gemini-image:generate")
                        .to("mock:drawn");
            }
        });
        MockEndpoint drawn = routes.context().getEndpoint("mock:drawn", MockEndpoint.class);
        drawn.expectedMessageCount(1);
        drawn.expectedHeaderReceived(Exchange.FILE_NAME, "job.jpg");

        drawn.assertIsSatisfied();
        assertThat(received()
                        .body()
                        .at("/generationConfig/imageConfig/imageSize")
                        .asText())
                .isEqualTo("2K");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1", "UTF-8"})
    void charsetOfTheContentTypeIsUsed(String charset) {
        byte[] bytes = json("{'prompt': 'ein Käfer'}").getBytes(Charset.forName(charset));
        generate("gemini-image:generate", bytes, Map.of(Exchange.CONTENT_TYPE, "application/json; charset=" + charset));

        assertThat(received().prompt()).isEqualTo("ein Käfer");
    }

    @Test
    void byteOrderMarkIsPassedOver() {
        generate("\uFEFF" + json("{'prompt': 'ein Käfer'}"));
        assertThat(received().prompt()).isEqualTo("ein Käfer");

        generate(("\uFEFF" + json("{'prompt': 'ein Wal'}")).getBytes(StandardCharsets.UTF_8));
        assertThat(received().prompt()).isEqualTo("ein Wal");

        generate(("\uFEFF" + json("{'prompt': 'ein Reh'}")).getBytes(StandardCharsets.UTF_16LE));
        assertThat(received().prompt()).isEqualTo("ein Reh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a cat}",
                "{",
                "{}",
                "{'subject': 'a cat', 'style': 'oil'}",
                "{'scene': {'prompt': 'a cat'}}",
                "{'scene': 'a cat', broken, 'prompt': 'x'}",
                "['prompt']",
                "'prompt': 'a cat'"
            })
    void textThatOnlyBeginsWithABraceStaysAPrompt(String text) {
        generate(json(text));
        assertThat(received().prompt()).isEqualTo(json(text));

        generate(json(text).getBytes(StandardCharsets.UTF_8));
        assertThat(received().prompt()).isEqualTo(json(text));
    }

    @Test
    void contentTypeMakesARequestOfAnyObject() {
        generate(
                "gemini-image:generate?prompt=a cat",
                json(" {'aspectRatio': '1:1'}"),
                Map.of(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(received()
                        .body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("1:1");

        generate("gemini-image:generate?prompt=a cat", "{}", Map.of(Exchange.CONTENT_TYPE, "application/vnd.job+json"));
        assertThat(received().prompt()).isEqualTo("a cat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {'Prompt': 'a cat', 'ASPECT_RATIO': '16:9'}
            {'PROMPT': 'a cat', 'AspectRatio': '16:9'}
            {'prompt': 'a cat', 'aspectratio': '16:9'}
            {'Prompt': 'a cat', 'GenerationConfig': {'imageConfig': {'aspectRatio': '16:9'}}}
            {'Contents': 'a cat', 'aspect_Ratio': '16:9'}
            {'input': {'prompt': 'a cat', 'aspect_ratio': '16:9'}}
            {'Input': {'Prompt': 'a cat', 'Aspect_Ratio': '16:9'}}
            {'model': 'gemini-3-pro-image', 'payload': {'prompt': 'a cat', 'aspect_ratio': '16:9'}}
            {'aspect_ratio': '16:9', 'input': {'contents': 'a cat'}}
            """)
    void jobIsKnownInAnyCaseAndInTheEnvelopesOfOtherServices(String job) {
        for (Object body : List.of(json(job), json(job).getBytes(StandardCharsets.UTF_8))) {
            generate(body);

            assertThat(received().prompt()).isEqualTo("a cat");
            assertThat(received()
                            .body()
                            .at("/generationConfig/imageConfig/aspectRatio")
                            .asText())
                    .isEqualTo("16:9");
        }
    }

    @Test
    void envelopeMayBeAMapAndHaveLargePictures() {
        generate(Map.of("input", Map.of("Prompt", "brighter", "Image", PNG)));
        assertThat(received().prompt()).isEqualTo("brighter");
        assertThat(receivedPictures()).containsExactly("image/png 30x20");

        generate(json("{'input': {'prompt': 'brighter', 'IMAGES': ['" + dataUri(Pictures.noise(200, 200)) + "']}}"));
        assertThat(receivedPictures()).containsExactly("image/png 200x200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'input': 'a cat'}",
                "{'input': {'scene': 'a cat'}}",
                "{'payload': ['prompt']}",
                "{'Subject': 'a cat', 'Style': 'oil'}",
                "{'job': {'input': {'prompt': 'a cat'}}}"
            })
    void objectWithoutAnythingKnownStaysAPrompt(String text) {
        generate(json(text));

        assertThat(received().prompt()).isEqualTo(json(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'aspectRatio': '16:9', 'imageSize': '4K'}",
                "{'input': {'aspectRatio': '16:9', 'image_size': '4K'}}",
                "{'generationConfig': {'imageConfig': {'aspectRatio': '16:9', 'imageSize': '4K'}}}"
            })
    void objectOfParametersAloneIsARequest(String body) {
        generate("gemini-image:generate?prompt=a cat", json(body), Map.of());

        assertThat(received().prompt()).isEqualTo("a cat");
        assertThat(received().body().at("/generationConfig/imageConfig").toString())
                .contains("16:9", "4K");
        assertThat(routes.failure("gemini-image:generate", json(body), Map.of(), InvalidRequestException.class))
                .hasMessageContaining("prompt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'aspectRatio': '16:9'} of a cat", "{'aspectRatio': '16:9', 'subject': 'a cat'}", "{'model': "})
    void objectOfParametersAndMoreStaysAPrompt(String text) {
        generate(json(text));

        assertThat(received().prompt()).isEqualTo(json(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{`prompt`: `a cat`, `aspectRatio`: `16:9`}", "{`prompt`: `a cat`, `images`: []}"})
    void envelopeMayHoldTheJobAsAString(String job) throws Exception {
        ObjectNode envelope = new ObjectMapper().createObjectNode();
        envelope.put("model", "gemini-3.1-flash-image").put("input", job.replace('`', '"'));
        for (Object body :
                List.of(envelope.toString(), envelope, envelope.toString().getBytes(StandardCharsets.UTF_8))) {
            generate(body);

            assertThat(received().prompt()).isEqualTo("a cat");
        }
    }

    @Test
    void halfOfACharacterInJsonIsRefused() {
        for (String type : List.of("application/json", "text/plain")) {
            assertThat(routes.failure(
                            "gemini-image:generate",
                            json("{'prompt': 'a cat \uD83D'}"),
                            Map.of(Exchange.CONTENT_TYPE, type),
                            InvalidRequestException.class))
                    .hasMessageContaining("U+D83D");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "a cat"                                  | a cat
             "a \\"cat\\"\\nin oil"             | a "cat"\\nin oil
            "{\\"prompt\\": \\"a cat\\"}"    | a cat
            "{\\"subject\\": \\"a cat\\"}"   | {"subject": "a cat"}
            "Starry Night" as a cat                  | "Starry Night" as a cat
            "a cat                                   | "a cat
            """)
    void jsonStringIsThePromptOrTheJobThatItHolds(String body, String prompt) {
        Map<String, Object> json = Map.of(Exchange.CONTENT_TYPE, "application/json");
        String expected = prompt.replace("\\n", "\n");
        for (Object form : List.of(body, body.getBytes(StandardCharsets.UTF_8))) {
            generate("gemini-image:generate", form, json);
            assertThat(received().prompt()).isEqualTo(expected);
        }

        generate(body);
        assertThat(received().prompt()).isEqualTo(body);
    }

    @Test
    void wordsStayAPromptWhenAnEarlierContentTypeLingers() {
        generate("gemini-image:generate", "a cat", Map.of(Exchange.CONTENT_TYPE, "application/json"));

        assertThat(received().prompt()).isEqualTo("a cat");
    }

    /** A field of a source document, and what the API must receive. */
    record Sent(String field, String pointer, String json) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Sent> fields() {
        String image = "/generationConfig/imageConfig/";
        return Stream.of(
                new Sent("'aspect_ratio': '21:9'", image + "aspectRatio", "'21:9'"),
                new Sent("'aspectRatio': '21:9'", image + "aspectRatio", "'21:9'"),
                new Sent("'resolution': '2k'", image + "imageSize", "'2K'"),
                new Sent("'image_size': '4K'", image + "imageSize", "'4K'"),
                new Sent("'imageSize': 512", image + "imageSize", "'512'"),
                new Sent("'system_instruction': 'Only in blue'", "/systemInstruction/parts/0/text", "'Only in blue'"),
                new Sent("'response_modalities': ['IMAGE']", "/generationConfig/responseModalities", "['IMAGE']"),
                new Sent(
                        "'response_modalities': 'text,image'",
                        "/generationConfig/responseModalities",
                        "['TEXT','IMAGE']"),
                new Sent("'enable_google_search': true", "/tools", "[{'googleSearch':{}}]"),
                new Sent("'enable_web_search': 'true'", "/tools", "[{'googleSearch':{}}]"),
                new Sent("'google_search': true", "/tools", "[{'googleSearch':{}}]"),
                new Sent("'safety_tolerance': 'BLOCK_FEW'", "/safetySettings/0/threshold", "'BLOCK_ONLY_HIGH'"),
                new Sent("'safety_tolerance': 'BLOCK_SOME'", "/safetySettings/1/threshold", "'BLOCK_MEDIUM_AND_ABOVE'"),
                new Sent("'safety_tolerance': 'BLOCK_MOST'", "/safetySettings/2/threshold", "'BLOCK_LOW_AND_ABOVE'"),
                new Sent("'safety_tolerance': 'block_none'", "/safetySettings/3/threshold", "'BLOCK_NONE'"),
                new Sent(
                        "'safety_settings': {'hate_speech': 'OFF'}",
                        "/safetySettings",
                        "[{'category':'HARM_CATEGORY_HATE_SPEECH','threshold':'OFF'}]"),
                new Sent("'thinking_level': 'high'", "/generationConfig/thinkingConfig/thinkingLevel", "'HIGH'"),
                new Sent("'include_thoughts': true", "/generationConfig/thinkingConfig/includeThoughts", "true"),
                new Sent("'temperature': 0.5", "/generationConfig/temperature", "0.5"),
                new Sent("'top_p': 0.25", "/generationConfig/topP", "0.25"),
                new Sent("'top_k': 40", "/generationConfig/topK", "40.0"),
                new Sent("'seed': 7", "/generationConfig/seed", "7"),
                new Sent("'service_tier': 'flex'", "/serviceTier", "'flex'"),
                new Sent("'media_resolution': 'low'", "/generationConfig/mediaResolution", "'MEDIA_RESOLUTION_LOW'"),
                // As Gemini takes them.
                new Sent("'generationConfig': {'imageConfig': {'aspectRatio': '4:3'}}", image + "aspectRatio", "'4:3'"),
                new Sent("'generation_config': {'image_config': {'image_size': '2K'}}", image + "imageSize", "'2K'"),
                new Sent(
                        "'generationConfig': {'temperature': 1, 'candidateCount': 1}",
                        "/generationConfig/temperature",
                        "1.0"),
                new Sent(
                        "'generationConfig': {'responseFormat': {'image': {'aspectRatio': '4:3'}}}",
                        image + "aspectRatio",
                        "'4:3'"),
                new Sent(
                        "'generationConfig': {'thinkingConfig': {'includeThoughts': true}}",
                        "/generationConfig/thinkingConfig/includeThoughts",
                        "true"),
                new Sent(
                        "'systemInstruction': {'parts': [{'text': 'blue'}, {'text': 'green'}]}",
                        "/systemInstruction/parts/0/text",
                        "'blue\\ngreen'"),
                new Sent(
                        "'safetySettings': [{'category': 'HARM_CATEGORY_HARASSMENT', 'threshold': 'BLOCK_NONE'}]",
                        "/safetySettings",
                        "[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'BLOCK_NONE'}]"),
                new Sent("'tools': [{'googleSearch': {}}]", "/tools", "[{'googleSearch':{}}]"),
                new Sent(
                        "'tools': [{'google_search': {'search_types': {'image_search': {}}}}]",
                        "/tools",
                        "[{'googleSearch':{'searchTypes':{'imageSearch':{}}}}]"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void fieldIsSent(Sent sent) throws Exception {
        generate(json("{'prompt': 'a cat', " + sent.field() + "}"));

        JsonNode body = received().body();
        assertThat(body.at(sent.pointer()))
                .as(body.toString())
                .isEqualTo(new ObjectMapper().readTree(json(sent.json())));
    }

    @Test
    void everyNameOfEveryParameterIsKnown() {
        Map<Parameter<?>, Object> values = new LinkedHashMap<>();
        values.put(Parameter.OUTPUT_QUALITY, 90);
        values.put(Parameter.MAX_RETRIES, 1);
        values.put(Parameter.NUM_IMAGES, 2);
        values.put(Parameter.OUTPUT_FORMAT, "png");
        values.put(Parameter.OUTPUT, "list");
        values.put(Parameter.IMAGE_SEARCH, true);
        values.put(Parameter.MODEL, "gemini-3-pro-image");

        values.forEach((parameter, value) -> parameter.fieldNames().forEach(name -> {
            Map<String, Object> body = new LinkedHashMap<>(Map.of(name, value));
            body.put("prompt", "a cat");
            generate(body);
        }));
        assertThat(routes.emulator().requests()).anyMatch(r -> r.model().equals("gemini-3-pro-image"));
    }

    @ParameterizedTest
    @CsvSource({"num_images", "numImages", "n"})
    void numberOfPicturesIsAsked(String name) {
        generate(json("{'prompt': 'a cat', '" + name + "': 2}"));

        assertThat(routes.emulator().requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"output_format", "outputFormat", "image_output_format"})
    void formatIsMade(String name) {
        Exchange exchange = routes.send("gemini-image:generate", json("{'prompt': 'a cat', '" + name + "': 'PNG'}"));

        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/png");
    }

    @Test
    void headerWinsOverFieldAndFieldOverOption() {
        String body = json("{'prompt': 'a cat', 'aspect_ratio': '4:3'}");
        generate("gemini-image:generate?aspectRatio=1:1&prompt=a dog", body, Map.of());
        generate("gemini-image:generate", body, Map.of(GeminiImageHeaders.ASPECT_RATIO, "16:9"));
        generate("gemini-image:generate", body, Map.of(GeminiImageHeaders.PROMPT, "a whale"));

        assertThat(routes.emulator().requests())
                .extracting(request -> request.prompt() + " "
                        + request.body()
                                .at("/generationConfig/imageConfig/aspectRatio")
                                .asText())
                .containsExactly("a cat 4:3", "a cat 16:9", "a whale 4:3");
    }

    @Test
    void nullIsAsGoodAsNothing() {
        generate(
                "gemini-image:generate?aspectRatio=1:1",
                json("{'prompt': 'a cat', 'aspect_ratio': null, 'images': null}"),
                Map.of());

        assertThat(received()
                        .body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("1:1");
    }

    @Test
    void sameValueByTwoNamesIsOne() {
        generate(json("{'prompt': 'a cat', 'aspect_ratio': '16:9', 'aspectRatio': '16/9',"
                + " 'generationConfig': {'imageConfig': {'aspectRatio': '16:9'}}}"));

        assertThat(received()
                        .body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("16:9");
    }

    @Test
    void fieldsOfOtherServicesWithoutMeaningHereAreIgnored() {
        generate(json("{'prompt': 'a cat', 'sync_mode': true, 'limit_generations': true}"));

        assertThat(received().prompt()).isEqualTo("a cat");
    }

    @Test
    void unknownFieldsAreIgnoredOnDemand() {
        generate(
                "gemini-image:generate?strictJson=false",
                json("{'prompt': 'a cat', 'colour': 'blue', 'generationConfig': {'maxOutputTokens': 5},"
                        + " 'tools': [{'codeExecution': {}}], 'apiKey': 'other', 'client': 5}"),
                Map.of());

        assertThat(received().prompt()).isEqualTo("a cat");
        assertThat(received().body().has("tools")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"images", "image", "image_urls", "referenceImages", "reference_images"})
    void picturesOfEveryNameComeInTheirOrder(String name) {
        generate(json("{'prompt': 'join', '" + name + "': ['" + dataUri(PNG) + "', '" + dataUri(JPEG) + "', '"
                + base64(PNG) + "']}"));
        assertThat(receivedPictures()).containsExactly("image/png 30x20", "image/jpeg 40x30", "image/png 30x20");

        generate(json("{'" + name + "': '" + dataUri(JPEG) + "', 'prompt': 'brighter'}"));
        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30");
    }

    @Test
    void largePicturesAreBothDataUrisAndBareBase64() {
        byte[] large = Pictures.noise(200, 200);
        String php = base64(large).replace("/", "\\/");

        generate(json("{'prompt': 'join', 'images': ['" + dataUri(large) + "', '" + base64(large)
                + "', 'data:image\\/png;base64," + php + "', '" + dataUri(PNG) + "']}"));

        assertThat(receivedPictures())
                .containsExactly("image/png 200x200", "image/png 200x200", "image/png 200x200", "image/png 30x20");
        assertThat(received().pictures().get(2).length()).isEqualTo(large.length);
    }

    /** Whatever stands around a picture, and however large it is. */
    static Stream<Function<byte[], String>> waysToWriteAPicture() {
        return Stream.of(
                picture -> " " + dataUri(picture) + " ",
                picture -> "\\n" + dataUri(picture) + "\\n",
                picture -> dataUri(picture).replace("data:image/png", "DATA:IMAGE/PNG"),
                picture -> dataUri(picture).replace(";base64", ";BASE64"),
                picture -> dataUri(picture).replace("base64,", "base64, "),
                picture -> dataUri(picture).replace(";base64,", "; base64 ,\\r\\n"),
                picture -> dataUri(picture).replace("image/png", "image/png;charset=utf-8"),
                picture -> dataUri(picture).replace("image/png", ""),
                picture -> " " + base64(picture) + "\\n",
                picture -> base64(picture).replaceAll("(.{76})", "$1\\\\r\\\\n"),
                picture -> base64(picture).replaceAll("(.{64})", "$1 "),
                picture -> base64(picture).replace("=", ""),
                picture -> base64(picture).replace('+', '-').replace('/', '_'));
    }

    @ParameterizedTest
    @MethodSource("waysToWriteAPicture")
    void pictureIsReadTheSameWayInEveryPlaceAndOfAnySize(Function<byte[], String> way) throws Exception {
        byte[] large = Pictures.noise(200, 200);
        for (byte[] picture : List.of(PNG, large)) {
            String pixels = "image/png " + (picture == PNG ? "30x20" : "200x200");
            String written = way.apply(picture);
            String read = new ObjectMapper().readTree("\"" + written + "\"").asText();

            generate(json("{'prompt': 'a', 'images': ['" + written + "']}"));
            assertThat(receivedPictures()).containsExactly(pixels);
            generate(Map.of("prompt", "a", "image", read));
            assertThat(receivedPictures()).containsExactly(pixels);
            generate("gemini-image:generate", "a", Map.of(GeminiImageHeaders.REFERENCE_IMAGES, read));
            assertThat(receivedPictures()).containsExactly(pixels);
            generate("gemini-image:generate", "a", Map.of(GeminiImageHeaders.REFERENCE_IMAGES, List.of(read, read)));
            assertThat(receivedPictures()).containsExactly(pixels, pixels);
            // In an endpoint's URI, a blank within Base64 is a plus that Camel read as one.
            if (!read.matches("(?s).*[A-Za-z0-9+/] [A-Za-z0-9+/].*")) {
                routes.component().getConfiguration().setReferenceImages(read);
                generate("gemini-image:generate?prompt=of " + picture.length, null, Map.of());
                assertThat(receivedPictures()).containsExactly(pixels);
            }
            routes.component().getConfiguration().setReferenceImages(null);
        }
    }

    @Test
    void listsInATextKeepTheCommasOfUris() {
        String list = dataUri(PNG) + " , " + dataUri(JPEG) + "," + base64(PNG);
        List<String> pictures = List.of("image/png 30x20", "image/jpeg 40x30", "image/png 30x20");

        generate("gemini-image:generate", "a", Map.of(GeminiImageHeaders.REFERENCE_IMAGES, list));
        assertThat(receivedPictures()).isEqualTo(pictures);
        generate(json("{'prompt': 'a', 'images': '" + list + "'}"));
        assertThat(receivedPictures()).isEqualTo(pictures);
        assertThat(Parameter.REFERENCE_IMAGES.read("https://host/a,b.png,gs://bucket/c,d.png, files/abc", "header"))
                .containsExactly("https://host/a,b.png", "gs://bucket/c,d.png", "files/abc");
    }

    @Test
    void filesOfTheApiAreNamed() {
        routes.upload("files/abc-1", PNG);
        generate(json("{'prompt': 'join', 'images': ['files/abc-1']}"));

        assertThat(received().body().at("/contents/0/parts/1/fileData/fileUri").asText())
                .isEqualTo("files/abc-1");
    }

    @Test
    void picturesInAMapMayBeBytesStreamsAndPicturesOfAnEarlierCall() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice")
                        .to("gemini-image:generate")
                        .process(exchange -> exchange.getMessage()
                                .setBody(Map.of(
                                        "prompt",
                                        "join",
                                        "images",
                                        List.of(
                                                PNG,
                                                new ByteArrayInputStream(JPEG),
                                                exchange.getMessage().getBody()))))
                        .to("gemini-image:edit");
            }
        });
        Exchange exchange = routes.send("direct:twice", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(receivedPictures()).containsExactly("image/png 30x20", "image/jpeg 40x30", "image/jpeg 1024x1024");
    }

    @Test
    void headerTakesThePlaceOfThePicturesInTheJson() {
        generate(
                "gemini-image:edit?referenceImages=ref:none",
                json("{'prompt': 'brighter', 'images': ['" + dataUri(PNG) + "']}"),
                Map.of(GeminiImageHeaders.REFERENCE_IMAGES, dataUri(JPEG)));
        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30");

        generate(
                "gemini-image:edit?referenceImages=ref:none",
                json("{'prompt': 'brighter', 'images': ['" + dataUri(PNG) + "']}"),
                Map.of());
        assertThat(receivedPictures()).containsExactly("image/png 30x20");
    }

    @Test
    void turnOfTheUserBecomesPromptAndPictures() {
        routes.upload("files/abc-1", PNG);
        generate(
                "gemini-image:edit?prompt=of the route",
                json("{'contents': [{'role': 'user', 'parts': [{'text': 'Add a llama'},"
                        + " {'inline_data': {'mime_type': 'image/jpeg', 'data': '" + base64(JPEG) + "'}},"
                        + " {'fileData': {'fileUri': 'files/abc-1'}}]}],"
                        + " 'generationConfig': {'responseModalities': ['TEXT', 'IMAGE'],"
                        + " 'imageConfig': {'aspectRatio': '1:1', 'imageSize': '1K'}}}"),
                Map.of());

        assertThat(received().prompt()).isEqualTo("Add a llama");
        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30");
        assertThat(received().body().at("/contents")).hasSize(1);
        assertThat(received().body().at("/generationConfig"))
                .hasToString(
                        json(
                                "{'responseModalities':['TEXT','IMAGE'],'imageConfig':{'aspectRatio':'1:1','imageSize':'1K'}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a cat'",
                "['a cat']",
                "{'parts': {'text': 'a cat'}}",
                "{'parts': [{'text': 'a cat'}]}",
                "[{'text': 'a cat'}]"
            })
    void contentsMayBeShort(String contents) {
        generate(json("{'contents': " + contents + "}"));

        assertThat(received().prompt()).isEqualTo("a cat");
    }

    @Test
    void wordsAmongPicturesKeepTheirPlaces() {
        generate(json("{'contents': ['style:', {'inlineData': {'data': '" + base64(PNG) + "'}}, 'person:',"
                + " {'inlineData': {'data': '" + base64(JPEG) + "'}}, 'draw']}"));

        JsonNode parts = received().body().at("/contents/0/parts");
        assertThat(parts).hasSize(5);
        assertThat(parts.at("/2/text").asText()).isEqualTo("person:");
        assertThat(received().body().at("/contents")).hasSize(1);
    }

    @Test
    void severalTurnsAreSentAsTheyWere() {
        String turns = "{'role': 'user', 'parts': [{'text': 'a cat'}]},"
                + " {'role': 'model', 'parts': [{'text': 'here', 'thought_signature': 'U0lH'}]}";
        String model = "'model': 'gemini-2.5-flash-image', ";
        generate(json("{" + model + "'contents': [" + turns + ", {'role': 'user', 'parts': [{'text': 'bluer'}]}]}"));
        JsonNode first = received().body().path("contents");
        generate(json("{" + model + "'contents': [" + turns + "], 'prompt': 'bluer'}"));

        assertThat(first).hasSize(3);
        assertThat(first.at("/1/parts/0/thoughtSignature").asText()).isEqualTo("U0lH");
        assertThat(first.at("/2/parts/0/text").asText()).isEqualTo("bluer");
        assertThat(received().body().path("contents")).isEqualTo(first);
    }

    @Test
    void typedRequestIsLaidOverTheEndpoint() {
        PayloadSource source = PayloadSource.of(PNG);
        ImageRequest request = ImageRequest.builder()
                .set(Parameter.PROMPT, "brighter")
                .set(Parameter.ASPECT_RATIO, AspectRatio.parse("4:3"))
                .addReferenceImage(
                        new ReferenceImage.Inline(source, ImageInfo.read(source).orElseThrow()))
                .build();
        generate(
                "gemini-image:edit?prompt=of the route&aspectRatio=1:1&imageSize=2K",
                request,
                Map.of(GeminiImageHeaders.IMAGE_SIZE, "4K"));

        assertThat(received().prompt()).isEqualTo("brighter");
        assertThat(receivedPictures()).containsExactly("image/png 30x20");
        assertThat(received().body().at("/generationConfig/imageConfig"))
                .hasToString(json("{'aspectRatio':'4:3','imageSize':'4K'}"));
    }
}
