package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values are read in all forms in which endpoints, languages and data formats leave them. */
class ValuesInMessagesTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);
    private static final byte[] JPEG = Pictures.draw("jpg", 40, 30);

    @TempDir
    static Path folder;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private enum Wish {
        WHALE
    }

    /** A text as some endpoint or language brings it. */
    record Form(String name, Function<String, Object> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form("byte[] of Kafka", text -> text.getBytes(StandardCharsets.UTF_8)),
                new Form("char[]", String::toCharArray),
                new Form("StringBuilder", StringBuilder::new),
                new Form("CharBuffer", CharBuffer::wrap),
                new Form("ByteBuffer", text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
                new Form("TextNode of Jackson", TextNode::valueOf),
                new Form("InputStream", text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                new Form("StreamCache", text -> cache(text)),
                new Form("Reader", StringReader::new),
                new Form("ReaderCache", ReaderCache::new),
                new Form("File", text -> file(text).toFile()),
                new Form("Path", ValuesInMessagesTest::file),
                new Form("file of a Camel component", ValuesInMessagesTest::polled),
                new Form("NodeList of XPath", ValuesInMessagesTest::nodes),
                new Form("Optional", Optional::of),
                new Form("Optional of bytes", text -> Optional.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Object cache(String text) {
        try {
            return new ByteArrayInputStreamCache(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path file(String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "value", ".txt"), text);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object polled(String text) {
        GenericFile<File> polled = new GenericFile<>();
        polled.setFile(file(text).toFile());
        polled.setFileName("value.txt");
        return polled;
    }

    private static Object nodes(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(("<a><b>" + text + "</b></a>").getBytes(StandardCharsets.UTF_8)))
                    .getElementsByTagName("b");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ReceivedRequest sent(Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send("gemini-image:generate", body, headers);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return routes.emulator().requests().get(routes.emulator().requests().size() - 1);
    }

    private static List<String> pictures(ReceivedRequest request) {
        return request.pictures().stream()
                .map(picture -> picture.mimeType() + " " + picture.width() + "x" + picture.height())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void headersAreReadInEveryForm(Form form) {
        ReceivedRequest request = sent(
                "a cat",
                Map.of(
                        GeminiImageHeaders.PROMPT, form.of().apply("ein Käfer"),
                        GeminiImageHeaders.SYSTEM_INSTRUCTION, form.of().apply("draw in ink"),
                        GeminiImageHeaders.ASPECT_RATIO, form.of().apply("16:9"),
                        GeminiImageHeaders.SEED, form.of().apply("4711"),
                        GeminiImageHeaders.SAFETY_THRESHOLD, form.of().apply("OFF"),
                        GeminiImageHeaders.RESPONSE_MODALITIES, form.of().apply("TEXT,IMAGE"),
                        GeminiImageHeaders.GOOGLE_SEARCH, form.of().apply("true"),
                        GeminiImageHeaders.REFERENCE_IMAGES, form.of().apply(dataUri(PNG) + "," + dataUri(JPEG)),
                        GeminiImageHeaders.MODEL, form.of().apply("gemini-3-pro-image")));

        assertThat(request.prompt()).isEqualTo("ein Käfer");
        assertThat(request.path()).contains("gemini-3-pro-image");
        assertThat(request.body().at("/systemInstruction/parts/0/text").asText())
                .isEqualTo("draw in ink");
        assertThat(request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("16:9");
        assertThat(request.body().at("/generationConfig/seed").asInt()).isEqualTo(4711);
        assertThat(request.body().at("/safetySettings/0/threshold").asText()).isEqualTo("OFF");
        assertThat(request.body().has("tools")).isTrue();
        assertThat(pictures(request)).containsExactly("image/png 30x20", "image/jpeg 40x30");
    }

    private static String dataUri(byte[] picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void bodiesAreThePromptInEveryForm(Form form) {
        assertThat(sent(form.of().apply("ein Käfer"), Map.of()).prompt()).isEqualTo("ein Käfer");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void bodiesAreAJobInEveryForm(Form form) {
        ReceivedRequest request =
                sent(form.of().apply("{\"prompt\": \"ein Käfer\", \"aspect_ratio\": \"16:9\"}"), Map.of());

        assertThat(request.prompt()).isEqualTo("ein Käfer");
        assertThat(request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("16:9");
    }

    /** Of a file that is there, and is not for the message to open. */
    private static URL url() {
        try {
            return file("secret").toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void urlAsBodyIsItsText() {
        URL url = url();

        assertThat(sent(url, Map.of()).prompt()).isEqualTo(url.toString());
    }

    static Stream<Arguments> otherValues() {
        UUID id = UUID.randomUUID();
        URL url = url();
        return Stream.of(
                Arguments.of(GeminiImageHeaders.PROMPT, id, "/contents/0/parts/0/text", id.toString()),
                Arguments.of(GeminiImageHeaders.PROMPT, url, "/contents/0/parts/0/text", url.toString()),
                Arguments.of(GeminiImageHeaders.PROMPT, Wish.WHALE, "/contents/0/parts/0/text", "WHALE"),
                Arguments.of(
                        GeminiImageHeaders.ASPECT_RATIO,
                        new AspectRatio(16, 9),
                        "/generationConfig/imageConfig/aspectRatio",
                        "16:9"),
                Arguments.of(
                        GeminiImageHeaders.SEED,
                        JsonNodeFactory.instance.numberNode(4711),
                        "/generationConfig/seed",
                        "4711"),
                Arguments.of(
                        GeminiImageHeaders.TEMPERATURE,
                        JsonNodeFactory.instance.numberNode(0.5),
                        "/generationConfig/temperature",
                        "0.5"),
                Arguments.of(
                        GeminiImageHeaders.RESPONSE_MODALITIES,
                        JsonNodeFactory.instance.arrayNode().add("TEXT").add("IMAGE"),
                        "/generationConfig/responseModalities/1",
                        "IMAGE"),
                Arguments.of(
                        GeminiImageHeaders.RESPONSE_MODALITIES,
                        new String[] {"TEXT", "IMAGE"},
                        "/generationConfig/responseModalities/1",
                        "IMAGE"),
                Arguments.of(
                        GeminiImageHeaders.RESPONSE_MODALITIES,
                        List.of("TEXT".getBytes(StandardCharsets.UTF_8), TextNode.valueOf("IMAGE")),
                        "/generationConfig/responseModalities/1",
                        "IMAGE"),
                Arguments.of(
                        GeminiImageHeaders.SAFETY_SETTINGS,
                        JsonNodeFactory.instance.objectNode().put("harassment", "OFF"),
                        "/safetySettings/0/threshold",
                        "OFF"),
                Arguments.of(
                        GeminiImageHeaders.SAFETY_SETTINGS,
                        Map.of("harassment", "OFF".getBytes(StandardCharsets.UTF_8)),
                        "/safetySettings/0/threshold",
                        "OFF"));
    }

    @ParameterizedTest
    @MethodSource("otherValues")
    void headerIsReadAsWhatItSays(String header, Object value, String place, String sent) {
        assertThat(sent("a cat", Map.of(header, value)).body().at(place).asText())
                .isEqualTo(sent);
    }

    @Test
    void nullOfJsonIsAsGoodAsNothing() {
        assertThat(sent("a cat", Map.of(GeminiImageHeaders.PROMPT, NullNode.getInstance()))
                        .prompt())
                .isEqualTo("a cat");
        assertThat(sent(NullNode.getInstance(), Map.of(GeminiImageHeaders.PROMPT, "a dog"))
                        .prompt())
                .isEqualTo("a dog");
        assertThat(sent("a cat", Map.of(GeminiImageHeaders.PROMPT, Optional.empty()))
                        .prompt())
                .isEqualTo("a cat");
    }

    @Test
    void referencesOfAHeaderMayBeTheirBytes() {
        ReceivedRequest request = sent(
                PNG,
                Map.of(
                        GeminiImageHeaders.PROMPT,
                        "join",
                        GeminiImageHeaders.REFERENCE_IMAGES,
                        List.of(JPEG, dataUri(PNG), new ByteArrayInputStream(JPEG))));

        assertThat(pictures(request))
                .containsExactly("image/png 30x20", "image/jpeg 40x30", "image/png 30x20", "image/jpeg 40x30");
    }

    @Test
    void jobOfJacksonMayHaveBytesInIt() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ReceivedRequest request = sent(
                mapper.createObjectNode()
                        .put("prompt", "brighter")
                        .set("images", mapper.createArrayNode().add(PNG)),
                Map.of());

        assertThat(request.prompt()).isEqualTo("brighter");
        assertThat(pictures(request)).containsExactly("image/png 30x20");
    }

    @Test
    void objectThatIsNoTextIsNamedAndNotDrawn() {
        for (Object value : List.of(new Object(), new Thread(), PNG)) {
            assertThat(routes.failure(
                            "gemini-image:generate",
                            "a cat",
                            Map.of(GeminiImageHeaders.PROMPT, value),
                            InvalidRequestException.class))
                    .hasMessageContaining("header " + GeminiImageHeaders.PROMPT)
                    .hasMessageContaining("must be text");
        }
        assertThat(routes.failure("gemini-image:generate", new Object(), Map.of(), InvalidRequestException.class))
                .hasMessageContaining("java.lang.Object");
        assertThat(routes.emulator().requests()).isEmpty();
    }
}
