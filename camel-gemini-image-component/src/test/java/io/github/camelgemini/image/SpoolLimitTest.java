package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A component that continues to make pictures which nobody keeps. */
@Timeout(120)
class SpoolLimitTest {

    private static final int PICTURES = 400;
    private static final int LENGTH = 1_000_000;
    private static final int AT_ONCE = 8;
    private static final long LIMIT = 20_000_000;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    /** The limit, half of it between two collections, what is in flight, and what a fast machine draws in a quarter second. */
    @Test
    void theDiskIsNotFilledByWhatNobodyCanReach() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.pictureBytes(LENGTH));
        String draw = "gemini-image:generate?spoolThreshold=0&spoolLimit=" + LIMIT + "&spoolDirectory=" + spool;
        LongAccumulator most = new LongAccumulator(Math::max, 0);

        List<CompletableFuture<Void>> senders = IntStream.range(0, AT_ONCE)
                .mapToObj(sender -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < PICTURES / AT_ONCE; i++) {
                                assertThat(routes.send(draw, "a cat").getException())
                                        .isNull();
                                most.accumulate(routes.component().getSpoolBytes());
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        senders.forEach(CompletableFuture::join);

        assertThat(most.get()).isBetween(LIMIT, (long) PICTURES * LENGTH / 2);
    }

    @Test
    void aFolderThatCannotBeRemovedKeepsNoOtherFromGoing(@TempDir Path other) throws IOException {
        List<Path> directories =
                Stream.of("a", "b", "c", "d").map(other::resolve).toList();
        for (Path directory : directories) {
            String draw = "gemini-image:generate?spoolThreshold=0&spoolDirectory=" + directory;
            assertThat(routes.send(draw, "a cat").getException()).isNull();
        }
        for (Path directory : directories.subList(0, 3)) {
            try (Stream<Path> folders = Files.list(directory)) {
                Files.createDirectories(folders.findFirst().orElseThrow().resolve("not ours/at all"));
            }
        }

        Throwable failure = catchThrowable(() -> routes.component().stop());

        assertThat(failure).hasStackTraceContaining("DirectoryNotEmptyException");
        assertThat(directories.get(3)).isEmptyDirectory();
    }
}
