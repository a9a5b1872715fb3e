package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a contestant works.
 *
 * @param baseUrl   of the emulator
 * @param directory for the pictures that come, and for spool files
 * @param references the pictures that go along with every prompt
 * @param vertexAi  whether to call Vertex AI instead of the Developer API
 * @param inFlight  how many calls there are at a time
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

    /** Where {@code generateContent} is, for those who make their URLs by hand. */
    String path() {
        String models = vertexAi ? "/v1beta1/publishers/google/models/" : "/v1beta/models/";
        return models + MODEL + ":generateContent";
    }
}
