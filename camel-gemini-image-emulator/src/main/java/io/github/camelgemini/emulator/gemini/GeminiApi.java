package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.Target;
import java.util.Set;

/**
 * A service with the format of Google's API: where its requests have model, prompt and pictures, and how its answers
 * begin.
 */
public abstract class GeminiApi implements Api {

    private static final Set<String> PARENTS = Set.of("inlineData", "inline_data");

    /** The data of inline data, in either case. */
    private static final PictureFields FIELDS = (parent, field) ->
            PARENTS.contains(parent) && field.equals("data") ? PictureFields.Form.BASE64 : PictureFields.Form.NONE;

    @Override
    public final PictureFields pictureFields() {
        return FIELDS;
    }

    @Override
    public String model(Target target, JsonNode body) {
        return target.model();
    }

    @Override
    public final String prompt(JsonNode body) {
        return new GenerateRequest(body).prompt();
    }

    @Override
    public final String opening() {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"";
    }
}
