package io.github.camelgemini.image.request.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pictures of one message take of the threads that all share. */
class FetchingTest {

    /** Where nobody listens. */
    private static final String NOWHERE = "http://127.0.0.1:1/cat.png";

    private PayloadStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new PayloadStore(folder, 1_000_000);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private List<CompletableFuture<Fetching.Picture>> twenty(ReferenceFetcher fetcher) {
        Fetching fetching = new Fetching(fetcher, Long.MAX_VALUE);
        return IntStream.range(0, 20)
                .mapToObj(i -> fetching.fetch(fetcher.target(NOWHERE, true)))
                .toList();
    }

    private ReferenceFetcher fetcher(Executor threads) {
        return fetcher(threads, Duration.ofSeconds(60));
    }

    private ReferenceFetcher fetcher(Executor threads, Duration timeLimit) {
        FetchSettings settings = new FetchSettings(List.of(), false, Duration.ofSeconds(1), timeLimit, null, null);
        return new ReferenceFetcher(settings, store, threads);
    }

    @Test
    void aMessageHasEightOfThem() {
        Queue<Runnable> begun = new ArrayDeque<>();
        try (ReferenceFetcher fetcher = fetcher(begun::add)) {
            List<CompletableFuture<Fetching.Picture>> pictures = twenty(fetcher);

            assertThat(begun).hasSize(8);
            while (!begun.isEmpty()) {
                begun.remove().run();
                assertThat(begun).hasSizeLessThanOrEqualTo(8);
            }
            assertThat(pictures).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void whereNoneIsLeftTheMessageMayBeSentAgain() {
        try (ReferenceFetcher fetcher = fetcher(work -> {
            throw new RejectedExecutionException();
        })) {
            assertThat(twenty(fetcher)).allSatisfy(picture -> assertThatThrownBy(picture::join)
                    .hasCauseInstanceOf(RateLimitException.class)
                    .hasMessageContaining("too many other images wait"));
        }
    }

    @Test
    void theTimeOfAPaidPictureBeginsWhenAThreadHasIt() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Queue<Runnable> ofAnswers = new ArrayDeque<>();
        try (ReferenceFetcher fetcher = fetcher(waiting::add, Duration.ofMillis(300))) {
            Target target = fetcher.target(NOWHERE, true);
            CompletableFuture<Fetching.Picture> paid =
                    Fetching.ofAnswer(fetcher.on(ofAnswers::add)).fetch(target);
            CompletableFuture<Fetching.Picture> named = new Fetching(fetcher, Long.MAX_VALUE).fetch(target);

            assertThatThrownBy(named::join).hasMessageContaining("was not fetched within");
            assertThat(paid).isNotDone();
            ofAnswers.remove().run();
            assertThatThrownBy(paid::join).hasMessageContaining("cannot be fetched: ConnectException");
        }
    }
}
