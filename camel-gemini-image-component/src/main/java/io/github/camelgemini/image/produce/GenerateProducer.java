package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.PartialResults;
import io.github.camelgemini.image.repository.KnownRequests;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * Makes pictures: {@code Exchange → ImageRequest → ImageBackend → ImageResult → Exchange}. The route's thread is
 * released when the request has been read. The rest of the route runs on a thread of the component.
 */
public class GenerateProducer extends LeasingProducer {

    private KeptSettings kept;
    private KnownRequests known;

    public GenerateProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    protected void doStart() throws Exception {
        kept = means().kept();
        super.doStart();
        known = kept.repository() == null
                ? null
                : new KnownRequests(kept.repository(), lease().store(), kept.patience(), lease().workers());
    }

    @Override
    protected void doStop() throws Exception {
        if (known != null) {
            known.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Optional<String> id;
        try {
            id = kept.idOf(exchange);
        } catch (RuntimeException e) {
            return process(CompletableFuture.failedFuture(e), (request, backend) -> null, exchange, callback);
        }
        return process(
                reader().read(exchange),
                (request, backend) -> draw(request, backend, id, exchange),
                exchange,
                callback);
    }

    private CompletableFuture<ImageResult> draw(
            ImageRequest request, ImageBackend backend, Optional<String> id, Exchange exchange) {
        return ask(request, backend, id)
                .thenCompose(drawn -> {
                    ImageResult result = conversion().apply(drawn, request.encoding());
                    return delivery(result, request, null, exchange)
                            .thenApply(delivery -> {
                                delivery.write(exchange);
                                if (id.isPresent() && drawn.attempts() == 0) {
                                    exchange.getMessage().setHeader(ResultHeaders.FROM_REPOSITORY, true);
                                }
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

    /** Makes one call for each picture, since the models give one candidate at most. The results are in order. */
    private CompletableFuture<ImageResult> ask(ImageRequest request, ImageBackend backend, Optional<String> id) {
        List<CompletableFuture<ImageResult>> calls;
        try {
            backend.check(request);
            int pictures = request.get(Parameter.NUM_IMAGES).orElse(1);
            calls = IntStream.range(0, pictures)
                    .mapToObj(i ->
                            askForOne(request.ofPicture(i), backend, id.map(of -> pictures > 1 ? of + "\n" + i : of)))
                    .toList();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        boolean keep = request.get(Parameter.PARTIAL_RESULTS)
                .filter(PartialResults.KEEP::equals)
                .isPresent();
        // A result that is stored under its id is not lost.
        if (!keep && id.isEmpty()) {
            calls.forEach(call -> call.exceptionally(failure -> {
                // The other pictures would be billed and dropped. Waiting calls are cancelled first, or they would get
                // the places of the running ones.
                for (int i = calls.size() - 1; i >= 0; i--) {
                    calls.get(i).cancel(true);
                }
                return null;
            }));
        }
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> combine(calls, keep));
    }

    /** One picture, stored on its own: if another one of the message fails, it need not be made again. */
    private CompletableFuture<ImageResult> askForOne(ImageRequest request, ImageBackend backend, Optional<String> id) {
        if (id.isEmpty()) {
            return backend.generate(request);
        }
        // The time limit includes the wait for another process.
        ImageRequest timed = request.askedAt(request.askedAt().orElseGet(System::nanoTime));
        return known.answer(id.get(), timed, () -> backend.generate(timed));
    }

    private static ImageResult combine(List<CompletableFuture<ImageResult>> calls, boolean keep) {
        List<ImageResult> results = new ArrayList<>();
        List<GeminiImageException> failures = new ArrayList<>();
        for (CompletableFuture<ImageResult> call : calls) {
            try {
                results.add(call.join());
            } catch (CancellationException e) {
                // Because another picture failed.
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
