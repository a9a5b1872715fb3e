package io.github.camelgemini.examples.batch.halfprice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process with its own log file, which ends with this process. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Thread atEnd;

    private ChildJvm(Process process) {
        this.process = process;
        this.atEnd = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /**
     * Starts a process.
     *
     * @param log file to which its output is appended
     * @param properties system properties
     * @param command {@code -jar} and a file, or {@code -cp}, a class path and a class
     */
    static ChildJvm start(Path log, Map<String, String> properties, List<String> command) throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(List.of("-Xmx256m", "-Djava.awt.headless=true"));
        properties.forEach((name, value) -> all.add("-D" + name + "=" + value));
        all.addAll(command);
        return new ChildJvm(new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process with SIGKILL where that exists, so that it cannot react. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        Runtime.getRuntime().removeShutdownHook(atEnd);
    }
}
