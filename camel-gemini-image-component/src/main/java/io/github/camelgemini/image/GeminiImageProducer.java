package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * The way through: {@code Exchange → ImageRequest → ImageBackend → ImageResult → Exchange}. The thread of the route is given
 * back as soon as the request is read; the rest of the route runs on a thread of the component's pool.
 */
public class GeminiImageProducer extends LeasingProducer {

    GeminiImageProducer(GeminiImageEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ImageRequest request;
        try {
            request = reader().read(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        CompletableFuture<Void> delivered = ask(request)
                .thenCompose(result -> deliver(conversion().apply(result, request), request, null, exchange));
        delivered.whenComplete((done, failure) -> {
            try {
                request.close();
                if (failure != null) {
                    fail(failure, exchange);
                }
            } catch (Throwable e) {
                exchange.setException(e);
            } finally {
                callback.done(false);
            }
        });
        return false;
    }

    /** As many calls as pictures are wanted, since the models answer no more than one candidate; results in order. */
    private CompletableFuture<ImageResult> ask(ImageRequest request) {
        try {
            ImageBackend backend = lease().backend();
            backend.check(request);
            int pictures = request.get(Parameter.NUM_IMAGES).orElse(1);
            List<CompletableFuture<ImageResult>> calls = IntStream.range(0, pictures)
                    .mapToObj(i -> backend.generate(request))
                    .toList();
            return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .handle((done, failure) -> {
                        if (failure != null) {
                            calls.stream()
                                    .filter(call -> !call.isCompletedExceptionally())
                                    .forEach(call -> call.join().release());
                            throw failure instanceof CompletionException wrapped
                                    ? wrapped
                                    : new CompletionException(failure);
                        }
                        return ImageResult.combine(
                                calls.stream().map(CompletableFuture::join).toList());
                    });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
