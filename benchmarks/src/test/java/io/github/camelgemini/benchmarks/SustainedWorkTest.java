package io.github.camelgemini.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SustainedWorkTest {

    @TempDir
    Path directory;

    private EmulatorProcess emulator;
    private SustainedWork work;

    @BeforeEach
    void startEmulator() throws IOException {
        emulator = EmulatorProcess.start();
        work = new SustainedWork(emulator.instantUrl(), directory.resolve("out"), Effort.TRIAL);
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    @Test
    void givesRateProcessorTimeAndMemory() throws IOException {
        SustainedMeasurement measured =
                work.measure(Contestant.LIMIT, Workload.SUSTAINED_6_MB, SustainedWork.USUAL, 40);

        assertThat(measured.complete()).isTrue();
        assertThat(measured.perSecond()).isPositive();
        assertThat(measured.processorMillis()).isPositive();
    }

    @Test
    void countsWhatIsLost() throws IOException {
        SustainedMeasurement measured = work.measure(Contestant.SDK, Workload.SUSTAINED_6_MB, 32, 40);

        assertThat(measured.complete()).isFalse();
    }
}
