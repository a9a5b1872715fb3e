package io.github.camelgemini.image;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.RequestMatcher;
import java.util.Map;
import java.util.TreeMap;

/** The services with batches, and the calls that each uses. */
enum BatchMatrixService {
    /** With files. */
    GOOGLE("Google", EmulatedService.GOOGLE, 12, false, "batches.create", "files.download"),
    /** Within the calls themselves. */
    GOOGLE_FEW("Google, up to 10 requests", EmulatedService.GOOGLE, 3, false, "batches.create", "batches.get"),
    VERTEX("Vertex AI", EmulatedService.GOOGLE, 3, false, "batchPredictionJobs.create", "objects.get"),
    INFERENCESH("inference.sh", EmulatedService.INFERENCESH, 3, true, "apps.run", "pictures.get"),
    GMI("GMI Cloud", EmulatedService.GMI, 3, true, "requests.create", "pictures.get");

    private final String title;
    private final EmulatedService emulated;
    private final int requests;
    /** Whether a job is one request. */
    private final boolean queue;

    private final String create;
    private final String fetch;

    BatchMatrixService(
            String title, EmulatedService emulated, int requests, boolean queue, String create, String fetch) {
        this.title = title;
        this.emulated = emulated;
        this.requests = requests;
        this.queue = queue;
        this.create = create;
        this.fetch = fetch;
    }

    EmulatedService emulated() {
        return emulated;
    }

    /** Prompts by their keys. */
    Map<String, String> requests() {
        Map<String, String> prompts = new TreeMap<>();
        for (int i = 1; i <= requests; i++) {
            prompts.put("k%02d".formatted(i), "product " + i);
        }
        return prompts;
    }

    /** How many jobs its requests need. */
    int jobs() {
        return queue ? requests : 1;
    }

    /** The calls that make a job. */
    RequestMatcher creates() {
        return RequestMatcher.operation(create);
    }

    /** The calls that fetch results. */
    RequestMatcher fetches() {
        return RequestMatcher.operation(fetch);
    }

    String uri(String operation, String options) {
        return "gemini-image:" + operation + "?service=" + emulated.id() + (options.isEmpty() ? "" : "&" + options);
    }

    /** Sets the required options besides the URL. */
    void configure(GeminiImageConfiguration options) {
        if (this == VERTEX) {
            options.setProject("p");
            options.setBatchGcsUri("gs://pictures/batches");
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
