package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.schema.CheckedRequest;
import io.github.camelgemini.emulator.schema.RequestSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refuses what the API refuses, in its order (schema, values, model) and with its messages. */
public final class RequestChecks {

    private static final Set<String> SIZES = Set.of("1K", "2K", "4K", "512");
    private static final Pattern GCS_PREFIX = Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,61}[a-z0-9](/.*)?");
    private static final List<String> SAMPLING = List.of("temperature", "topP", "topK", "seed");

    /** For models that accept videos. */
    private static final int MOST_VIDEOS = 10;

    private final ModelCatalog catalog;
    private final EndedModels ended;
    private final RequestSchema developer = RequestSchema.developer();
    private final RequestSchema vertex = RequestSchema.vertex();

    /** Checks requests for the models of this catalog. */
    public RequestChecks(ModelCatalog catalog, EndedModels ended) {
        this.catalog = catalog;
        this.ended = ended;
    }

    /** Checks the request of a call that asks for a picture. */
    public GenerateRequest generate(ApiCall call, ParsedBody body) throws RefusedException {
        GenerateRequest request = schema(call, "GenerateContentRequest", body);
        values("GenerateContentRequest", request);
        model(request, find(call), call);
        return request;
    }

    /** Checks the request of a call that counts tokens. */
    public GenerateRequest countTokens(ApiCall call, ParsedBody body) throws RefusedException {
        GenerateRequest request = schema(call, "CountTokensRequest", body);
        JsonNode nested = request.json().path("generateContentRequest");
        GenerateRequest counted = nested.isObject() ? new GenerateRequest(nested) : request;
        values("CountTokensRequest", counted);
        find(call);
        return counted;
    }

    /**
     * The JSON of a request or of a part of one, with field names in camelCase.
     *
     * @param message its name in {@code requests.json}
     * @throws RefusedException when it is not JSON, or has unknown fields
     */
    public JsonNode known(ApiCall call, String message, ParsedBody body) throws RefusedException {
        return schema(call, message, body).json();
    }

    /** The model of a call. */
    public ImageModel find(ApiCall call) throws RefusedException {
        return catalog.find(call.model())
                .filter(model -> !ended.hasEnded(model.id()))
                .orElseThrow(() -> new RefusedException(ApiError.modelNotFound(call)));
    }

    private GenerateRequest schema(ApiCall call, String message, ParsedBody body) throws RefusedException {
        if (body.error().isPresent()) {
            throw RefusedException.of(body.error().get());
        }
        RequestSchema schema = call.surface().isVertex() ? vertex : developer;
        JsonNode json = body.json().isMissingNode() ? JsonNodeFactory.instance.objectNode() : body.json();
        CheckedRequest checked = schema.check(message, json);
        if (!checked.violations().isEmpty()) {
            throw new RefusedException(ApiError.schema(checked.violations()));
        }
        return new GenerateRequest(checked.json());
    }

    private void values(String message, GenerateRequest request) throws RefusedException {
        List<String> wrong = new ArrayList<>();
        if (request.contents().isEmpty()) {
            wrong.add("contents: contents is not specified");
        }
        for (int turn = 0; turn < request.contents().size(); turn++) {
            JsonNode parts = request.contents().get(turn).path("parts");
            if (parts.isEmpty()) {
                wrong.add("contents[" + turn + "].parts: contents.parts must not be empty.");
            }
            for (int part = 0; part < parts.size(); part++) {
                if (!hasData(parts.get(part))) {
                    wrong.add("contents[" + turn + "].parts[" + part
                            + "].data: required oneof field 'data' must have one initialized field");
                }
            }
        }
        JsonNode system = request.json().path("systemInstruction").path("parts");
        for (int part = 0; part < system.size(); part++) {
            if (!hasData(system.get(part))) {
                wrong.add("system_instruction.parts[" + part
                        + "].data: required oneof field 'data' must have one initialized field");
            }
        }
        outside(request, "temperature", 0, 2).ifPresent(wrong::add);
        outside(request, "topP", 0, 1).ifPresent(wrong::add);
        Optional<String> ratio = request.aspectRatio();
        if (ratio.isPresent() && !catalog.allRatios().contains(ratio.get())) {
            wrong.add("generation_config.image_config.aspect_ratio: aspect_ratio must be one of " + ratios() + ".");
        }
        if (!wrong.isEmpty()) {
            throw invalid(wrong.stream()
                    .map(line -> "* " + message + "." + line + "\n")
                    .collect(Collectors.joining()));
        }
    }

    private static boolean hasData(JsonNode part) {
        return part.has("text")
                || part.has("inlineData")
                || part.has("fileData")
                || part.has("functionCall")
                || part.has("functionResponse")
                || part.has("executableCode")
                || part.has("codeExecutionResult")
                || part.has("toolCall")
                || part.has("toolResponse");
    }

    /** The range is documented; the message is inferred from that for the aspect ratio. */
    private static Optional<String> outside(GenerateRequest request, String field, int least, int most) {
        JsonNode value = request.config(field);
        if (value.isMissingNode() || (value.asDouble() >= least && value.asDouble() <= most)) {
            return Optional.empty();
        }
        String snake = field.equals("topP") ? "top_p" : field;
        return Optional.of("generation_config." + snake + ": " + snake + " must be in the range [" + least + ".0, "
                + most + ".0].");
    }

    /** As in the API's message: {@code '1:1', '1:4', …, or '21:9'}. */
    private String ratios() {
        List<String> quoted =
                catalog.allRatios().stream().map(ratio -> "'" + ratio + "'").toList();
        int last = quoted.size() - 1;
        return String.join(", ", quoted.subList(0, last)) + ", or " + quoted.get(last);
    }

    private static void model(GenerateRequest request, ImageModel model, ApiCall call) throws RefusedException {
        roles(request);
        emptyTexts(request);
        if (request.config("candidateCount").asInt(1) > 1) {
            throw invalid("Multiple candidates is not enabled for this model");
        }
        imageConfig(request, model);
        if (request.googleSearch().isObject() && !model.grounding()) {
            throw invalid("Search Grounding is not supported.");
        }
        Optional<String> level = request.thinkingLevel();
        if (level.isPresent() && !model.thinkingLevels().contains(level.get())) {
            throw invalid("Thinking level is not supported for this model.");
        }
        inputs(request, model, call.surface().isVertex());
        if (!model.sampling()) {
            sampling(request);
        }
        Optional<String> output = request.outputUriPrefix();
        if (output.isPresent() && !GCS_PREFIX.matcher(output.get()).matches()) {
            throw invalid("The output URI prefix must be a path of Google Cloud Storage, gs://bucket/folder.");
        }
        if (model.thoughtSignatures()) {
            signatures(request);
        }
    }

    /**
     * Reported by users of both APIs, for example in PublicAffairs/openai-gemini#38. The model itself sends empty texts
     * with a signature, and accepts them back.
     */
    private static void emptyTexts(GenerateRequest request) throws RefusedException {
        boolean empty = request.allParts()
                .anyMatch(part -> part.path("text").isTextual()
                        && part.path("text").asText().isEmpty()
                        && part.path("thoughtSignature").asText().isEmpty());
        if (empty) {
            throw invalid(
                    "Unable to submit request because it has an empty text parameter. Add a value to the parameter"
                            + " and try again. Learn more:"
                            + " https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/gemini");
        }
    }

    private static void roles(GenerateRequest request) throws RefusedException {
        for (JsonNode turn : request.contents()) {
            String role = turn.path("role").asText("user");
            if (!Set.of("user", "model", "").contains(role)) {
                throw invalid("Please use a valid role: user, model.");
            }
        }
    }

    private static void imageConfig(GenerateRequest request, ImageModel model) throws RefusedException {
        Optional<String> ratio = request.aspectRatio();
        if (ratio.isPresent() && !model.ratios().contains(ratio.get())) {
            throw invalid("Aspect ratio " + ratio.get() + " is not supported for this model");
        }
        Optional<String> size = request.imageSize();
        if (size.isEmpty() || model.ignoresSize()) {
            return;
        }
        if (!SIZES.contains(size.get())) {
            throw invalid("Unsupported image_size '"
                    + request.config("imageConfig").path("imageSize").asText()
                    + "'. Supported values are: 1K, 2K, 4K, 512, 512P, 512PX.");
        }
        if (!model.hasSize(size.get())) {
            throw invalid("Image size " + size.get() + " is not supported for this model");
        }
    }

    private static void inputs(GenerateRequest request, ImageModel model, boolean vertex) throws RefusedException {
        for (JsonNode turn : request.contents()) {
            for (JsonNode part : turn.path("parts")) {
                String type = GenerateRequest.mimeType(part);
                boolean needed = part.has("inlineData") && type.isEmpty();
                if (needed || !model.takes(GenerateRequest.mediaKind(type), vertex)) {
                    throw invalid("Unsupported MIME type: " + type);
                }
            }
        }
        if (request.mediaCount("video") > MOST_VIDEOS) {
            throw invalid("Please use at most " + MOST_VIDEOS + " videos.");
        }
    }

    /** Two independent sources report that 2.1 refuses them, without the message. */
    private static void sampling(GenerateRequest request) throws RefusedException {
        for (String field : SAMPLING) {
            if (!request.config(field).isMissingNode()) {
                throw invalid("Parameter " + field + " is not supported for this model");
            }
        }
    }

    /** Gemini 3 demands each signature back on its own picture (langchain-google#1431). */
    private static void signatures(GenerateRequest request) throws RefusedException {
        for (int turn = 0; turn < request.contents().size(); turn++) {
            JsonNode content = request.contents().get(turn);
            if (!content.path("role").asText().equals("model")) {
                continue;
            }
            for (int i = 0; i < content.path("parts").size(); i++) {
                JsonNode part = content.path("parts").get(i);
                String signature = part.path("thoughtSignature").asText();
                boolean picture =
                        part.has("inlineData") && !part.path("thought").asBoolean();
                if (picture && signature.isEmpty()) {
                    // Both positions are counted as in live errors: turns from 1, parts from 1.
                    throw invalid("Image part is missing a thought_signature in content position " + (turn + 1)
                            + ", part position " + (i + 1)
                            + ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures#model-behavior"
                            + " for more details.");
                }
                if (!signature.isEmpty() && !ThoughtSignatures.isValid(signature)) {
                    throw invalid("Thought signature is not valid.");
                }
            }
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ApiError.invalidArgument(message));
    }
}
