package io.github.camelgemini.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MeasuringTest {

    @TempDir
    Path work;

    private EmulatorProcess emulator;
    private Measuring measuring;

    @BeforeEach
    void startEmulator() throws IOException {
        emulator = EmulatorProcess.start();
        measuring = new Measuring(emulator, work, Effort.TRIAL, progress -> {});
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    @Test
    void givesTimeAndHeap() throws IOException {
        Measurement measurement = measuring.measure(Contestant.LIMIT, Workload.RECEIVE_800_KB);

        assertThat(measurement.failure()).isEmpty();
        assertThat(measurement.millis()).isPositive();
        assertThat(measurement.processorMillis()).isPositive();
        assertThat(measurement.allocated()).isPositive();
        assertThat(measurement.heapMegabytes()).isPresent();
    }

    @Test
    void givesTheFailureOfWhoFails() throws IOException {
        assertThat(measuring.measure(Contestant.LANGCHAIN4J, Workload.RECEIVE_20_MB))
                .returns("StreamConstraintsException", m -> m.failure().orElseThrow());
    }
}
