package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import jakarta.activation.DataHandler;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.ByteArrayDataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message may contain, and what of it reaches the model. */
class MessageBodyTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);
    private static final byte[] JPEG = Pictures.draw("jpg", 40, 30);

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path folder;

    private ReceivedRequest received() {
        assertThat(routes.emulator().requests()).hasSize(1);
        return routes.emulator().requests().get(0);
    }

    private List<String> receivedPictures() {
        return received().pictures().stream()
                .map(picture -> picture.mimeType() + " " + picture.width() + "x" + picture.height())
                .toList();
    }

    private void edit(Object body) {
        Exchange exchange = routes.send("gemini-image:edit?prompt=brighter", body);
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void textIsThePrompt() {
        routes.send("gemini-image:generate", "a cat");

        assertThat(received().prompt()).isEqualTo("a cat");
    }

    @Test
    void textInBytesIsThePrompt() {
        routes.send("gemini-image:generate", "ein Käfer".getBytes(StandardCharsets.UTF_8));

        assertThat(received().prompt()).isEqualTo("ein Käfer");
    }

    @Test
    void textInAnotherCharsetIsThePrompt() {
        byte[] latin = "ein Käfer".getBytes(StandardCharsets.ISO_8859_1);
        routes.send("gemini-image:generate", latin, Map.of(Exchange.CONTENT_TYPE, "text/plain; charset=ISO-8859-1"));

        assertThat(received().prompt()).isEqualTo("ein Käfer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void byteOrderMarkTellsTheCharsetAndIsNotPartOfThePrompt(String charset) throws Exception {
        byte[] marked = "\uFEFFein Käfer".getBytes(charset);
        Path file = Files.write(folder.resolve("prompt.txt"), marked);
        for (Object body : List.of(marked, new ByteArrayInputStream(marked), file)) {
            routes.send("gemini-image:generate", body);
            assertThat(received().prompt()).isEqualTo("ein Käfer");
            routes.emulator().clearRequests();
        }
        routes.send("gemini-image:generate", null, Map.of(GeminiImageHeaders.PROMPT, marked));
        assertThat(received().prompt()).isEqualTo("ein Käfer");
    }

    @Test
    void byteOrderMarkOfATextIsNotPartOfThePrompt() {
        routes.send("gemini-image:generate", "\uFEFFein Käfer");
        routes.send("gemini-image:generate", null, Map.of(GeminiImageHeaders.PROMPT, "\uFEFFein Käfer"));
        routes.send("gemini-image:generate", "{\"prompt\": \"\\uFEFFein Käfer\"}");

        assertThat(routes.emulator().requests()).hasSize(3).allSatisfy(request -> assertThat(request.prompt())
                .isEqualTo("ein Käfer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void textWithoutAMarkIsNamedAsWhatItMayBe(String charset) throws Exception {
        assertThat(routes.failure(
                        "gemini-image:generate", "a cat".getBytes(charset), Map.of(), InvalidRequestException.class))
                .hasMessageContaining("UTF-16")
                .hasMessageContaining("byte order mark");
        assertThat(routes.emulator().requests()).isEmpty();
        routes.send(
                "gemini-image:generate",
                "a cat".getBytes(charset),
                Map.of(Exchange.CONTENT_TYPE, "text/plain; charset=" + charset));
        assertThat(received().prompt()).isEqualTo("a cat");
    }

    /** Of an emoji that was cut in two; it would be drawn as a question mark. */
    @ParameterizedTest
    @ValueSource(strings = {"a cat \uD83D", "\uDE00 a cat", "a \uD83D cat", "a \uDE00\uD83D cat"})
    void halfOfACharacterIsRefused(String prompt) {
        String json = prompt.replace("\uD83D", "\\uD83D").replace("\uDE00", "\\uDE00");
        Object[][] messages = {
            {prompt, Map.of()},
            {null, Map.of(GeminiImageHeaders.PROMPT, prompt)},
            {"a cat", Map.of(GeminiImageHeaders.SYSTEM_INSTRUCTION, prompt)},
            {List.of("brighter", prompt), Map.of()},
            {"{\"prompt\": \"" + json + "\"}", Map.of()},
            {"{\"contents\": [{\"parts\": [{\"text\": \"" + json + "\"}]}]}", Map.of()}
        };
        for (Object[] message : messages) {
            @SuppressWarnings("unchecked")
            Map<String, Object> headers = (Map<String, Object>) message[1];
            assertThat(routes.failure("gemini-image:generate", message[0], headers, InvalidRequestException.class))
                    .hasMessageContaining("lone surrogate");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void emojiIsDrawn() {
        routes.send("gemini-image:generate", "a cat 😀");

        assertThat(received().prompt()).isEqualTo("a cat 😀");
    }

    @Test
    void textOfAReaderIsThePrompt() throws Exception {
        ReaderCache cache = new ReaderCache("ein Käfer");
        routes.send("gemini-image:generate", cache);

        assertThat(received().prompt()).isEqualTo("ein Käfer");
        assertThat(cache.read()).isEqualTo('e');
    }

    @Test
    void readerWithoutEndIsRefused() {
        Reader endless = new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) {
                return length;
            }

            @Override
            public void close() {}
        };

        assertThat(routes.send("gemini-image:generate", endless).getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a prompt may have at most 1048576");
    }

    @Test
    void headerWinsOverTextOfTheBody() {
        routes.send("gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.PROMPT, "a dog"));

        assertThat(received().prompt()).isEqualTo("a dog");
    }

    @Test
    void bytesOfAPictureAreSent() {
        edit(PNG);

        assertThat(receivedPictures()).containsExactly("image/png 30x20");
        assertThat(received().pictures().get(0).length()).isEqualTo(PNG.length);
    }

    @Test
    void byteBufferIsSentAndKeepsItsPosition() {
        ByteBuffer buffer = ByteBuffer.wrap(PNG);
        edit(buffer);

        assertThat(receivedPictures()).containsExactly("image/png 30x20");
        assertThat(buffer.remaining()).isEqualTo(PNG.length);
    }

    @Test
    void streamIsSent() {
        edit(new ByteArrayInputStream(JPEG));

        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30");
    }

    @Test
    void streamCacheIsSentAndCanBeReadAgain() throws Exception {
        ByteArrayInputStreamCache cache = new ByteArrayInputStreamCache(new ByteArrayInputStream(PNG));
        edit(cache);

        assertThat(receivedPictures()).containsExactly("image/png 30x20");
        assertThat(cache.readAllBytes()).isEqualTo(PNG);
    }

    @Test
    void fileAndPathAreSent() throws Exception {
        Path file = Files.write(folder.resolve("a.png"), PNG);
        edit(List.of(file, file.toFile()));

        assertThat(receivedPictures()).containsExactly("image/png 30x20", "image/png 30x20");
    }

    @Test
    void fileOfAFileConsumerIsSent() throws Exception {
        Files.write(folder.resolve("photo.jpg"), JPEG);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?noop=true&initialDelay=0")
                        .to("gemini-image:edit?prompt=brighter")
                        .to("mock:edited");
            }
        });
        MockEndpoint edited = routes.context().getEndpoint("mock:edited", MockEndpoint.class);
        edited.expectedMessageCount(1);

        edited.assertIsSatisfied();
        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30");
    }

    @Test
    void textFileOfAFileConsumerIsThePrompt() throws Exception {
        Files.writeString(folder.resolve("prompt.txt"), "a cat");
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

        drawn.assertIsSatisfied();
        assertThat(received().prompt()).isEqualTo("a cat");
    }

    @Test
    void listKeepsItsOrder() {
        edit(List.of(JPEG, new ByteArrayInputStream(PNG), JPEG));

        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30", "image/png 30x20", "image/jpeg 40x30");
    }

    @Test
    void textInAListIsThePrompt() {
        routes.send("gemini-image:edit", List.of("brighter", PNG));

        assertThat(received().prompt()).isEqualTo("brighter");
        assertThat(receivedPictures()).containsExactly("image/png 30x20");
    }

    /** As in a folder of pictures that is drawn from as a whole; the words must not get into the prompt unseen. */
    @ParameterizedTest
    @ValueSource(strings = {"gemini-image:edit", "gemini-image:edit?prompt=brighter"})
    void textFileInAListIsAnErrorThatNamesIt(String uri) throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "a secret");
        GenericFile<File> polled = new GenericFile<>();
        polled.setFile(notes.toFile());
        polled.setFileName("notes.txt");

        for (Object file : List.of(notes, notes.toFile(), polled)) {
            assertThat(routes.failure(uri, List.of("brighter", PNG, file), Map.of(), ReferenceImageException.class))
                    .hasMessageContaining("item 2 of the message body, the file 'notes.txt', is not an image")
                    .hasMessageContaining("give text as String")
                    .hasMessageNotContaining("secret");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void pictureAttachmentsAreSentAfterTheBodyAndOthersLeftAlone() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mail")
                        .process(exchange -> {
                            AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
                            message.addAttachment("photo.jpg", attachment(JPEG, "IMAGE/JPEG; name=photo.jpg"));
                            message.addAttachment("terms.pdf", attachment(new byte[] {1, 2}, "application/pdf"));
                            message.addAttachment("logo", attachment(PNG, "application/octet-stream"));
                            message.addAttachment("key.p7s", attachment(new byte[] {1, 2}, "application/octet-stream"));
                            message.addAttachment(
                                    "line.svg", attachment("<svg/>".getBytes(StandardCharsets.UTF_8), "image/svg+xml"));
                        })
                        .to("gemini-image:edit");
            }
        });
        Exchange exchange = routes.send("direct:mail", "Make it brighter");

        assertThat(exchange.getException()).isNull();
        assertThat(received().prompt()).isEqualTo("Make it brighter");
        assertThat(receivedPictures()).containsExactly("image/jpeg 40x30", "image/png 30x20");
    }

    /** As platform-http brings the upload of one file. */
    @Test
    void pictureThatComesAsBodyAndAsAttachmentIsSentOnce() throws Exception {
        Path upload = Files.write(folder.resolve("upload"), PNG);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:upload")
                        .process(exchange -> {
                            AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
                            message.addAttachment("photo.png", attachment(PNG, "image/png"));
                            message.addAttachment("again", attachment(PNG, "application/octet-stream"));
                            message.addAttachment("other.jpg", attachment(JPEG, "image/jpeg"));
                            message.addAttachment("other, again.jpg", attachment(JPEG, "image/jpeg"));
                        })
                        .to("gemini-image:edit?prompt=brighter");
            }
        });
        for (Object body : List.of(PNG, upload, new ByteArrayInputStream(PNG), List.of("brighter", PNG))) {
            assertThat(routes.send("direct:upload", body).getException()).isNull();
            assertThat(receivedPictures()).containsExactly("image/png 30x20", "image/jpeg 40x30");
            routes.emulator().clearRequests();
        }
    }

    @Test
    void attachmentWithoutBytesIsRefusedIfItsNameIsThatOfAPicture() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mail")
                        .process(exchange -> exchange.getMessage(AttachmentMessage.class)
                                .addAttachment(
                                        exchange.getMessage().getBody(String.class),
                                        attachment(new byte[0], "application/octet-stream")))
                        .to("gemini-image:generate?prompt=brighter");
            }
        });

        assertThat(routes.failure("direct:mail", "photo.PNG", Map.of(), ReferenceImageException.class))
                .hasMessageContaining("attachment photo.PNG is empty");
        assertThat(routes.send("direct:mail", "winmail.dat").getException()).isNull();
    }

    static Stream<Arguments> picturesAsText() {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        String dataUri = "data:image/png;base64," + base64;
        String wrapped =
                "\uFEFFDATA:image/png;base64,\r\n" + Base64.getMimeEncoder().encodeToString(PNG) + "\n";
        return Stream.of(
                Arguments.of("data URI", dataUri, "text/plain;charset=UTF-8"),
                Arguments.of("data URI of any type", dataUri, ""),
                Arguments.of("data URI in lines", wrapped, ""),
                Arguments.of("data URI as JSON", '"' + dataUri + '"', "application/json"),
                Arguments.of("Base64", base64, "image/png"),
                Arguments.of("Base64 for URLs", Base64.getUrlEncoder().encodeToString(PNG), "Image/PNG"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("picturesAsText")
    void pictureWrittenAsTextIsSent(String name, String text, String type) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (Object body : List.of(text, new ReaderCache(text), new StringReader(text), bytes)) {
            assertThat(routes.send("gemini-image:generate?prompt=brighter", body, Map.of(Exchange.CONTENT_TYPE, type))
                            .getException())
                    .isNull();
            assertThat(receivedPictures()).containsExactly("image/png 30x20");
            assertThat(received().prompt()).isEqualTo("brighter");
            routes.emulator().clearRequests();
        }
    }

    @Test
    void largeDataUriOfAReaderAndOneInAListAreSent() {
        String dataUri = "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.noise(700, 600));
        for (Object body : List.of(new StringReader(dataUri), List.of("brighter", dataUri))) {
            edit(body);
            assertThat(receivedPictures()).containsExactly("image/png 700x600");
            routes.emulator().clearRequests();
        }
    }

    @Test
    void textThatShouldBeAPictureAndIsNoneIsRefused() {
        String dataUri = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
        Map<String, String> texts = Map.of(
                new String(JPEG, StandardCharsets.UTF_8),
                "image/jpeg",
                new String(JPEG, StandardCharsets.ISO_8859_1),
                "image/jpeg",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "image/svg+xml",
                "aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8g",
                "image/png",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "text/plain",
                "data:image/svg+xml,%3Csvg/%3E",
                "text/plain",
                dataUri.substring(0, 80),
                "text/plain",
                dataUri + " brighter",
                "text/plain");
        texts.forEach((text, type) -> assertThat(routes.failure(
                        "gemini-image:generate?prompt=brighter",
                        text,
                        Map.of(Exchange.CONTENT_TYPE, type),
                        ReferenceImageException.class))
                .as(text)
                .hasMessageContaining("the message body"));
        assertThat(routes.emulator().requests()).isEmpty();
    }

    /** An earlier call left it. */
    @Test
    void wordsStayAPromptWhenTheTypeOfAPictureLingers() {
        routes.send("gemini-image:generate", "a cat", Map.of(Exchange.CONTENT_TYPE, "image/png"));

        assertThat(received().prompt()).isEqualTo("a cat");
    }

    @Test
    void byteOrderMarksOfAListAreNotPartOfThePrompt() {
        routes.send("gemini-image:generate", List.of("\uFEFFa cat", "\uFEFFon a mat"));

        assertThat(received().prompt()).isEqualTo("a cat\non a mat");
    }

    @Test
    void pictureThatSomebodyNamesTwiceIsSentTwice() {
        edit(List.of(PNG, PNG));

        assertThat(receivedPictures()).containsExactly("image/png 30x20", "image/png 30x20");
    }

    /** An attachment as a mail has it, its type as declared by the sender. */
    private static DataHandler attachment(byte[] bytes, String type) {
        return new DataHandler(new ByteArrayDataSource("unnamed", bytes) {
            @Override
            public String getContentType() {
                return type;
            }
        });
    }

    @Test
    void generatedPictureIsEditedWithoutACopy() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice").to("gemini-image:generate").to("gemini-image:edit?prompt=brighter");
            }
        });
        Exchange exchange = routes.send("direct:twice", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests().get(1).pictures().get(0).width())
                .isEqualTo(1024);
    }

    @Test
    void referencesOfTheRouteComeFromFilesClasspathAndRegistry() throws Exception {
        Path file = Files.write(folder.resolve("style.png"), PNG);
        routes.context().getRegistry().bind("logo", JPEG);
        Exchange exchange = routes.send(
                "gemini-image:generate?referenceImages=file:" + file + ",classpath:pictures/dot.png,ref:logo", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(receivedPictures()).containsExactly("image/png 30x20", "image/png 1x1", "image/jpeg 40x30");
    }

    @Test
    void messageCannotNameLocalFiles() throws Exception {
        Path file = Files.write(folder.resolve("secret.png"), PNG);
        for (String uri : List.of("file:" + file, "FILE:" + file, "classpath:pictures/dot.png", "ref:logo")) {
            InvalidRequestException failure = routes.failure(
                    "gemini-image:generate",
                    "a cat",
                    Map.of(GeminiImageHeaders.REFERENCE_IMAGES, uri),
                    InvalidRequestException.class);

            assertThat(failure).hasMessageContaining("is only allowed in the route itself");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void editWithoutAPictureIsRefused() {
        InvalidRequestException failure =
                routes.failure("gemini-image:edit", "brighter", Map.of(), InvalidRequestException.class);

        assertThat(failure).hasMessageContaining("edit requires an image");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void somethingElseThanTextOrPictureIsRefused() {
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, (byte) 0xff};

        assertThat(routes.failure("gemini-image:edit?prompt=brighter", gzip, Map.of(), ReferenceImageException.class))
                .hasMessageContaining("neither an image")
                .hasMessageContaining("PNG, JPEG, WebP, HEIC, HEIF");
        assertThat(routes.failure("gemini-image:generate", 42, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void textDeclaredAsPictureIsRefused() {
        ReferenceImageException failure = routes.failure(
                "gemini-image:edit?prompt=brighter",
                "hello".getBytes(StandardCharsets.UTF_8),
                Map.of(Exchange.CONTENT_TYPE, "image/png"),
                ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("declared as image/png");
    }

    @Test
    void missingFileIsRefused() {
        assertThat(routes.failure(
                        "gemini-image:edit?prompt=brighter",
                        folder.resolve("gone.png"),
                        Map.of(),
                        ReferenceImageException.class))
                .hasMessageContaining("gone.png");
    }

    @Test
    void pictureOfATypeThatTheModelDoesNotTakeIsRefused() {
        assertThat(routes.failure(
                        "gemini-image:edit?prompt=brighter",
                        Pictures.draw("gif", 10, 10),
                        Map.of(),
                        ReferenceImageException.class))
                .hasMessageContaining("image/gif")
                .hasMessageContaining("image/png, image/jpeg");
    }

    @Test
    void picturesBeyondTheModelsLimitAreRefused() {
        List<byte[]> fifteen = java.util.Collections.nCopies(15, PNG);

        assertThat(routes.failure(
                        "gemini-image:edit?prompt=brighter", fifteen, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("15")
                .hasMessageContaining("14 at most");
    }
}
