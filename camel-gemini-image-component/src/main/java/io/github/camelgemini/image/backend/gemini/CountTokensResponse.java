package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.TokenCounts;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Usage;
import java.util.Map;

/** The JSON answer of {@code countTokens}, {@code → Usage}. */
public final class CountTokensResponse {

    private CountTokensResponse() {}

    /**
     * Reads the number of tokens.
     *
     * @throws MalformedResponseException when the answer contains no number
     */
    public static Usage read(JsonNode root) {
        TokenCounts tokens = new TokenCounts();
        int total = tokens.count(root.path("totalTokens"));
        if (!root.path("totalTokens").isNumber() || tokens.areOdd()) {
            throw new MalformedResponseException(
                    "The answer of countTokens has no totalTokens", ProviderError.NONE, null);
        }
        return new Usage(
                total,
                0,
                0,
                total,
                tokens.byKind(root.path("promptTokensDetails"), "modality", "tokenCount"),
                Map.of());
    }
}
