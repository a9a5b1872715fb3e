package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Usage;
import java.util.Map;

/** The answer of {@code countTokens} as JSON {@code → Usage}. */
public final class CountTokensResponse {

    private CountTokensResponse() {}

    /** @throws MalformedResponseException when there is no number in it */
    public static Usage read(JsonNode root) {
        if (!root.path("totalTokens").isInt()) {
            throw new MalformedResponseException(
                    "The answer of countTokens has no totalTokens", ProviderError.NONE, null);
        }
        int total = root.path("totalTokens").asInt();
        return new Usage(
                total, 0, 0, total, GenerateContentResponse.byModality(root.path("promptTokensDetails")), Map.of());
    }
}
