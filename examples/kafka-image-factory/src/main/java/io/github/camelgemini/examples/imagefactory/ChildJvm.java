package io.github.camelgemini.examples.imagefactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Java process that ends with this one, however that ends. Its output goes to a file. */
final class ChildJvm implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Path log;

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process with this process's class path.
     *
     * @param name of its log in the folder; output of an earlier process with this name is kept
     * @param heap as for {@code -Xmx}
     */
    static ChildJvm start(
            String name, Path folder, String heap, Map<String, String> properties, String main, String... args)
            throws IOException {
        return start(name, folder, System.getProperty("java.class.path"), heap, properties, main, args);
    }

    /** Does the same with another class path, which must contain {@link Attached}. */
    static ChildJvm start(
            String name,
            Path folder,
            String classPath,
            String heap,
            Map<String, String> properties,
            String main,
            String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A fast start is more important here than speed in the long run.
        command.addAll(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        // It is killed, so it cannot clean up files that it or its libraries create there.
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", classPath, Attached.class.getName(), main));
        command.addAll(List.of(args));
        Path log = Files.createDirectories(folder).resolve(name + ".log");
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Camel prefers an environment variable to a property of the same name.
        properties.keySet().forEach(key -> process.environment()
                .remove(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));
        return new ChildJvm(name, process.start(), log);
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The first matching line of its log, when it appears; fails if the process ends before. */
    String awaitLine(Predicate<String> wanted) throws IOException, InterruptedException {
        while (true) {
            boolean ended = !isAlive();
            for (String line : lines()) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            if (ended) {
                throw ended();
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    /** Fails if it has ended by itself, with its last output. */
    void mustBeAlive() throws IOException {
        if (!isAlive()) {
            throw ended();
        }
    }

    private IllegalStateException ended() throws IOException {
        return new IllegalStateException("The process '" + name + "' ended with status " + process.exitValue() + ". "
                + log + " says:\n" + String.join("\n", lastOf(lines())));
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    private List<String> lines() throws IOException {
        return Files.readString(log).lines().toList();
    }

    private static Collection<String> lastOf(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }

    /** Kills it with SIGKILL, so that it cannot clean up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, and kills it after a minute. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Kills it; its output is kept. */
    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
