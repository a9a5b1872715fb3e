package io.github.camelgemini.benchmarks;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.IOException;
import java.util.List;

/** A JVM with the emulator for the workloads, and with the server that answers at once. */
final class EmulatorProcess implements AutoCloseable {

    private final ChildJvm jvm;
    private final String baseUrl;
    private final String instantUrl;

    private EmulatorProcess(ChildJvm jvm) throws IOException {
        this.jvm = jvm;
        this.baseUrl = line(jvm);
        this.instantUrl = line(jvm);
    }

    static EmulatorProcess start() throws IOException {
        ChildJvm jvm = ChildJvm.start(List.of("-Xmx1g", "-Djava.awt.headless=true"), EmulatorProcess.class);
        return new EmulatorProcess(jvm);
    }

    private static String line(ChildJvm jvm) throws IOException {
        return jvm.line().orElseThrow(() -> new IOException("The emulator did not start"));
    }

    /** Prints both base URLs, and ends with its standard input, so that it does not outlive its parent. */
    public static void main(String[] args) throws IOException {
        try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
            script(emulator);
            try (InstantServer instant = InstantServer.start(emulator.baseUrl())) {
                System.out.println(emulator.baseUrl());
                System.out.println(instant.baseUrl());
                int end = System.in.read();
                if (end >= 0) {
                    throw new IOException("Nothing is expected on standard input");
                }
            }
        }
    }

    /** Scripts the answers to each workload. */
    static void script(GeminiEmulator emulator) {
        for (Workload workload : Workload.values()) {
            emulator.on(RequestMatcher.prompt(workload.prompt())).answer(workload.answer());
        }
    }

    String baseUrl() {
        return baseUrl;
    }

    /** The URL of the server for sustained work. */
    String instantUrl() {
        return instantUrl;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
