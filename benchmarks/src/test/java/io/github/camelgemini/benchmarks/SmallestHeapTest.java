package io.github.camelgemini.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class SmallestHeapTest {

    @TempDir
    static Path directory;

    private static EmulatorProcess emulator;

    @BeforeAll
    static void startEmulator() throws IOException {
        emulator = EmulatorProcess.start();
    }

    @AfterAll
    static void stopEmulator() {
        emulator.close();
    }

    static List<Integer> sizes() {
        return SmallestHeap.SIZES;
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void isTheFirstSizeThatWorks(int needed) throws IOException {
        assertThat(SmallestHeap.smallest(6, size -> size >= needed)).isEqualTo(needed);
        assertThat(SmallestHeap.smallest(needed, size -> true)).isEqualTo(needed);
    }

    @Test
    void isFoundInJvmsOfTheirOwn() throws IOException {
        SmallestHeap heap = new SmallestHeap(emulator.baseUrl(), directory.resolve("out"));

        assertThat(heap.find(Contestant.LIMIT, Workload.RECEIVE_7_MB, 64)).isEqualTo(64);
        assertThat(heap.find(Contestant.SDK, Workload.RECEIVE_7_MB, 24)).isGreaterThan(24);
    }

    @Test
    void whatFailsWhateverTheHeapIsNamed() throws IOException {
        SmallestHeap heap = new SmallestHeap(emulator.baseUrl(), directory.resolve("out"));

        assertThat(heap.failure(Contestant.SDK, Workload.RECEIVE_20_MB)).contains("StreamConstraintsException");
        assertThat(heap.failure(Contestant.LIMIT, Workload.RECEIVE_20_MB)).isEmpty();
    }
}
