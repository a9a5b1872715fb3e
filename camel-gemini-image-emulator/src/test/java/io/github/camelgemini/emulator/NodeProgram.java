package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of {@code src/test/js} with node, with the clients that its {@code package.json} names. */
final class NodeProgram {

    static final Path WORK = Path.of("target/js");

    private static final Path SOURCE = Path.of("src/test/js");
    private static boolean installed;

    private NodeProgram() {}

    /** How a program ended, and what it wrote. */
    record Outcome(int status, String output) {}

    /** Gets the clients, once a run; the calling test is skipped with a reason where node is missing. */
    static synchronized void install() throws IOException, InterruptedException {
        assumeTrue(runs("node", "--version"), "node is not installed, so JavaScript clients cannot be asked");
        assumeTrue(runs("npm", "--version"), "npm is not installed, so JavaScript clients cannot be had");
        if (installed) {
            return;
        }
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Outcome install = run(List.of("npm", "ci", "--ignore-scripts", "--no-progress"), Map.of());
        assertThat(install.status()).as(install.output()).isZero();
        installed = true;
    }

    /** Runs the tests of a file. */
    static Outcome test(String file, Map<String, String> environment) throws IOException, InterruptedException {
        return run(List.of("node", "--test", "--test-reporter=tap", file), environment);
    }

    /** Runs a command where the clients are. */
    static Outcome run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target"), "js", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            if (!ended) {
                // Those that npm and the runner of tests have started would go on.
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Files.createDirectories(WORK);
            return run(List.of(command), Map.of()).status() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
