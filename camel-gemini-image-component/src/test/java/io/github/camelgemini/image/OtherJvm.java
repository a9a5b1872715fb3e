package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A separate Java process with the same classes, its own heap and its own flags. */
public final class OtherJvm implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private final BufferedReader out;

    private OtherJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    public static OtherJvm start(List<String> flags, Class<?> main, Object... args) throws IOException {
        return start(Path.of(System.getProperty("java.home")), flags, main, args);
    }

    /**
     * @param environment variables in addition to those of this process, or in place of them
     */
    public static OtherJvm startIn(Map<String, String> environment, Class<?> main, Object... args) throws IOException {
        Path javaHome = Path.of(System.getProperty("java.home"));
        return start(javaHome, System.getProperty("java.class.path"), environment, List.of(), main, args);
    }

    /**
     * @param jars regular expression of file names to leave out of the class path
     */
    public static OtherJvm startWithout(String jars, List<String> flags, Class<?> main, Object... args)
            throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(".*(" + jars + ").*"))
                .collect(Collectors.joining(File.pathSeparator));
        return start(Path.of(System.getProperty("java.home")), classPath, Map.of(), flags, main, args);
    }

    public static OtherJvm start(Path javaHome, List<String> flags, Class<?> main, Object... args) throws IOException {
        return start(javaHome, System.getProperty("java.class.path"), Map.of(), flags, main, args);
    }

    private static OtherJvm start(
            Path javaHome,
            String classPath,
            Map<String, String> environment,
            List<String> flags,
            Class<?> main,
            Object... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        Stream.of(args).map(String::valueOf).forEach(command::add);
        Path errors = Files.createTempFile(Path.of("target"), "other-jvm", ".txt");
        ProcessBuilder process = new ProcessBuilder(command).redirectError(errors.toFile());
        process.environment().putAll(environment);
        return new OtherJvm(process.start(), errors);
    }

    /** An emulator in its own process. */
    static final class Emulator implements AutoCloseable {

        private final OtherJvm jvm;
        private final String baseUrl;

        Emulator() throws IOException {
            jvm = OtherJvm.start(List.of(), Emulator.class);
            baseUrl = jvm.lineWith("http://localhost:");
            jvm.forgetOutput();
        }

        public static void main(String[] args) throws InterruptedException {
            try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
                System.out.println(emulator.baseUrl());
                Thread.sleep(Long.MAX_VALUE);
            }
        }

        String baseUrl() {
            return baseUrl;
        }

        /** Scripts faults over HTTP, in place of the earlier ones. */
        void script(String... scripts) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + "/emulator/faults"));
            send(request.DELETE());
            for (String script : scripts) {
                send(request.POST(HttpRequest.BodyPublishers.ofString(script.replace('\'', '"'))));
            }
        }

        private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            jvm.close();
        }
    }

    /** The next line of its output that contains a text; fails when the process ends before. */
    public String lineWith(String text) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            before.add(line);
        }
        throw new AssertionError("The process ended without '" + text + "':\n" + String.join("\n", before) + "\n"
                + Files.readString(errors));
    }

    /** Reads and drops its output; a process stops when its output pipe is full. */
    void forgetOutput() {
        Thread reader = new Thread(() -> {
            try {
                out.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // It was killed.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** Kills it with SIGKILL, so that it cannot clean up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        Files.delete(errors);
    }

    /** Where a JDK of this version is, by what CI systems and Linux packages say; else empty. */
    static Optional<Path> jdk(int version) throws IOException {
        if (Runtime.version().feature() == version) {
            return Optional.of(Path.of(System.getProperty("java.home")));
        }
        Stream<Path> named = Stream.of("JAVA_HOME_" + version + "_X64", "JAVA" + version + "_HOME")
                .map(System::getenv)
                .flatMap(Stream::ofNullable)
                .map(Path::of);
        Path packages = Path.of("/usr/lib/jvm");
        try (Stream<Path> installed = Files.isDirectory(packages) ? Files.list(packages) : Stream.empty()) {
            return Stream.concat(named, installed.filter(home -> home.getFileName()
                            .toString()
                            .contains("-" + version)))
                    .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                    .findFirst();
        }
    }
}
