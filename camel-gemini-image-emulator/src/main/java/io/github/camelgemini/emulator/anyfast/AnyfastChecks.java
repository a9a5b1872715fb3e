package io.github.camelgemini.emulator.anyfast;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.GenerateRequest;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.gemini.RequestChecks;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Refuses what AnyFast's documents do not list: other models, ratios, sizes and types of pictures. Also refuses
 * requests without {@code generationConfig} or {@code responseModalities}, which the documents call required. Other
 * errors have Google's words, since AnyFast forwards requests. That it also forwards undocumented fields is inferred.
 */
final class AnyfastChecks {

    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/webp");
    private static final Set<String> MODALITIES = Set.of("TEXT", "IMAGE");
    private static final String SMALLEST = "512";

    private final ModelCatalog catalog;
    private final EndedModels ended;
    private final RequestChecks dialect;

    AnyfastChecks(ModelCatalog catalog, EndedModels ended) {
        this.catalog = catalog;
        this.ended = ended;
        this.dialect = new RequestChecks(catalog, ended);
    }

    ImageModel model(String name) throws RefusedByAnyfastException {
        return catalog.find(name)
                .filter(model -> !ended.hasEnded(model.id()))
                .orElseThrow(() -> new RefusedByAnyfastException(AnyfastError.modelNotFound(name)));
    }

    GenerateRequest generate(ApiCall call, Incoming incoming) throws RefusedByAnyfastException {
        ImageModel model = model(call.model());
        GenerateRequest request;
        try {
            request = dialect.generate(call, incoming.body());
        } catch (RefusedException refused) {
            throw refused(refused.error().message());
        }
        modalities(request);
        parts(request);
        size(request, model, call);
        if (call.streams() && !incoming.generation().streaming) {
            throw new RefusedByAnyfastException(AnyfastError.noStreaming());
        }
        return request;
    }

    private static void modalities(GenerateRequest request) throws RefusedByAnyfastException {
        if (!request.json().has("generationConfig")) {
            throw refused("generationConfig is required.");
        }
        JsonNode modalities = request.config("responseModalities");
        if (modalities.isEmpty()) {
            throw refused("generationConfig.responseModalities is required.");
        }
        boolean known = StreamSupport.stream(modalities.spliterator(), false)
                .allMatch(modality -> MODALITIES.contains(modality.asText()));
        boolean picture = StreamSupport.stream(modalities.spliterator(), false)
                .anyMatch(modality -> modality.asText().equals("IMAGE"));
        if (!known || !picture) {
            throw refused("generationConfig.responseModalities must be [\"IMAGE\"] or [\"TEXT\", \"IMAGE\"].");
        }
    }

    private static void parts(GenerateRequest request) throws RefusedByAnyfastException {
        for (JsonNode part : (Iterable<JsonNode>) request.allParts()::iterator) {
            if (part.has("fileData")) {
                throw refused("fileData is not supported, use inline_data.");
            }
            if (part.has("inlineData") && !TYPES.contains(GenerateRequest.mimeType(part))) {
                throw refused("Unsupported MIME type: " + GenerateRequest.mimeType(part)
                        + ". Use image/jpeg, image/png or image/webp.");
            }
        }
    }

    private static void size(GenerateRequest request, ImageModel model, ApiCall call) throws RefusedByAnyfastException {
        JsonNode size = request.config("imageConfig").path("imageSize");
        if (size.isMissingNode() || model.ignoresSize()) {
            return;
        }
        if (!model.hasSize(size.asText())) {
            throw refused("Unsupported imageSize '" + size.asText() + "'. Use one of "
                    + model.tokensPerPicture().keySet() + ".");
        }
        if (call.streams() && size.asText().equals(SMALLEST)) {
            throw refused("imageSize 512 is not supported when streaming.");
        }
    }

    void key(Incoming incoming, Optional<String> valid) throws RefusedByAnyfastException {
        Optional<String> sent = incoming.queryKey().or(incoming::bearerToken).or(incoming::googleKey);
        if (sent.isEmpty()) {
            throw new RefusedByAnyfastException(AnyfastError.missingKey());
        }
        if (valid.isPresent() && !valid.equals(sent)) {
            throw new RefusedByAnyfastException(AnyfastError.invalidKey());
        }
    }

    private static RefusedByAnyfastException refused(String message) {
        return new RefusedByAnyfastException(AnyfastError.invalidRequest(message));
    }
}
