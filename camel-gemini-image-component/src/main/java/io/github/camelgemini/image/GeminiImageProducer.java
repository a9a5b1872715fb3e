package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
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
        return process(reader().read(exchange), request -> draw(request, exchange), exchange, callback);
    }

    private CompletableFuture<Void> draw(ImageRequest request, Exchange exchange) {
        return ask(request).handle((result, failure) -> {
            request.close();
            if (failure == null) {
                ResultWriter.write(conversion().apply(result, request), exchange);
            } else {
                fail(failure, exchange);
            }
            return null;
        });
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
