package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.conversation.FileConversationRepository;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.spool.SpoolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes nothing or gives nothing back is not the message's fault, wherever it is noticed. */
class OwnDiskTest {

    private static final byte[] PNG = Pictures.draw("png", 300, 200);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);
    private static final String CONTENTS = "[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\","
            + "\"data\":\"" + BASE64 + "\"}},{\"text\":\"brighter\"}]}]";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer web = new PictureServer();

    @TempDir
    Path folder;

    static Stream<Arguments> messages() {
        String job = "{\"prompt\":\"brighter\",\"images\":[\"" + BASE64 + "\"]}";
        return Stream.of(
                arguments("a stream", new ByteArrayInputStream(PNG), Map.of()),
                arguments("Base64", BASE64, Map.of("Content-Type", "image/png")),
                arguments("a data URI", "data:image/png;base64," + BASE64, Map.of()),
                arguments("JSON", job, Map.of()),
                arguments("JSON in bytes", job.getBytes(StandardCharsets.UTF_8), Map.of()),
                arguments("JSON of a reader", new StringReader(job), Map.of()),
                arguments("a map", Map.of("prompt", "brighter", "images", List.of(PNG)), Map.of()),
                arguments("a list", List.of(new ByteArrayInputStream(PNG)), Map.of()),
                arguments(
                        "a header of a data URI",
                        null,
                        Map.of("CamelGeminiImageReferenceImages", "data:image/png;base64," + BASE64)),
                arguments("contents", null, Map.of("CamelGeminiImageContents", CONTENTS)),
                arguments("contents in JSON", "{\"contents\":" + CONTENTS + "}", Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void bodyThatCannotBeSpooledIsNotTheMessagesFault(String what, Object body, Map<String, Object> headers)
            throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        LocalStorageException failure = routes.failure(
                "gemini-image:edit?prompt=brighter&spoolThreshold=0&spoolDirectory=" + file,
                body,
                headers,
                LocalStorageException.class);

        assertThat(failure).hasMessageContaining("spoolDirectory").isNotInstanceOf(RetryableError.class);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                arguments("generate?temperature=1", "a cat", 1),
                arguments("generate?stream=true", "a cat", 1),
                arguments("generate?outputFormat=png", "a cat", 1),
                arguments("chat?conversationId=c1", "a cat", 1),
                arguments("generate?numImages=2", "a cat", 2),
                arguments("batch?temperature=1", List.of("a cat", "a dog"), 0),
                arguments("batch?prompt=x", List.of(new ByteArrayInputStream(PNG)), 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void answerThatCannotBeKeptIsNotTheMessagesFaultAndIsPaidForOnce(String uri, Object body, int calls)
            throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        routes.failure(
                "gemini-image:" + uri + "&maxRetries=5&spoolThreshold=0&spoolDirectory=" + file,
                body,
                Map.of(),
                LocalStorageException.class);

        assertThat(routes.emulator().requests()).hasSize(calls);
    }

    @ParameterizedTest
    @EnumSource(
            value = EmulatedService.class,
            names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void pictureOfAServiceThatCannotBeKeptIsNotTheMessagesFault(EmulatedService service) throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        routes.failure(
                "gemini-image:generate?service=" + service.id() + "&apiKey=k&spoolThreshold=0&spoolDirectory=" + file
                        + "&baseUrl=" + routes.emulator().baseUrl(service),
                "a cat",
                Map.of(),
                LocalStorageException.class);
    }

    @Test
    void fetchedPictureThatCannotBeSpooledIsNotTheMessagesFault() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        web.page("/cat.png", 200, Map.of("Content-Type", "image/png"), PNG);

        routes.failure(
                "gemini-image:edit?prompt=brighter&allowPrivateReferences=true&spoolThreshold=0&spoolDirectory=" + file
                        + "&referenceImages=" + web.url() + "/cat.png",
                null,
                Map.of(),
                LocalStorageException.class);
    }

    @Test
    void referenceWhoseFileIsGoneIsNotTheMessagesFault() throws Exception {
        try (PayloadStore store = new PayloadStore(folder, 0)) {
            Payload picture = spooled(store);
            routes.emulator().on(request -> empty(folder)).answer(Fault.overloaded());

            routes.failure(
                    "gemini-image:edit?prompt=brighter&maxRetries=2", picture, Map.of(), LocalStorageException.class);
        }
    }

    @Test
    void fileThatIsGoneIsNotTakenForGarbage() throws Exception {
        try (PayloadStore store = new PayloadStore(folder, 0)) {
            Payload picture = spooled(store);
            empty(folder);

            assertThatThrownBy(() -> ImageInfo.read(picture)).hasCauseInstanceOf(SpoolException.class);
            routes.failure("gemini-image:edit?prompt=x", picture, Map.of(), LocalStorageException.class);
        }
    }

    @Test
    void fileThatEndsTooEarlyIsNotTakenForGarbage() throws Exception {
        try (PayloadStore store = new PayloadStore(folder, 0)) {
            Payload picture = spooled(store);
            Files.write(picture.file().orElseThrow(), new byte[0]);

            assertThatThrownBy(() -> ImageInfo.read(picture)).hasCauseInstanceOf(SpoolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Too many open files", "Input/output error"})
    void fileThatThisMachineCannotOpenIsNotTheMessagesFault(String why) {
        PayloadSource picture = new PayloadSource() {
            @Override
            public long length() {
                return PNG.length;
            }

            @Override
            public InputStream newInputStream() throws IOException {
                throw new FileSystemException("cat.png", null, why);
            }
        };

        routes.failure("gemini-image:edit?prompt=x", picture, Map.of(), LocalStorageException.class);
    }

    @Test
    void fileWhoseNameSaysSoButThatIsNotThereIsTheMessagesFault() {
        Path gone = folder.resolve("(Too many open files)");

        routes.failure("gemini-image:edit?prompt=x", gone, Map.of(), ReferenceImageException.class);
    }

    @Test
    void conversationThatThisMachineCannotOpenIsNotTheMessagesFault() throws Exception {
        Path kept = folder.resolve("kept");
        try (FileConversationRepository files = new FileConversationRepository(kept)) {
            routes.context().getRegistry().bind("files", files);
            String chat = "gemini-image:chat?conversationId=c1&conversationRepository=#files";
            routes.send(chat, "a cat");
            Path moved = Files.move(kept, folder.resolve("moved"));
            Files.createFile(kept);

            routes.failure(chat, "make it blue", Map.of(), LocalStorageException.class);

            Files.delete(kept);
            Files.move(moved, kept);
        }
    }

    private static Payload spooled(PayloadStore store) throws Exception {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(PNG);
            return writer.finish();
        }
    }

    /** As jobs do that tidy up folders for temporary files. */
    private static boolean empty(Path spool) {
        SpoolFiles.in(spool).forEach(file -> file.toFile().delete());
        return true;
    }
}
