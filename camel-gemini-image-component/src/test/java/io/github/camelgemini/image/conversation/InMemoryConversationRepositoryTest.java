package io.github.camelgemini.image.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its limits: what is forgotten, when, and that nothing is left of it on disk. */
class InMemoryConversationRepositoryTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private PayloadStore store;

    @BeforeEach
    void open() {
        store = new PayloadStore(directory, 0);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        timer.shutdownNow();
    }

    private static PayloadSource bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return PayloadSource.of(bytes);
    }

    private static boolean has(ConversationRepository repository, String id) throws IOException {
        try (InputStream in = repository.load(id).orElse(null)) {
            return in != null;
        }
    }

    @Test
    void keepsTheLastThatWasSaved() throws IOException {
        InMemoryConversationRepository repository = new InMemoryConversationRepository(store);
        repository.save("a", bytes(10, 1));
        repository.save("a", bytes(20, 2));

        try (InputStream in = repository.load("a").orElseThrow()) {
            assertThat(in.readAllBytes()).hasSize(20).containsOnly(2);
        }
        assertThat(store.liveFiles()).isEqualTo(1);
        repository.remove("a");
        repository.remove("a");
        assertThat(repository.load("a")).isEmpty();
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void beyondTheNumberTheLongestUnusedIsForgotten() throws IOException {
        InMemoryConversationRepository repository = new InMemoryConversationRepository(store, 2, 1_000, LONG);
        repository.save("a", bytes(10, 1));
        repository.save("b", bytes(10, 1));
        assertThat(has(repository, "a")).isTrue();
        repository.save("c", bytes(10, 1));

        assertThat(has(repository, "a")).isTrue();
        assertThat(has(repository, "b")).isFalse();
        assertThat(has(repository, "c")).isTrue();
        assertThat(store.liveFiles()).isEqualTo(2);
    }

    @Test
    void beyondTheSizeAsManyAsItTakes() throws IOException {
        InMemoryConversationRepository repository = new InMemoryConversationRepository(store, 10, 100, LONG);
        repository.save("a", bytes(40, 1));
        repository.save("b", bytes(40, 1));
        repository.save("c", bytes(90, 1));

        assertThat(repository.size()).isEqualTo(1);
        assertThat(has(repository, "c")).isTrue();
        assertThat(store.liveBytes()).isEqualTo(90);
    }

    @Test
    void oneThatIsTooLargeLeavesAllAsItWas() throws IOException {
        InMemoryConversationRepository repository = new InMemoryConversationRepository(store, 10, 100, LONG);
        repository.save("a", bytes(40, 1));

        assertThatThrownBy(() -> repository.save("a", bytes(101, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("101 bytes");
        assertThat(has(repository, "a")).isTrue();
        assertThat(store.liveBytes()).isEqualTo(40);
    }

    @Test
    void afterTheTimeNothingIsLeftThoughNobodyAsks() throws IOException {
        InMemoryConversationRepository repository =
                new InMemoryConversationRepository(store, 10, 1_000, Duration.ofMillis(50), timer);
        repository.save("a", bytes(40, 1));
        repository.save("b", bytes(40, 1));

        await().untilAsserted(() -> assertThat(store.liveFiles()).isZero());
        assertThat(repository.load("a")).isEmpty();
    }

    /** A message that is just reading is not disturbed by others that make its conversation be forgotten. */
    @Test
    void whatIsBeingReadStaysReadable() throws IOException {
        InMemoryConversationRepository repository = new InMemoryConversationRepository(store, 1, 1_000, LONG);
        repository.save("a", bytes(500, 7));

        try (InputStream in = repository.load("a").orElseThrow()) {
            repository.save("b", bytes(10, 1));
            assertThat(in.readAllBytes()).hasSize(500).containsOnly(7);
        }
        assertThat(store.liveFiles()).isEqualTo(1);
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new InMemoryConversationRepository(store, 0, 1, LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxConversations=0");
        assertThatThrownBy(() -> new InMemoryConversationRepository(store, 1, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxIdle=PT0S");
    }
}
