package io.github.camelgemini.examples.batch.halfprice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process, which writes into a log of its own and ends with this one. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Thread atEnd;

    private ChildJvm(Process process) {
        this.process = process;
        this.atEnd = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /**
     * Starts one.
     *
     * @param log where its output goes, after what is there
     * @param properties system properties
     * @param command what to run: {@code -jar} and a file, or {@code -cp}, a class path and a class
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

    /** SIGKILL, where there is such a thing: it cannot be noticed, let alone prepared for. */
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
