package io.github.camelgemini.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The emulator's command in its own JVM, with its own heap and its own flags. */
final class OwnJvm implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("http://localhost:\\d+");

    private final Process process;
    private final Path errors;
    private final String baseUrl;

    private OwnJvm(Process process, Path errors, String baseUrl) {
        this.process = process;
        this.errors = errors;
        this.baseUrl = baseUrl;
    }

    /** With these flags of the JVM. */
    static OwnJvm start(String... flags) throws IOException {
        return start(List.of(flags), List.of());
    }

    /** With these options of the command. */
    static OwnJvm startWith(String... options) throws IOException {
        return start(List.of(), List.of(options));
    }

    private static OwnJvm start(List<String> flags, List<String> options) throws IOException {
        Path errors = Files.createTempFile(Path.of("target"), "emulator", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(EmulatorCommand.class.getName(), "--port", "0"));
        command.addAll(options);
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null) {
            Matcher url = URL.matcher(line);
            if (url.find()) {
                return new OwnJvm(process, errors, url.group());
            }
            line = out.readLine();
        }
        throw new IOException("The emulator did not start: " + Files.readString(errors));
    }

    String baseUrl() {
        return baseUrl;
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }
}
