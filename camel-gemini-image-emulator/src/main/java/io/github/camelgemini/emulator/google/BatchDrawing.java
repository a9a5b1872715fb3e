package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.Continuations;
import io.github.camelgemini.emulator.gemini.GenerateRequest;
import io.github.camelgemini.emulator.gemini.Generator;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.gemini.RequestChecks;
import io.github.camelgemini.emulator.picture.Studio;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Processes the requests of batches one by one. Thread-safe. */
final class BatchDrawing {

    /** Names of errors by the status numbers in lines. */
    private static final List<String> RPC = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION");

    private final FileStore files;
    private final RequestChecks checks;
    private final Studio studio;
    private final Continuations continuations;
    private final HostedPictures hosted;

    BatchDrawing(
            FileStore files, RequestChecks checks, Studio studio, Continuations continuations, HostedPictures hosted) {
        this.files = files;
        this.checks = checks;
        this.studio = studio;
        this.continuations = continuations;
        this.hosted = hosted;
    }

    /** All results of a batch from the beginning, with this URL of the service. */
    BatchResults results(Batch batch, ResultForm form, String url) throws IOException {
        return new BatchResults(batch, form, line -> draw(batch, line, url));
    }

    /** Vertex AI accepts lines with other fields, and repeats them in the results. */
    private JsonNode known(Batch batch, ApiCall call, ParsedBody line) throws RefusedException {
        if (line.error().isPresent()) {
            throw RefusedException.of(line.error().get());
        }
        return call.surface().isVertex()
                ? line.json()
                : checks.known(call, batch.inline() ? "InlinedRequest" : "BatchLine", line);
    }

    /** The answer of {@code generateContent}, which may be an error. */
    private CompletableFuture<ObjectNode> draw(Batch batch, ParsedBody line, String url) {
        ApiCall call = new ApiCall(
                batch.call().surface(),
                batch.call().version(),
                "generateContent",
                batch.call().model(),
                "");
        try {
            JsonNode request = known(batch, call, line).path("request");
            GenerateRequest checked =
                    checks.generate(call, new ParsedBody(request.deepCopy(), List.of(), Optional.empty()));
            if (!call.surface().isVertex()) {
                files.resolve(checked);
            }
            Continuations.Hop hop = continuations.hop(call, checked, batch.generation());
            return new Generator(call, url, checks.find(call), checked, hop)
                    .answer(studio, continuations, hosted)
                    .thenApply(answer -> {
                        ObjectNode json = JsonNodeFactory.instance.objectNode();
                        json.set("response", answer.whole());
                        return json;
                    });
        } catch (RefusedException e) {
            int code = Math.max(2, RPC.indexOf(e.error().status()));
            return CompletableFuture.completedFuture(
                    BatchResults.error(code, e.error().message()));
        }
    }
}
