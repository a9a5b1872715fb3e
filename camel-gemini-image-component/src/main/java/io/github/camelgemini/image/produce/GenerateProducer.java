package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.PartialResults;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * The way through: {@code Exchange → ImageRequest → ImageBackend → ImageResult → Exchange}. The thread of the route is given
 * back as soon as the request is read; the rest of the route runs on a thread of the component's pool.
 */
public class GenerateProducer extends LeasingProducer {

    public GenerateProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return process(
                reader().read(exchange), (request, backend) -> draw(request, backend, exchange), exchange, callback);
    }

    private CompletableFuture<ImageResult> draw(ImageRequest request, ImageBackend backend, Exchange exchange) {
        return ask(request, backend)
                .thenCompose(drawn -> {
                    ImageResult result = conversion().apply(drawn, request.encoding());
                    return delivery(result, request, null, exchange)
                            .thenApply(delivery -> {
                                delivery.write(exchange);
                                return result;
                            })
                            .whenComplete((written, failure) -> {
                                if (failure != null) {
                                    result.discard();
                                }
                            });
                })
                .whenComplete((result, failure) -> request.close());
    }

    /** As many calls as pictures are wanted, since the models answer no more than one candidate; results in order. */
    private static CompletableFuture<ImageResult> ask(ImageRequest request, ImageBackend backend) {
        List<CompletableFuture<ImageResult>> calls;
        try {
            backend.check(request);
            calls = IntStream.range(0, request.get(Parameter.NUM_IMAGES).orElse(1))
                    .mapToObj(i -> backend.generate(request.ofPicture(i)))
                    .toList();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        boolean keep = request.get(Parameter.PARTIAL_RESULTS)
                .filter(PartialResults.KEEP::equals)
                .isPresent();
        if (!keep) {
            calls.forEach(call -> call.exceptionally(failure -> {
                // The others would be paid for and dropped. Those that wait first, or they would take the places of the
                // rest.
                for (int i = calls.size() - 1; i >= 0; i--) {
                    calls.get(i).cancel(true);
                }
                return null;
            }));
        }
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> combine(calls, keep));
    }

    private static ImageResult combine(List<CompletableFuture<ImageResult>> calls, boolean keep) {
        List<ImageResult> results = new ArrayList<>();
        List<GeminiImageException> failures = new ArrayList<>();
        for (CompletableFuture<ImageResult> call : calls) {
            try {
                results.add(call.join());
            } catch (CancellationException e) {
                // Because of the failure of another.
            } catch (CompletionException e) {
                failures.add(
                        e.getCause() instanceof GeminiImageException known
                                ? known
                                : new GeminiImageException(e.getMessage(), ProviderError.NONE, e.getCause()));
            }
        }
        if (results.isEmpty() || (!keep && !failures.isEmpty())) {
            results.forEach(ImageResult::discard);
            throw failures.get(0);
        }
        return ImageResult.combine(results, failures);
    }
}
