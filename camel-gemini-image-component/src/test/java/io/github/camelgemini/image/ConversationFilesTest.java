package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.conversation.FileConversationRepository;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations in files: over restarts and kills, whatever ids look like, and for nobody else to read. */
@Timeout(60)
class ConversationFilesTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path parent;

    private Path directory() {
        return parent.resolve("conversations");
    }

    private static PayloadSource text(String text) {
        return PayloadSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String load(FileConversationRepository repository, String id) throws IOException {
        try (InputStream in = repository.load(id).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .toList();
        }
    }

    @Test
    void aConversationGoesOnAfterARestart() throws Exception {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32));
        Map<String, Object> id = Map.of(GeminiImageHeaders.CONVERSATION_ID, "../../../etc/passwd");
        String uri = "gemini-image:chat?conversationRepository=#files";
        try (FileConversationRepository files = new FileConversationRepository(directory())) {
            routes.context().getRegistry().bind("files", files);
            assertThat(routes.send(uri, "draw a cat", id).getException()).isNull();
        }
        routes.context().stop();
        assertThat(filesBelow(parent)).hasSize(1).allMatch(file -> file.getParent()
                .equals(directory()));

        try (FileConversationRepository files = new FileConversationRepository(directory());
                OtherRoutes restarted = new OtherRoutes(
                        routes.emulator().baseUrl(), parent.resolve("spool").toString())) {
            restarted.add(b -> {
                b.getContext().getRegistry().bind("files", files);
                b.from("direct:chat")
                        .setHeader(GeminiImageHeaders.CONVERSATION_ID, b.constant("../../../etc/passwd"))
                        .to(uri + "&apiKey=" + EmulatedRoutes.KEY);
            });
            restarted.sendAtOnce("direct:chat", 1, "make it blue");
        }
        assertThat(routes.emulator().requests().get(1).body().path("contents")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "C:\\x",
                "..",
                ".",
                "nul",
                "x\u0000y",
                "\uD83D\uDC2B",
                "lock",
                "A",
                "a"
            })
    void anyIdIsAFileInTheFolder(String id) throws IOException {
        try (FileConversationRepository repository = new FileConversationRepository(directory())) {
            repository.save("other", text("other"));
            repository.save(id, text("[1]"));
            repository.save(id, text("[2]"));

            assertThat(load(repository, id)).isEqualTo("[2]");
            assertThat(filesBelow(parent))
                    .hasSize(2)
                    .allMatch(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.json"))
                    .allMatch(file -> file.getParent().equals(directory()));
            repository.remove(id);
            repository.remove(id);
            assertThat(repository.load(id)).isEmpty();
            assertThat(load(repository, "other")).isEqualTo("other");
        }
    }

    @Test
    void onlyTheOwnerCanReadThem() throws IOException {
        assumeThat(Files.getFileStore(parent).supportsFileAttributeView("posix"))
                .isTrue();
        try (FileConversationRepository repository = new FileConversationRepository(directory())) {
            repository.save("a", text("[]"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(filesBelow(parent).get(0))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheFormer() throws IOException {
        try (FileConversationRepository repository = new FileConversationRepository(directory())) {
            repository.save("a", text("[1]"));

            assertThatThrownBy(() -> repository.save("a", breakingOff()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken off");
            assertThat(load(repository, "a")).isEqualTo("[1]");
            assertThat(filesBelow(parent)).hasSize(1);
        }
    }

    private static PayloadSource breakingOff() {
        return new PayloadSource() {
            @Override
            public long length() {
                return 2_000;
            }

            @Override
            public InputStream newInputStream() {
                return new InputStream() {
                    private int read;

                    @Override
                    public int read() throws IOException {
                        if (read++ >= 1_000) {
                            throw new IOException("broken off");
                        }
                        return ' ';
                    }
                };
            }
        };
    }

    /** Saves one conversation, is in the middle of saving the next, and waits to be killed. */
    static final class Saving {

        private Saving() {}

        public static void main(String[] args) throws IOException {
            FileConversationRepository repository = new FileConversationRepository(Path.of(args[0]));
            repository.save("a", text("[\"former\"]"));
            byte[] half = new byte[1_000_000];
            repository.save("a", new PayloadSource() {
                @Override
                public long length() {
                    return 2L * half.length;
                }

                @Override
                public InputStream newInputStream() {
                    return new FilterInputStream(new java.io.ByteArrayInputStream(half)) {
                        @Override
                        public int read(byte[] bytes, int offset, int length) throws IOException {
                            int count = super.read(bytes, offset, length);
                            if (count < 0) {
                                System.out.println("in the middle");
                                sleep();
                            }
                            return count;
                        }
                    };
                }
            });
        }

        private static void sleep() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aProcessThatIsKilledInTheMiddleLeavesTheFormer() throws Exception {
        try (OtherJvm saving = OtherJvm.start(List.of(), Saving.class, directory())) {
            saving.lineWith("in the middle");
            saving.kill();
        }
        assertThat(filesBelow(directory())).as("the former, and a half").hasSize(2);

        try (FileConversationRepository repository = new FileConversationRepository(directory())) {
            assertThat(load(repository, "a")).isEqualTo("[\"former\"]");
            assertThat(filesBelow(directory())).as("the half went").hasSize(1);
        }
    }

    @Test
    void aFileThatSomebodyBrokeIsAnErrorThatSaysSo() throws IOException {
        try (FileConversationRepository repository = new FileConversationRepository(directory())) {
            repository.save("a", text("[{\"role\":\"us"));
            routes.context().getRegistry().bind("files", repository);

            assertThat(routes.failure(
                            "gemini-image:chat?conversationRepository=#files&conversationId=a",
                            "go on",
                            Map.of(),
                            io.github.camelgemini.image.error.GeminiImageException.class))
                    .hasMessageContaining("conversation 'a' must be the JSON of a conversation");
        }
    }
}
