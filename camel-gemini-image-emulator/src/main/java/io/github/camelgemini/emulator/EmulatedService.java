package io.github.camelgemini.emulator;

import java.util.Arrays;
import java.util.List;

/** The services that the emulator offers. All are on the same server, each below its own path. */
public enum EmulatedService {
    /** Google's own, the Gemini Developer API and Vertex AI, at the root. */
    GOOGLE("google", ""),
    /** AnyFast, with the format of Google's API, below {@code /anyfast}. */
    ANYFAST("anyfast", "/anyfast"),
    /** AI/ML API, with an API like OpenAI's image API, below {@code /aimlapi}. */
    AIMLAPI("aimlapi", "/aimlapi"),
    /** inference.sh, which runs tasks, below {@code /inferencesh}. */
    INFERENCESH("inferencesh", "/inferencesh"),
    /** GMI Cloud, whose API is a queue of requests, below {@code /gmi}. */
    GMI("gmi", "/gmi");

    private final String id;
    private final String path;

    EmulatedService(String id, String path) {
        this.id = id;
        this.path = path;
    }

    /** Its name in scripts, logs and options. */
    public String id() {
        return id;
    }

    /** Its path on the server, without a slash at the end; empty for Google's. */
    public String path() {
        return path;
    }

    /**
     * Finds a service by its name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EmulatedService of(String id) {
        return Arrays.stream(values())
                .filter(service -> service.id.equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Unknown service '" + id + "'. Services are: " + ids()));
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(EmulatedService::id).toList();
    }

    /** The service at a path; Google's if no other matches. */
    static EmulatedService at(String path) {
        return Arrays.stream(values())
                .filter(service -> service != GOOGLE)
                .filter(service -> path.equals(service.path) || path.startsWith(service.path + "/"))
                .findFirst()
                .orElse(GOOGLE);
    }

    @Override
    public String toString() {
        return id;
    }
}
