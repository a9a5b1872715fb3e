package io.github.camelgemini.emulator.anyfast;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.gemini.Answer;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.Continuations;
import io.github.camelgemini.emulator.gemini.GeminiApi;
import io.github.camelgemini.emulator.gemini.GenerateRequest;
import io.github.camelgemini.emulator.gemini.Generator;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.gemini.SnakeCase;
import io.github.camelgemini.emulator.gemini.StreamedAnswer;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Studio;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AnyFast, as docs.anyfast.ai describes it: the format of Google's API below {@code /v1beta}, with the key in the query
 * or as bearer token.
 *
 * <p>A key in {@code x-goog-api-key} is accepted too. AnyFast does not document this. It is an assumption, because
 * Google's own clients send nothing else, and AnyFast's page shows one of them.
 *
 * <p>A token belongs to a group, which determines the form of pictures: inline for Direct and Aggregate, a URL for
 * Aggregate-NanoUrl. Here the form is set with the faults {@code urlInText} and {@code fileData}, and the limits of the
 * Aggregate groups with {@code noStreaming}. A list of models is not documented, and gets 404.
 */
public final class AnyfastApi extends GeminiApi {

    private static final Pattern PATH =
            Pattern.compile("/v1beta/models/(?<model>[^/:]+):(?<operation>(generate|streamGenerate)Content)");
    private static final Set<String> OPERATIONS = Set.of("generateContent", "streamGenerateContent");

    private final Optional<String> key;
    private final Studio studio;
    private final EndedModels ended;
    private final HostedPictures hosted;
    private final Continuations continuations = new Continuations();
    private final AnyfastChecks checks;

    /**
     * Creates the service.
     *
     * @param key the only valid one; empty accepts any
     */
    public AnyfastApi(Optional<String> key, Studio studio, EndedModels ended, HostedPictures hosted) {
        this.key = key;
        this.studio = studio;
        this.ended = ended;
        this.hosted = hosted;
        this.checks = new AnyfastChecks(ModelCatalog.of("anyfast"), ended);
    }

    @Override
    public Set<String> operations() {
        return OPERATIONS;
    }

    @Override
    public Optional<Target> target(String method, String path, String query) {
        Matcher matcher = PATH.matcher(path);
        return method.equalsIgnoreCase("POST") && matcher.matches()
                ? Optional.of(new Target(matcher.group("operation"), matcher.group("model"), true, false))
                : Optional.empty();
    }

    @Override
    public CompletableFuture<Reply> reply(Incoming incoming) {
        try {
            checks.key(incoming, key);
            if (incoming.target().isEmpty()) {
                throw new RefusedByAnyfastException(AnyfastError.noSuchUrl(incoming.method(), incoming.path()));
            }
            return generate(incoming.target().get(), incoming);
        } catch (RefusedByAnyfastException refused) {
            return CompletableFuture.completedFuture(refused.error().reply());
        }
    }

    @Override
    public Reply error(Incoming incoming, Trouble trouble) {
        String model = incoming.target().map(Target::model).orElse("");
        return AnyfastError.of(trouble, model).reply(trouble.retryDelay());
    }

    @Override
    public void clear() {
        continuations.clear();
    }

    private CompletableFuture<Reply> generate(Target target, Incoming incoming) throws RefusedByAnyfastException {
        ApiCall call = call(ApiCall.Surface.DEVELOPER, target);
        GenerateRequest request = checks.generate(call, incoming);
        ImageModel model = checks.model(target.model());
        Continuations.Hop hop;
        try {
            hop = continuations.hop(call, request, incoming.generation());
        } catch (RefusedException refused) {
            throw new RefusedByAnyfastException(
                    AnyfastError.invalidRequest(refused.error().message()));
        }
        if (!ended.call(model.id())) {
            throw new RefusedByAnyfastException(AnyfastError.modelNotFound(model.id()));
        }
        // Its answers have the fields createTime and trafficType, as Vertex AI's have.
        return new Generator(call(ApiCall.Surface.VERTEX, target), incoming.url(), model, request, hop)
                .answer(studio, continuations, hosted)
                .thenApply(
                        answer -> call.streams() ? stream(answer, hop.generation()) : whole(answer, hop.generation()));
    }

    private static ApiCall call(ApiCall.Surface surface, Target target) {
        return new ApiCall(surface, "v1beta", target.operation(), target.model(), "");
    }

    /** Inline data in snake_case and everything else in camelCase, as the documents show it. */
    private static Reply whole(Answer answer, Generation generation) {
        JsonNode json = answer.whole();
        if (generation.snakeCase) {
            return Reply.json(200, SnakeCase.of(json));
        }
        return Reply.json(200, generation.camelCase ? json : SnakeCase.ofInlineData(json));
    }

    /** Everything in camelCase, and always as events: a thought, the parts, the tokens. */
    private static Reply stream(Answer answer, Generation generation) {
        return StreamedAnswer.of(answer, generation, AnyfastError.overloaded().toJson())
                .thinking("**Composing the picture**\n\nI look at how it holds together.")
                .usageLast()
                .map(chunk -> generation.snakeCase ? SnakeCase.of(chunk) : chunk)
                .reply(true);
    }
}
