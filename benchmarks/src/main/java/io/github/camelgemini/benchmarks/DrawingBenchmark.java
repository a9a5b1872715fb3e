package io.github.camelgemini.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** One client with one workload. The emulator is in another JVM, so all allocations here belong to the client. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DrawingBenchmark {

    static final String BASE_URL = "benchmark.baseUrl";
    static final String DIRECTORY = "benchmark.directory";

    @Param
    public Contestant contestant;

    @Param
    public Workload workload;

    private PictureClient client;
    private List<Path> files;
    private String prompt;
    private ExecutorService callers;

    @Setup
    public void open() throws Exception {
        Path directory = Path.of(System.getProperty(DIRECTORY));
        client = contestant.open(Setting.of(workload, System.getProperty(BASE_URL), directory));
        files = IntStream.range(0, workload.calls())
                .mapToObj(i -> directory.resolve("picture-" + i + ".jpg"))
                .toList();
        callers = Executors.newFixedThreadPool(workload.calls());
    }

    /**
     * Warms up without a delay. Only the JVM has to warm up, and the SDK with 5 concurrent calls would need half a
     * minute.
     */
    @Setup(Level.Iteration)
    public void choosePrompt(IterationParams iteration) {
        prompt = (iteration.getType() == IterationType.WARMUP && workload.calls() > 1 ? Workload.TINY : workload)
                .prompt();
    }

    @TearDown
    public void close() throws Exception {
        callers.shutdownNow();
        client.close();
    }

    /** Overwriting a file takes longer than writing a new one, because its old blocks are released first. */
    @TearDown(Level.Invocation)
    public void delete() throws Exception {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public void oneAfterTheOther() throws Exception {
        client.draw(prompt, files.get(0));
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public void atOnce() throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Path file : files) {
            running.add(callers.submit(() -> {
                client.draw(prompt, file);
                return null;
            }));
        }
        for (Future<?> call : running) {
            call.get();
        }
    }
}
