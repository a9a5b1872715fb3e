package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.OtherJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBatchRepositoryTest extends SharedBatchRepositoryContract implements DeliveredContract {

    @TempDir
    Path folder;

    @Override
    BatchRepository open() throws IOException {
        return new FileBatchRepository(folder.resolve("memory").resolve("of batches"));
    }

    @Override
    BatchRepository another() throws IOException {
        return open();
    }

    @Override
    public BatchRepository repository() {
        return repository;
    }

    /** Whatever a process has in its heap of delivered results, it drops with the hold. */
    @Override
    public void reopen() throws IOException {
        repository.hold("products").orElseThrow().close();
    }

    private IdempotentRepository delivered() {
        return repository.delivered().orElseThrow();
    }

    private Path file(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 12, 40})
    void aFileThatIsCutOffIsAnErrorThatNamesIt(int length) throws IOException {
        repository.put("products", "{\"stage\":\"SUBMITTED\",\"requests\":50000}", 0);
        Path file = file("batch");
        Files.write(file, List.of(), StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(file, "1 6e3a0f44\n{\"stage\":\"SUBMITTED\",\"requests\":50000}".substring(0, length));

        assertThatThrownBy(() -> repository.get("products"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("products");
        assertThatThrownBy(() -> repository.put("products", "{}", 0)).hasMessageContaining(file.toString());
        assertThat(repository.batches()).containsExactly("products");
    }

    @Test
    void aFileWithOtherContentsIsAnErrorThatNamesIt() throws IOException {
        repository.put("products#0001", "{\"requests\":50000}", 0);
        Path file = file("row-0001");
        Files.writeString(file, Files.readString(file).replace("50000", "50001"));

        assertThatThrownBy(() -> repository.get("products#0001")).hasMessageContaining(file.toString());
    }

    @Test
    void whatACrashLeftOfADraftIsNotTheBatch() throws IOException {
        repository.put("products", "first", 0);
        Path file = file("batch");
        Files.writeString(file.resolveSibling("batch.draft"), "2 0000");

        assertThat(repository.get("products")).contains(new BatchRepository.Entry("first", 1));
        assertThat(repository.put("products", "second", 1)).hasValue(2);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void aFolderThatIsAFileIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new FileBatchRepository(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseMayReadIt() throws IOException {
        repository.put("products", "{}", 0);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("memory"))))
                .isEqualTo("rwx------");
    }

    /** As in a route that is stopped: Java closes channels that an interrupted thread uses, and with them go the locks. */
    @Test
    void anInterruptEndsNoHoldAndSpoilsNoWriting() throws IOException {
        BatchRepository.Hold hold = repository.hold("products").orElseThrow();
        Thread.currentThread().interrupt();
        try {
            assertThat(repository.put("products", "text", 0)).hasValue(1);
            assertThat(repository.get("products")).isPresent();
            assertThat(repository.hold("others")).isPresent();
            assertThat(delivered().add("products/p-1")).isTrue();
            assertThat(delivered().contains("products/p-1")).isTrue();
            assertThat(hold.lasts()).isTrue();
        } finally {
            assertThat(Thread.interrupted())
                    .as("the interrupt waits for others")
                    .isTrue();
        }
        assertThat(delivered().contains("products/p-1")).isTrue();
    }

    @Test
    void aTornLastLineOfTheJournalIsWrittenAgain() throws IOException {
        repository.put("products", "{}", 0);
        delivered().add("products/p-1");
        Files.writeString(file("delivered"), "+products/p-", StandardOpenOption.APPEND);
        reopen();

        assertThat(delivered().contains("products/p-1")).isTrue();
        assertThat(delivered().contains("products/p-")).isFalse();
        assertThat(delivered().add("products/p-2")).isTrue();
        reopen();
        assertThat(delivered().contains("products/p-1")).isTrue();
        assertThat(delivered().contains("products/p-2")).isTrue();
        assertThat(Files.readAllLines(file("delivered"))).containsExactly("+products/p-1", "+products/p-2");
    }

    @Test
    void aJournalThatIsBrokenIsAnErrorThatNamesIt() throws IOException {
        repository.put("products", "{}", 0);
        delivered().add("products/p-1");
        Path journal = file("delivered");
        Files.write(journal, "\0\0\0\0\n+products/p-2\n".getBytes(StandardCharsets.UTF_8));
        reopen();

        assertThatThrownBy(() -> delivered().contains("products/p-1")).hasMessageContaining(journal.toString());
    }

    @Test
    void aJournalThatSomebodyReplacedIsReadAgain() throws IOException {
        repository.put("products", "{}", 0);
        delivered().add("products/p-1");
        Path journal = file("delivered");
        Files.delete(journal);
        assertThat(delivered().contains("products/p-1")).isFalse();
        Files.writeString(journal, "+products/p-2\n");

        assertThat(delivered().contains("products/p-2")).isTrue();
    }

    /** A process of its own that holds a batch, changes it and delivers, and then waits to be killed. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            BatchRepository repository = new FileBatchRepository(Path.of(arguments[0]));
            Optional<BatchRepository.Hold> hold = repository.hold("products");
            repository.put(
                    "products",
                    "by another",
                    repository
                            .get("products")
                            .map(BatchRepository.Entry::version)
                            .orElse(0L));
            repository.delivered().orElseThrow().add("products/p-1");
            System.out.println(hold.isPresent() ? "holds" : "cannot");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private OtherJvm otherJvm() throws IOException {
        return OtherJvm.start(List.of(), Holder.class, folder.resolve("memory").resolve("of batches"));
    }

    @Test
    void aBatchIsHeldByAProcessUntilItIsKilled() throws Exception {
        try (OtherJvm other = otherJvm()) {
            other.lineWith("holds");

            assertThat(repository.hold("products")).isEmpty();
            try (BatchRepository.Hold others = repository.hold("others").orElseThrow()) {
                assertThat(others.lasts()).isTrue();
            }
            assertThat(repository.hold("products")).isEmpty();
            other.kill();

            assertThat(repository.hold("products")).isPresent();
            assertThat(repository.get("products")).contains(new BatchRepository.Entry("by another", 1));
            assertThat(delivered().contains("products/p-1")).isTrue();
        }
    }

    @Test
    void aProcessSeesWhatIsHeldAndDeliveredByAnother() throws Exception {
        repository.put("products", "{}", 0);
        delivered().add("products/p-0");
        BatchRepository.Hold hold = repository.hold("products").orElseThrow();
        repository.hold("others").orElseThrow().close();
        delivered().add("products/p-2");
        try (OtherJvm other = otherJvm()) {
            other.lineWith("cannot");

            assertThat(hold.lasts()).isTrue();
            assertThat(repository.get("products").orElseThrow().text()).isEqualTo("by another");
            assertThat(delivered().contains("products/p-1")).isTrue();
            assertThat(delivered().contains("products/p-0")).isTrue();
            assertThat(delivered().add("products/p-1")).isFalse();
        }
    }
}
