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
 * What a call for one picture is expected to cost, by the prices of the catalog: seldom less than it does. Google does not say what a model
 * will think and say, nor how often it will search; what is taken here is more than live calls have shown.
 */
final class ExpectedCost {

    /** A token of English is some four bytes of UTF-8. */
    private static final int BYTES_PER_TOKEN = 3;
    /** Of a picture that is sent; Vertex AI's number for Gemini 3, others are smaller. */
    private static final int TOKENS_PER_REFERENCE = 1120;
    /** Thoughts, and what is said beside a picture; 60 to 400 were seen. */
    private static final int TOKENS_OF_TEXT = 1000;
    /** Queries of one call with grounding. */
    private static final int SEARCHES = 3;

    private final ModelCatalog catalog;

    /** @param catalog as the service has it */
    ExpectedCost(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** @return US dollars; empty when the catalog does not know */
    Optional<BigDecimal> of(ImageRequest request) {
        return of(request, request.asked());
    }

    /** As part of a batch. */
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

    /** That of the model where none is asked for. */
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
