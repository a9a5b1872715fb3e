package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** {@code gemini-image:countTokens}: counts the tokens that a message would have in {@code generate}. Costs nothing. */
public class CountTokensProducer extends LeasingProducer {

    public CountTokensProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return process(
                reader().read(exchange), (request, backend) -> count(request, backend, exchange), exchange, callback);
    }

    private CompletableFuture<ImageResult> count(ImageRequest request, ImageBackend backend, Exchange exchange) {
        return count(request, backend)
                .thenApply(tokens -> {
                    ResultWriter.writeTokens(tokens, exchange);
                    return (ImageResult) null;
                })
                .whenComplete((done, failure) -> request.close());
    }

    private static CompletableFuture<Usage> count(ImageRequest request, ImageBackend backend) {
        try {
            backend.check(request);
            return backend.countTokens(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
