package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.request.Parameter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An invalid JSON request is refused before any call, with a message that says what is allowed, and leaves nothing
 * behind.
 */
class WrongJsonTest {

    private static final String PNG =
            "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.draw("png", 30, 20));
    private static final String LARGE =
            "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.noise(300, 300));

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void spoolHere() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(1000L);
    }

    @AfterEach
    void nothingWasSentNorStays() {
        assertThat(routes.emulator().requests()).isEmpty();
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    private String refusal(Object body) {
        return refusal("gemini-image:generate", body, Map.of());
    }

    private String refusal(String uri, Object body, Map<String, Object> headers) {
        String message =
                routes.failure(uri, body, headers, GeminiImageException.class).getMessage();
        assertThat(message).hasSizeLessThan(600);
        return message;
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'prompt': 5                         | field prompt of the message body '5' must be a string
            'prompt': ['a']                     | field prompt of the message body '["a"]' must be a string
            'prompt': {'text': 'a'}             | must be a string
            'prompt': null                      | prompt is empty
            'prompt': ''                        | prompt is empty
            'prompt': 'a', 'aspect_ratio': 1.5  | field aspect_ratio of the message body '1.5' must be width:height
            'prompt': 'a', 'aspect_ratio': ['1:1'] | field aspect_ratio of the message body '["1:1"]' must be a string
            'prompt': 'a', 'aspect_ratio': '7:5' | must be one of 1:1
            'prompt': 'a', 'aspectRatio': '1:1', 'aspect_ratio': '4:3' | fields aspectRatio and aspect_ratio of the message body both set aspectRatio, to different values
            'prompt': 'a', 'resolution': '2K', 'generationConfig': {'imageConfig': {'imageSize': '4K'}} | fields resolution and generationConfig.imageConfig.imageSize
            'prompt': 'a', 'resolution': '8K'   | field resolution of the message body '8K' must be one of 512, 1K, 2K, 4K
            'prompt': 'a', 'resolution': true   | must be a string
            'prompt': 'a', 'num_images': 0      | field num_images of the message body '0' must be a whole number from 1 to 8
            'prompt': 'a', 'num_images': 9      | field num_images of the message body '9' must be a whole number from 1 to 8
            'prompt': 'a', 'num_images': 1.5    | must be a whole number from 1 to 8
            'prompt': 'a', 'num_images': 1e999  | must be a whole number from 1 to 8
            'prompt': 'a', 'num_images': true   | must be a number
            'prompt': 'a', 'n': 99999999999999999999999999999999 | must be a whole number from 1 to 8
            'prompt': 'a', 'temperature': '1e400' | must be a number from 0 to 2
            'prompt': 'a', 'temperature': NaN   | must be a JSON object: Non-standard token 'NaN'
            'prompt': 'a', 'temperature': 'NaN' | must be a number from 0 to 2
            'prompt': 'a', 'seed': 12345678901  | must be a whole number of 32 bits
            'prompt': 'a', 'enable_google_search': 1 | field enable_google_search of the message body '1' must be true or false
            'prompt': 'a', 'enable_google_search': 'yes' | must be true or false
            'prompt': 'a', 'safety_tolerance': 4 | must be one of OFF, BLOCK_NONE
            'prompt': 'a', 'safety_settings': {'rain': 'OFF'} | must be one of HARASSMENT
            'prompt': 'a', 'safety_settings': {'harassment': {}} | must be an object whose values are strings
            'prompt': 'a', 'labels': 5          | must be an object whose values are strings
            'prompt': 'a', 'response_modalities': ['AUDIO'] | must be one of TEXT, IMAGE
            'prompt': 'a', 'response_modalities': [1] | must be an array of strings
            'prompt': 'a', 'output': 'zip'      | must be one of image, list, attachments, json
            'prompt': 'a', 'retry_count': -1    | field retry_count of the message body '-1' must be a whole number from 0 to 20
            'prompt': 'a', 'images': 5          | field images of the message body '5' must be a string or an array of strings
            'prompt': 'a', 'images': [{'url': 'x'}] | must be a string or an array of strings, each the URI or the Base64 of an image
            'prompt': 'a', 'images': ['./photo.png'] | referenceImages './photo.png' must be https:, data:, gs://
            'prompt': 'a', 'images': ['http://127.0.0.1:1/x.png'] | the host 127.0.0.1 has no public address
            'prompt': 'a', 'images': ['file:/etc/passwd'] | is only allowed in the route itself
            'prompt': 'a', 'images': ['File:/etc/passwd'] | is only allowed in the route itself
            'prompt': 'a', 'images': ['classpath:x.png'] | is only allowed in the route itself
            'prompt': 'a', 'images': ['ref:logo'] | is only allowed in the route itself
            'prompt': 'a', 'images': ['x'], 'image': 'y' | fields images and image of the message body both set referenceImages
            'prompt': 'a', 'images': ['data:image/png;base64,!!!'] | Illegal base64 character
            'prompt': 'a', 'images': ['data:image/png,abc'] | must look like data:image/png;base64,
            'prompt': 'a', 'images': ['data:text/html;base64,PGh0bWw+'] | its bytes are not an image of a known type
            'prompt': 'a', 'colour': 'blue'     | field colour of the message body is unknown
            'prompt': 'a', 'aspektratio': '1:1' | did you mean aspectRatio
            'prompt': 'a', 'num-images': 2      | did you mean num_images
            'prompt': 'a', 'output_formt': 'png' | did you mean output_format
            'prompt': 'a', 'webhook': 'https://x' | webhook of the message body is an option that only the route can set
            'prompt': 'a', 'app': 'google/x'    | names an app of another service
            'prompt': 'a', 'input': {}          | is the envelope of another service
            'prompt': 'a', 'key': 'secret'      | is a credential, which only the route can set
            'prompt': 'a', 'size': '1024x1024'  | use imageSize (512, 1K, 2K, 4K) and aspectRatio
            'prompt': 'a', 'contents': 'b'      | fields contents and prompt of the message body both contain the current prompt
            'prompt': 'a', 'prompt': 'b'        | a field occurs twice
            'prompt': 'a', 'generationConfig': 5 | field generationConfig of the message body '5' must be an object
            'prompt': 'a', 'generationConfig': {'imageConfig': []} | must be an object
            'prompt': 'a', 'generationConfig': {'imageConfig': {'aspect': '1:1'}} | field imageConfig.aspect of the message body is unknown; did you mean imageConfig.aspectRatio
            'prompt': 'a', 'generationConfig': {'candidateCount': 2} | must be 1, because the models return only one candidate; use numImages
            'prompt': 'a', 'generationConfig': {'seed': 1, 'seed': 2} | a field occurs twice, at byte
            'prompt': 'a', 'tools': [{'codeExecution': {}}] | field tools.codeExecution of the message body is unknown
            'prompt': 'a', 'safetySettings': [{'category': 'HARASSMENT', 'treshold': 'OFF'}] | did you mean safetySettings.threshold
            'prompt': 'a', 'safetySettings': [{'category': 'HARASSMENT'}] | must be an object whose values are strings
            'prompt': 'a', 'cachedContent': 'x' | image models have no cached content
            'contents': []                      | /contents 'an object or array' must be an array of turns
            'contents': 5                       | the message body: /contents
            'contents': [{'role': 'system', 'parts': [{'text': 'a'}]}] | must be user or model
            'contents': [{'parts': [{'inlineData': {'data': 'PGh0bWw+'}}]}] | is not an image of a known type
            'contents': [{'parts': [{'inlineData': {'data': '!!!'}}]}] | a character that is not Base64 (code 33)
            'contents': [{'parts': [{'inlineData': {'data': 5}}]}] | must be the Base64 of an image
            'contents': [{'parts': [{'fileData': {'fileUri': 'file:/etc/passwd'}}]}] | must be gs:// or a file of the Files API
            'prompt': 'a'} {'prompt': 'b'       | there is content after the JSON
            'prompt': 'a'} and so on {          | Unrecognized token 'and'
            'prompt': 'a', 'b                   | Unexpected end-of-input
            'prompt': 'a', b: 1                 | Unexpected character
            'prompt': 'a',                      | Unexpected character ('}'
            """)
    void mistakeIsNamed(String members, String message) {
        String body = json("{" + members + "}");

        assertThat(refusal(body)).contains(message);
        assertThat(refusal(body.getBytes(StandardCharsets.UTF_8))).contains(message);
    }

    @Test
    void emptyObjectHasNoPrompt() {
        assertThat(refusal("gemini-image:generate", "{}", Map.of(Exchange.CONTENT_TYPE, "application/json")))
                .contains("prompt is empty");
        assertThat(refusal(Map.of())).contains("prompt is empty");
    }

    @Test
    void arrayIsToBeSplit() {
        assertThat(refusal(
                        "gemini-image:generate",
                        json("[{'prompt': 'a'}]"),
                        Map.of(Exchange.CONTENT_TYPE, "application/json; charset=utf-8")))
                .contains("JSON array", "Split the array");
    }

    @Test
    void arrayOfJobsIsToBeSplitWhateverItsTypeIs() {
        assertThat(refusal(json("[{'prompt': 'a'}, {'prompt': 'b'}]"))).contains("JSON array", "Split the array");
        assertThat(refusal(json(" [ {'Input': {'prompt': 'a'}}]").getBytes(StandardCharsets.UTF_8)))
                .contains("JSON array", "Split the array");
    }

    @Test
    void brokenLargePicturesAreNamedAndNotShown() {
        String cut = LARGE.substring(0, LARGE.length() / 2);

        assertThat(refusal(json("{'prompt': 'a', 'images': ['" + LARGE + "', '" + cut + "!" + cut + "']}")))
                .contains("a character that is not Base64 (code 33)", "in /images/1");
        assertThat(refusal(json("{'prompt': 'a', 'images': ['" + cut))).contains("ends inside Base64");
        assertThat(refusal(json("{'prompt': 'a', 'images': ['" + LARGE.replace(";base64", "") + "']}")))
                .contains("does not begin like data:image/png;base64,");
        assertThat(refusal(json("{'prompt': 'a', 'images': ['https://x/" + "y".repeat(9000) + "']}")))
                .contains("not Base64 (code 58)");
        assertThat(refusal(json("{'prompt': 'a', 'images': ['" + LARGE + "', 5]}")))
                .contains("field images of the message body '5'");
        assertThat(refusal(json("{'images': ['" + LARGE + "'], 'colour': 'blue', 'prompt': 'a'}")))
                .contains("colour");
        assertThat(refusal(json("{'prompt': 'a', 'colour': '" + LARGE + "'}"))).contains("field colour");
        assertThat(refusal(json("{'prompt': 'a', 'aspect_ratio': '" + LARGE + "'}")))
                .contains("'data:image/png;base64,…' must be width:height");
    }

    @Test
    void textAndPagesAreNoPictures() {
        String page = Base64.getEncoder()
                .encodeToString("<!DOCTYPE html><html><body>Not found</body></html>"
                        .repeat(300)
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(json("{'prompt': 'a', 'images': ['data:image/png;base64," + page + "']}")))
                .contains("its bytes are not an image of a known type");
        assertThat(refusal(json("{'prompt': 'a', 'images': ['data:image/png;base64," + page.substring(0, 400) + "']}")))
                .contains("its bytes are not an image of a known type");
    }

    @Test
    void fifteenReferencesAreTooMany() {
        String images = String.join(",", Collections.nCopies(15, "'" + PNG + "'"));

        assertThat(refusal(json("{'prompt': 'a', 'images': [" + images + "]}"))).contains("15", "14 at most");
    }

    @Test
    void hundredThousandLevelsAreTooDeep() {
        String deep = "[".repeat(100_000);

        assertThat(refusal(json("{'prompt': 'a', 'images': " + deep))).contains("nesting depth");
        assertThat(refusal(json("{'prompt': 'a', 'x': " + deep.replace("[", "{'a':"))))
                .contains("nesting depth");
        assertThat(refusal(json("{'contents': " + deep))).contains("nesting depth");
    }

    @Test
    void hugeNumbersNamesAndStringsAreRefused() {
        assertThat(refusal(json("{'prompt': 'a', 'seed': " + "9".repeat(2000) + "}")))
                .contains("Number value length");
        assertThat(refusal(json("{'prompt': 'a', '" + "x".repeat(100_000) + "': 1}")))
                .contains("Name length");
        assertThat(refusal(json("{'prompt': '" + "x".repeat(2 << 20) + "'}"))).contains("String value length");
        assertThat(refusal(json("{'prompt': 'a', 'x': [" + "1,".repeat(100_000) + "1]}")))
                .contains("Token count");
    }

    @Test
    void twoHundredMegabytesOfTextAreRefusedAsStreamAndAsString() {
        InputStream endless = new InputStream() {
            private long left = 200_000_000;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = (int) Math.min(length, left);
                Arrays.fill(bytes, offset, offset + Math.max(0, count), (byte) 'x');
                left -= count;
                return count <= 0 ? -1 : count;
            }
        };

        assertThat(refusal(endless)).contains("200000000 bytes and is not an image");
        assertThat(refusal("x".repeat(5_000_000))).contains("5000000 characters; a prompt may have at most 1048576");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] bytes = json("{'prompt': 'a#'}").getBytes(StandardCharsets.ISO_8859_1);
        bytes[bytes.length - 3] = (byte) 0xff;

        assertThat(refusal(bytes)).contains("Invalid UTF-8");
    }

    @Test
    void typesThatCannotBeJsonAreRefused() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("prompt", circle);

        assertThat(refusal(circle)).contains("java.util.HashMap", "cannot be read as a JSON object");
        assertThat(refusal(Map.of("prompt", new Object()))).contains("cannot be read as a JSON object");
        assertThat(refusal(Map.of("prompt", "a", "temperature", Double.NaN))).contains("must be a number from 0 to 2");
        assertThat(refusal(Map.of(
                        "prompt", "a", "images", List.of(Path.of("/etc/passwd").toFile()))))
                .contains("referenceImages '/etc/passwd'");
        assertThat(refusal(Map.of("prompt", "a", "images", List.of(new byte[] {1, 2, 3}))))
                .contains("referenceImages");
    }

    static Set<String> optionsOfTheRoute() throws Exception {
        Set<String> parameters =
                Parameter.ALL.stream().map(Parameter::optionName).collect(Collectors.toSet());
        try (InputStream in = GeminiImageComponent.class.getResourceAsStream(
                "/META-INF/io/github/camelgemini/image/gemini-image.json")) {
            JsonNode catalog = new ObjectMapper().readTree(in);
            List<String> names = new ArrayList<>();
            catalog.path("properties").fieldNames().forEachRemaining(names::add);
            catalog.path("componentProperties").fieldNames().forEachRemaining(names::add);
            return names.stream().filter(name -> !parameters.contains(name)).collect(Collectors.toSet());
        }
    }

    @Test
    void thereAreOptionsOfTheRoute() throws Exception {
        assertThat(optionsOfTheRoute())
                .contains(
                        "apiKey",
                        "baseUrl",
                        "spoolDirectory",
                        "maxConcurrentRequests",
                        "client",
                        "imageStore",
                        "strictJson")
                .hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("optionsOfTheRoute")
    void optionOfTheRouteIsRefusedInAMessage(String option) {
        String snakeCase = option.replaceAll("([A-Z])", "_$1");
        Stream.of(option, snakeCase.toLowerCase(), snakeCase.toUpperCase())
                .forEach(name -> assertThat(refusal(json("{'prompt': 'a', '" + name + "': 'x'}")))
                        .contains("only the route can set, not a message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"additionalHeader.X-Team", "api-key", "APIKEY"})
    void optionsOfTheRouteByOtherNamesAreRefused(String name) {
        assertThat(refusal(json("{'prompt': 'a', '" + name + "': 'x'}"))).contains("only the route can set");
    }

    @Test
    void pictureFailureSaysThatItIsOne() {
        assertThat(routes.failure(
                        "gemini-image:generate",
                        json("{'prompt': 'a', 'images': ['data:image/png;base64,AAAA']}"),
                        Map.of(),
                        ReferenceImageException.class))
                .hasMessageContaining("not an image");
        assertThat(routes.failure(
                        "gemini-image:edit", json("{'prompt': 'a'}"), Map.of(), InvalidRequestException.class))
                .hasMessageContaining("edit requires an image");
        assertThat(Files.exists(spool)).isTrue();
    }
}
