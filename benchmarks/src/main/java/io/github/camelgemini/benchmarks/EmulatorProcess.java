package io.github.camelgemini.benchmarks;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.IOException;
import java.util.List;

/** The emulator that knows the workloads, in a JVM of its own. */
final class EmulatorProcess implements AutoCloseable {

    private final ChildJvm jvm;
    private final String baseUrl;

    private EmulatorProcess(ChildJvm jvm, String baseUrl) {
        this.jvm = jvm;
        this.baseUrl = baseUrl;
    }

    static EmulatorProcess start() throws IOException {
        ChildJvm jvm = ChildJvm.start(List.of("-Xmx1g", "-Djava.awt.headless=true"), EmulatorProcess.class);
        String baseUrl = jvm.line().orElseThrow(() -> new IOException("The emulator did not start"));
        return new EmulatorProcess(jvm, baseUrl);
    }

    /** Prints the base URL, and ends with its standard input, so that it cannot outlive who started it. */
    public static void main(String[] args) throws IOException {
        try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
            script(emulator);
            System.out.println(emulator.baseUrl());
            int end = System.in.read();
            if (end >= 0) {
                throw new IOException("Nothing is expected on standard input");
            }
        }
    }

    /** Lets it answer to each workload what that asks for. */
    static void script(GeminiEmulator emulator) {
        for (Workload workload : Workload.values()) {
            emulator.on(RequestMatcher.prompt(workload.prompt())).answer(workload.answer());
        }
    }

    String baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
