package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Answers {@code models.get} and {@code models.list}. */
final class ModelPages {

    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 1000;

    private final ModelCatalog catalog;
    private final EndedModels ended;

    ModelPages(ModelCatalog catalog, EndedModels ended) {
        this.catalog = catalog;
        this.ended = ended;
    }

    ObjectNode get(ApiCall call, ImageModel model) {
        return call.surface().isVertex() ? vertex(model) : developer(model);
    }

    ObjectNode list(ApiCall call, Incoming request) throws RefusedException {
        List<ImageModel> models = catalog.all().stream()
                .filter(model -> !ended.hasEnded(model.id()))
                .toList();
        int from = request.queryParameter("pageToken").isEmpty() ? 0 : offset(request);
        int to = Math.min(models.size(), from + pageSize(request));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray(call.surface().isVertex() ? "publisherModels" : "models");
        models.subList(from, to).forEach(model -> list.add(get(call, model)));
        if (to < models.size()) {
            // The last page must not have the field at all: an empty one makes Google's Java pager loop forever.
            page.put("nextPageToken", token(to));
        }
        return page;
    }

    private int offset(Incoming request) throws RefusedException {
        String token = request.queryParameter("pageToken").orElseThrow();
        for (int offset = 0; offset < catalog.all().size(); offset++) {
            if (token.equals(token(offset))) {
                return offset;
            }
        }
        throw new RefusedException(ApiError.invalidArgument("Invalid page token: " + token));
    }

    private static int pageSize(Incoming request) throws RefusedException {
        try {
            int size = request.queryParameter("pageSize").map(Integer::parseInt).orElse(DEFAULT_PAGE_SIZE);
            return size < 1 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE);
        } catch (NumberFormatException e) {
            throw new RefusedException(ApiError.invalidArgument("Invalid value at 'page_size' (TYPE_INT32), \""
                    + request.queryParameter("pageSize").orElse("") + "\""));
        }
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString(("models/" + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode developer(ImageModel model) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", "models/" + model.id())
                .put("version", model.version())
                .put("displayName", model.displayName())
                .put("inputTokenLimit", model.inputTokenLimit())
                .put("outputTokenLimit", model.outputTokenLimit());
        json.putArray("supportedGenerationMethods").add("generateContent").add("countTokens");
        if (model.sampling()) {
            json.put("temperature", 1).put("topP", 0.95).put("topK", 64).put("maxTemperature", 2);
        }
        if (!model.thinkingLevels().isEmpty()) {
            json.put("thinking", true);
        }
        return json;
    }

    private static ObjectNode vertex(ImageModel model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", "publishers/google/models/" + model.id())
                .put("versionId", "default")
                .put("openSourceCategory", "PROPRIETARY")
                .put("launchStage", "GA");
    }
}
