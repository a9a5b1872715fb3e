package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.Consumption;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.Turn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates the cost of a call for one picture from the prices in the catalog. The estimate is seldom too low. Google
 * does not say how many tokens a model will use for thoughts and text, nor how often it will search; the numbers here
 * are higher than in live calls.
 */
final class ExpectedCost {

    /** For English, a token is about four bytes of UTF-8. */
    private static final int BYTES_PER_TOKEN = 3;
    /** The tokens of a picture that is sent: Vertex AI's number for Gemini 3. Other models use fewer. */
    private static final int TOKENS_PER_REFERENCE = 1120;
    /** The tokens for thoughts and text besides a picture; live calls used 60 to 400. */
    private static final int TOKENS_OF_TEXT = 1000;
    /** The searches of one call with grounding. */
    private static final int SEARCHES = 3;

    private final ModelCatalog catalog;

    /**
     * @param catalog with the prices of the service
     */
    ExpectedCost(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @return US dollars; empty when the catalog has no price
     */
    Optional<BigDecimal> of(ImageRequest request) {
        return of(request, request.asked());
    }

    /** The cost as part of a batch. */
    Optional<BigDecimal> inBatch(ImageRequest request) {
        return of(request, request.asked().inBatch());
    }

    private Optional<BigDecimal> of(ImageRequest request, Asked asked) {
        return catalog.find(request.model()).flatMap(model -> model.estimateCost(consumption(request, asked, model)));
    }

    private static Consumption consumption(ImageRequest request, Asked asked, ModelSpec model) {
        int references = asked.references();
        int imageTokens = references * TOKENS_PER_REFERENCE;
        int promptTokens = textTokens(request) + imageTokens;
        Usage usage = new Usage(
                promptTokens,
                0,
                TOKENS_OF_TEXT,
                promptTokens + TOKENS_OF_TEXT,
                Map.of(Usage.IMAGE, imageTokens),
                Map.of());
        boolean searches = request.is(Parameter.GOOGLE_SEARCH) || request.is(Parameter.IMAGE_SEARCH);
        return asked.consumption(usage, 1).withImages(1, size(asked, model)).withSearches(searches ? SEARCHES : 0);
    }

    /** The model's default size if none is requested. */
    private static ImageSize size(Asked asked, ModelSpec model) {
        return asked.size() == null ? model.output().defaultSize().orElse(null) : asked.size();
    }

    private static int textTokens(ImageRequest request) {
        long bytes = length(request.prompt())
                + length(request.get(Parameter.SYSTEM_INSTRUCTION).orElse(""))
                + request.history().stream()
                        .flatMap(turn -> turn.parts().stream())
                        .mapToLong(part -> part instanceof Turn.Text text ? length(text.text()) : 0)
                        .sum();
        return (int) Math.min(bytes / BYTES_PER_TOKEN + 1, Integer.MAX_VALUE / 2);
    }

    private static long length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
