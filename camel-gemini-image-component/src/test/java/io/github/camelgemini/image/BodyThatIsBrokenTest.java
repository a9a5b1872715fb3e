package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.ReferenceImageException;
import jakarta.activation.DataHandler;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.ByteArrayDataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that was there and is empty or cut off is an error, and nothing is drawn in its place. */
class BodyThatIsBrokenTest {

    private static final byte[] PNG = Pictures.noise(60, 40);
    private static final byte[] JPEG = Pictures.draw("jpg", 60, 40);

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    static Path folder;

    private void assertRefused(String uri, Object body, Map<String, Object> headers, String... said) {
        assertThat(routes.failure(uri, body, headers, ReferenceImageException.class))
                .hasMessageContainingAll(said);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    static Stream<Arguments> emptyBodies() throws Exception {
        Path file = Files.createFile(folder.resolve("empty" + System.nanoTime() + ".png"));
        GenericFile<File> polled = new GenericFile<>();
        polled.setFile(file.toFile());
        InputStream read = new ByteArrayInputStream(PNG);
        read.readAllBytes();
        return Stream.of(
                Arguments.of("byte[]", new byte[0]),
                Arguments.of("ByteBuffer", ByteBuffer.allocate(0)),
                Arguments.of("File", file.toFile()),
                Arguments.of("Path", file),
                Arguments.of("file of a Camel component", polled),
                Arguments.of("stream", InputStream.nullInputStream()),
                Arguments.of("stream that was read before", read),
                Arguments.of("StreamCache", new ByteArrayInputStreamCache(new ByteArrayInputStream(new byte[0]))),
                Arguments.of("Reader", new StringReader("")),
                Arguments.of("list with an empty item", List.of("brighter", new byte[0])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emptyBodies")
    void emptyBodyIsAnErrorAlsoWhereThePromptIsGiven(String name, Object body) {
        assertRefused("gemini-image:generate?prompt=brighter", body, Map.of(), "empty", "0 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "edit", "chat", "countTokens"})
    void emptyBodyIsAnErrorForEveryOperation(String operation) {
        assertRefused(
                "gemini-image:" + operation + "?prompt=brighter", new byte[0], Map.of(), "the message body is empty");
        assertRefused(
                "gemini-image:" + operation,
                new byte[0],
                Map.of(GeminiImageHeaders.PROMPT, "brighter"),
                "the message body is empty");
    }

    @Test
    void emptyListIsAnError() {
        assertRefused("gemini-image:generate?prompt=brighter", List.of(), Map.of(), "empty list");
    }

    @Test
    void noBodyIsFineAndSoIsAnEmptyText() {
        assertThat(routes.send("gemini-image:generate?prompt=a cat", null).getException())
                .isNull();
        assertThat(routes.send("gemini-image:generate?prompt=a cat", "").getException())
                .isNull();
    }

    @Test
    void requestByGetHasNoBodyThoughItsStreamIsEmpty() {
        assertThat(routes.send(
                                "gemini-image:generate?prompt=a cat",
                                InputStream.nullInputStream(),
                                Map.of(Exchange.HTTP_METHOD, "GET"))
                        .getException())
                .isNull();
        routes.emulator().clearRequests();
        // Fetched on the way, by a route that was called with GET itself.
        assertRefused(
                "gemini-image:generate?prompt=a cat",
                InputStream.nullInputStream(),
                Map.of(Exchange.HTTP_METHOD, "GET", Exchange.HTTP_RESPONSE_CODE, 200),
                "empty");
    }

    @Test
    void turnOfAConversationIsTakenBackByAnEmptyBody() {
        Map<String, Object> id = Map.of(GeminiImageHeaders.CONVERSATION_ID, "1");
        assertThat(routes.send("gemini-image:chat", "a cat", id).getException()).isNull();

        assertThat(routes.send(
                                "gemini-image:chat",
                                new byte[0],
                                Map.of(
                                        GeminiImageHeaders.CONVERSATION_ID, "1",
                                        GeminiImageHeaders.CONVERSATION_ACTION, "RESET"))
                        .getException())
                .isNull();
    }

    @Test
    void streamThatAnAttemptHasReadIsNotDrawnWithoutByTheNext() throws Exception {
        routes.context().setStreamCaching(false);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class)
                        .maximumRedeliveries(0)
                        .handled(true)
                        .to("gemini-image:generate?prompt=brighter");
                from("direct:once").noStreamCaching().process(exchange -> {
                    exchange.getMessage().getBody(InputStream.class).readAllBytes();
                    throw new IllegalStateException("the first attempt");
                });
            }
        });
        Exchange exchange = routes.send("direct:once", new ByteArrayInputStream(PNG));

        assertThat(exchange.getException()).isInstanceOf(ReferenceImageException.class);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    private static byte[] cut(byte[] picture, int percent) {
        return Arrays.copyOf(picture, picture.length * percent / 100);
    }

    @ParameterizedTest
    @CsvSource({"png,99", "png,50", "png,15", "jpeg,99", "jpeg,80", "jpeg,10"})
    void pictureThatWasCutOffIsNamedAsThat(String format, int percent) throws Exception {
        byte[] broken = cut(format.equals("png") ? PNG : JPEG, percent);
        Path file = Files.write(folder.resolve(System.nanoTime() + ".jpg"), broken);

        for (String operation : List.of("generate", "edit")) {
            for (Object body : List.of(broken, new ByteArrayInputStream(broken), file, List.of("brighter", broken))) {
                assertRefused(
                        "gemini-image:" + operation + "?prompt=brighter",
                        body,
                        Map.of(),
                        "truncated",
                        broken.length + " bytes");
            }
        }
    }

    @Test
    void pictureThatWasCutOffIsAnErrorWhereverItStands() {
        byte[] broken = cut(JPEG, 80);
        String base64 = Base64.getEncoder().encodeToString(broken);
        String uri = "data:image/jpeg;base64," + base64;

        assertRefused(
                "gemini-image:edit?prompt=brighter",
                null,
                Map.of(GeminiImageHeaders.REFERENCE_IMAGES, uri),
                "truncated");
        assertRefused("gemini-image:edit", "{\"prompt\": \"a\", \"images\": [\"" + uri + "\"]}", Map.of(), "truncated");
        assertRefused("gemini-image:edit", Map.of("prompt", "a", "images", List.of(broken)), Map.of(), "truncated");
        assertRefused(
                "gemini-image:edit",
                "{\"contents\": [{\"parts\": [{\"text\": \"a\"}, {\"inlineData\": {\"data\": \"" + base64 + "\"}}]}]}",
                Map.of(),
                "truncated");
    }

    @ParameterizedTest
    @CsvSource({"image/png,0", "image/jpeg,80", "application/octet-stream,80"})
    void attachmentThatIsEmptyOrCutOffIsAnError(String type, int percent) throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:attached")
                        .process(exchange -> exchange.getMessage(AttachmentMessage.class)
                                .addAttachment(
                                        "photo", new DataHandler(new ByteArrayDataSource("photo", cut(JPEG, percent)) {
                                            @Override
                                            public String getContentType() {
                                                return type;
                                            }
                                        })))
                        .to("gemini-image:generate?prompt=brighter");
            }
        });

        assertRefused(
                "direct:attached", "brighter", Map.of(), "attachment photo is", percent == 0 ? "empty" : "truncated");
    }

    @Test
    void editOfAnEmptyTextSaysThatItIsEmpty() {
        assertThat(routes.send("gemini-image:edit?prompt=brighter", "").getException())
                .hasMessageContaining("the message body is empty");
    }
}
