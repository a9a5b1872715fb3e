package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The API itself: from a request to the reply of a healthy server, with the changes that a plan makes to it. */
final class Api {

    private static final ApiError STREAM_BROKE =
            ApiError.of(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");

    private final ModelCatalog catalog = ModelCatalog.load();
    private final Continuations continuations = new Continuations();
    private final HostedPictures hosted = new HostedPictures();
    private final EndedModels ended;
    private final RequestChecks checks;
    private final ModelPages pages;
    private final Credentials credentials;
    private final FileStore stored;
    private final FilesApi files;
    private final Studio studio;

    Api(Credentials credentials, FileStore stored, FilesApi files, Studio studio, EndedModels ended) {
        this.ended = ended;
        this.checks = new RequestChecks(catalog, ended);
        this.pages = new ModelPages(catalog, ended);
        this.credentials = credentials;
        this.stored = stored;
        this.files = files;
        this.studio = studio;
    }

    CompletableFuture<Reply> reply(Optional<ApiCall> known, ReceivedRequest received, ParsedBody body, Plan plan) {
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(Reply.notFoundPage(received.path()));
        }
        ApiCall call = known.get();
        try {
            // The addresses of an upload and of a picture are their own permission.
            if (call.operation().equals(ApiCall.PICTURES_GET)) {
                return CompletableFuture.completedFuture(hosted.get(call.file(), received.path()));
            }
            if (!call.operation().equals(ApiCall.FILES_UPLOAD)) {
                credentials.check(call, received);
            }
            if (call.isAboutFiles()) {
                return CompletableFuture.completedFuture(files.reply(call, received, body, plan.generation));
            }
            if (call.generates()) {
                return generate(call, received, body, plan);
            }
            ObjectNode json =
                    switch (call.operation()) {
                        case ApiCall.MODELS_LIST -> pages.list(call, received);
                        case ApiCall.MODELS_GET -> pages.get(call, checks.find(call));
                        default -> countTokens(call, body);
                    };
            return CompletableFuture.completedFuture(Reply.json(200, json));
        } catch (RefusedException refused) {
            return CompletableFuture.completedFuture(Reply.error(refused.error()));
        }
    }

    /** Forgets answers that were to go on. */
    void clear() {
        continuations.clear();
    }

    private ObjectNode countTokens(ApiCall call, ParsedBody body) throws RefusedException {
        Tokens tokens = Tokens.ofPrompt(checks.countTokens(call, body));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("totalTokens", tokens.total());
        json.set("promptTokensDetails", tokens.details());
        return json;
    }

    private CompletableFuture<Reply> generate(ApiCall call, ReceivedRequest received, ParsedBody body, Plan plan)
            throws RefusedException {
        GenerateRequest request = checks.generate(call, body);
        ImageModel model = checks.find(call);
        // Before files are put into it.
        Continuations.Hop hop = continuations.hop(call, request, plan);
        Generation generation = hop.generation();
        if (!call.surface().isVertex()) {
            stored.resolve(request);
        }
        if (!ended.call(model.id())) {
            throw new RefusedException(ApiError.modelNotFound(call));
        }
        return new Generator(call, received.server(), model, request, hop)
                .answer(studio, continuations, hosted)
                .thenApply(answer -> call.streams()
                        ? stream(answer, received, generation)
                        : Reply.json(200, cased(answer.whole(), generation)))
                .thenApply(reply -> call.surface().isVertex()
                        ? reply
                        : reply.withHeader("x-gemini-service-tier", request.serviceTier()));
    }

    private static Reply stream(Answer answer, ReceivedRequest received, Generation generation) {
        List<JsonNode> chunks = new ArrayList<>();
        answer.chunks().forEach(chunk -> chunks.add(cased(chunk, generation)));
        if (generation.midStreamError) {
            chunks.subList(1, chunks.size()).clear();
            chunks.add(STREAM_BROKE.toJson());
        }
        boolean events = received.queryParameter("alt").filter("sse"::equals).isPresent();
        return events ? events(chunks) : array(chunks);
    }

    private static Reply events(List<JsonNode> chunks) {
        List<Body> pieces = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            pieces.add(Body.of("data: "));
            pieces.add(JsonBody.of(chunk));
            pieces.add(Body.of("\r\n\r\n"));
        }
        return new Reply(200, "text/event-stream", Body.concat(pieces));
    }

    private static Reply array(List<JsonNode> chunks) {
        List<Body> pieces = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            pieces.add(Body.of(pieces.isEmpty() ? "[" : ",\r\n"));
            pieces.add(JsonBody.of(chunk));
        }
        pieces.add(Body.of("]"));
        return new Reply(200, Reply.JSON, Body.concat(pieces));
    }

    private static JsonNode cased(JsonNode json, Generation generation) {
        return generation.snakeCase ? SnakeCase.of(json) : json;
    }
}
