package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The environment of a client.
 *
 * @param baseUrl of the emulator
 * @param directory for pictures and spool files
 * @param references reference images for every prompt
 * @param vertexAi whether to call Vertex AI instead of the Developer API
 * @param inFlight number of concurrent calls
 */
record Setting(String baseUrl, Path directory, List<Path> references, boolean vertexAi, int inFlight) {

    static final String MODEL = "gemini-3.1-flash-image";
    static final String KEY = "any-key";

    /** The setting of a workload; creates the directory. */
    static Setting of(Workload workload, String baseUrl, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> references = ReferencePictures.in(directory.resolveSibling("references"), workload.references());
        return new Setting(baseUrl, directory, references, workload.needsVertexAi(), workload.inFlight());
    }

    /** The path of {@code generateContent}, for hand-written clients. */
    String path() {
        String models = vertexAi ? "/v1beta1/publishers/google/models/" : "/v1beta/models/";
        return models + MODEL + ":generateContent";
    }
}
