package io.github.camelgemini.image.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadStoreTest {

    @TempDir
    Path directory;

    @Test
    void aPayloadUpToTheThresholdIsInMemory() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 100_000)) {
            byte[] bytes = filled(100_000);

            Payload payload = write(store, bytes);

            assertThat(payload.inMemory()).isTrue();
            assertThat(payload.file()).isEmpty();
            assertThat(payload.newInputStream().readAllBytes()).isEqualTo(bytes);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aPayloadAboveTheThresholdIsInAFile() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 100_000)) {
            byte[] bytes = filled(100_001);

            Payload payload = write(store, bytes);

            assertThat(payload.inMemory()).isFalse();
            assertThat(payload.file().orElseThrow()).hasBinaryContent(bytes);
            assertThat(payload.newInputStream().readAllBytes()).isEqualTo(bytes);
            assertThat(store.liveBytes()).isEqualTo(100_001);
        }
    }

    @Test
    void bytesWrittenInManyPiecesAreKeptInTheirOrder() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 150_000)) {
            byte[] bytes = filled(200_003);

            try (PayloadStore.Writer writer = store.newWriter()) {
                writer.write(bytes[0]);
                for (int i = 1; i < bytes.length; i += 1001) {
                    writer.write(bytes, i, Math.min(1001, bytes.length - i));
                }
                assertThat(writer.finish().newInputStream().readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 256 * 1024, 1_000_003})
    void manyFilesAreWrittenAtOnceWhateverTheirLength(int length) throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 0)) {
            byte[] bytes = filled(length);
            List<PayloadStore.Writer> writers =
                    Stream.generate(store::newWriter).limit(40).toList();

            for (int i = 0; i < length; i += 50_000) {
                for (PayloadStore.Writer writer : writers) {
                    writer.write(bytes, i, Math.min(50_000, length - i));
                }
            }

            List<Payload> payloads = new ArrayList<>();
            for (PayloadStore.Writer writer : writers) {
                payloads.add(writer.finish());
            }
            assertThat(store.liveBytes()).isEqualTo(40L * length);
            for (Payload payload : payloads) {
                assertThat(payload.file().orElseThrow()).hasBinaryContent(bytes);
            }
        }
    }

    @Test
    void aWriterThatIsClosedUnfinishedLeavesNothing() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 10)) {
            try (PayloadStore.Writer writer = store.newWriter()) {
                writer.write(filled(200_000));
                assertThat(store.liveFiles()).isEqualTo(1);
            }

            assertThat(store.liveFiles()).isZero();
            assertThat(store.liveBytes()).isZero();
            assertThat(spooled()).isEmpty();
        }
    }

    @Test
    void onlyTheirOwnerCanLookIntoFolderAndFiles() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 10)) {
            Path file = write(store, filled(1000)).file().orElseThrow();

            assertThat(permissions(file.getParent())).isEqualTo("rwx------");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(file.resolveSibling("lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void closeRemovesTheFolderWithAllThatIsInIt() throws IOException {
        PayloadStore store = new PayloadStore(directory, 10);
        Payload payload = write(store, filled(1000));

        store.close();

        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(payload::newInputStream)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer available");
    }

    @Test
    void aClosedStoreRefusesNewFiles() throws IOException {
        PayloadStore store = new PayloadStore(directory, 10);
        store.close();

        assertThatThrownBy(() -> write(store, filled(1000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aFolderThatWasTidiedAwayIsMadeAgain() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 10)) {
            Path file = write(store, filled(1000)).file().orElseThrow();
            try (Stream<Path> all = Files.list(file.getParent())) {
                all.forEach(PayloadStoreTest::delete);
            }
            delete(file.getParent());

            assertThat(write(store, filled(2000)).length()).isEqualTo(2000);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void twoStoresOfOneProcessLeaveEachOtherAlone() throws IOException {
        try (PayloadStore first = new PayloadStore(directory, 10)) {
            Payload payload = write(first, filled(1000));

            try (PayloadStore second = new PayloadStore(directory, 10)) {
                write(second, filled(1000));
                new PayloadStore(directory, 10).close();
            }

            assertThat(payload.newInputStream().readAllBytes()).hasSize(1000);
        }
    }

    @Test
    void aForgottenPayloadGoesWithTheGarbage() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 10)) {
            write(store, filled(1000));

            await().untilAsserted(() -> {
                System.gc();
                assertThat(store.liveFiles()).isZero();
            });
            assertThat(spooled()).isEmpty();
        }
    }

    @Test
    void filesBeyondTheLimitGoWithoutAnybodyAsking() throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 0, 10_000_000)) {
            for (int i = 0; i < 21; i++) {
                write(store, filled(500_000));
            }

            await().until(() -> store.liveBytes() <= 5_000_000);
        }
    }

    @Test
    void theDefaultThresholdIsAShareOfTheHeapWithinBounds() {
        long heap = Runtime.getRuntime().maxMemory();

        assertThat(PayloadStore.defaultSpoolThreshold(1 << 20)).isEqualTo(128 * 1024);
        assertThat(PayloadStore.defaultSpoolThreshold(0)).isEqualTo(Math.min(16 << 20, heap / 4));
        assertThat(PayloadStore.defaultSpoolThreshold(64))
                .isEqualTo(Math.max(128 * 1024, Math.min(16 << 20, heap / 4 / 64)));
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextStart() throws Exception {
        Process process = spoolInAnotherJvm();
        process.destroyForcibly().waitFor();
        assertThat(spooled()).isNotEmpty();

        new PayloadStore(directory, 10).close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatALiveProcessHasIsLeftAlone() throws Exception {
        Process process = spoolInAnotherJvm();
        try {
            List<Path> before = spooled();

            new PayloadStore(directory, 10).close();
            new PayloadStore(directory, 10).close();

            assertThat(spooled()).isNotEmpty().isEqualTo(before);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatIsNotASpoolFolderIsLeftAlone() throws IOException {
        Files.createDirectory(directory.resolve("camel-gemini-image-mine"));
        Files.createFile(directory.resolve("camel-gemini-image-" + "0".repeat(32)));
        Path target = Files.createDirectory(directory.resolve("target"));
        Files.createFile(target.resolve("lock"));
        Files.createSymbolicLink(directory.resolve("camel-gemini-image-" + "1".repeat(32)), target);

        new PayloadStore(directory, 10).close();

        assertThat(directory).isDirectoryContaining("glob:**mine");
        assertThat(directory).isDirectoryContaining("glob:**0000");
        assertThat(target).isDirectoryContaining("glob:**lock");
    }

    /** Spools one payload and then waits to be killed. */
    static final class Spooling {

        private Spooling() {}

        public static void main(String[] args) throws Exception {
            PayloadStore store = new PayloadStore(Path.of(args[0]), 10);
            Payload payload = write(store, filled(1000));
            System.out.println(payload);
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private Process spoolInAnotherJvm() throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spooling.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).startsWith("Payload[1000 bytes in " + directory);
        return process;
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .toList();
        }
    }

    private static Payload write(PayloadStore store, byte[] bytes) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(bytes);
            return writer.finish();
        }
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Such a name, made while the folder goes, would stay for good. */
    @Test
    void aClosedStoreGivesNoFileAnotherName() throws IOException {
        PayloadStore store = new PayloadStore(directory, 0);
        byte[] bytes = filled(10);
        Payload payload = write(store, bytes);
        store.close();
        Path file = payload.file().orElseThrow();
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);

        assertThatThrownBy(() -> payload.toFile("png")).hasMessage("The payload store is closed");
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }
}
