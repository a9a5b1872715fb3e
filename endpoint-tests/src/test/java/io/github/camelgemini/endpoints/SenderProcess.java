package io.github.camelgemini.endpoints;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link Sender} with {@code -Xmx64m}. Its log is in {@code target}. */
final class SenderProcess implements AutoCloseable {

    private static final int STATUS_OF_A_FULL_HEAP = 3;

    private final Process process;
    private final BufferedReader output;
    private final Path log;

    private SenderProcess(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader();
        this.log = log;
    }

    static SenderProcess start(Destination destination, Map<String, String> properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                // Quick to start is better here than quick in the long run.
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                // Where one that was ended leaves its spool files.
                "-Djava.io.tmpdir="
                        + Files.createDirectories(Path.of("target", "tmp").toAbsolutePath())));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Sender.class.getName(), destination.name()));
        Path log = Path.of("target", "sender-" + destination.name() + ".log");
        return new SenderProcess(
                new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    }

    /** The line that begins with one of these words; null if the process ended before. */
    String line(String... beginnings) throws IOException {
        String line = output.readLine();
        while (line != null) {
            for (String beginning : beginnings) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            line = output.readLine();
        }
        return null;
    }

    /** Waits for its end, and says whether the heap was exhausted. */
    boolean endsWithAFullHeap() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("The sending JVM does not end; see " + log);
        }
        int status = process.exitValue();
        if (status != 0 && status != STATUS_OF_A_FULL_HEAP) {
            throw new IllegalStateException(
                    "The sending JVM ended with status " + status + ". It says:\n" + Files.readString(log));
        }
        return status == STATUS_OF_A_FULL_HEAP;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
