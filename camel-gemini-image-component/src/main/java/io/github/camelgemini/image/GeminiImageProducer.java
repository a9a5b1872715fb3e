package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.RequestReader;
import io.github.camelgemini.image.result.FormatConversion;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * The way through: {@code Exchange → ImageRequest → ImageBackend → ImageResult → Exchange}. The thread of the route is given
 * back as soon as the request is read; the rest of the route runs on a thread of the component's pool.
 */
public class GeminiImageProducer extends DefaultAsyncProducer {

    private Connections.Lease lease;
    private RequestReader reader;
    private ImageBackend backend;
    private FormatConversion conversion;

    GeminiImageProducer(GeminiImageEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lease = getEndpoint().getComponent().connections().lease(getEndpoint().getConfiguration());
        backend = lease.backend();
        try {
            reader = getEndpoint().reader(backend, lease.store(), lease.fetcher());
        } catch (RuntimeException e) {
            lease.close();
            lease = null;
            throw e;
        }
        conversion = new FormatConversion(lease.store());
    }

    @Override
    protected void doStop() throws Exception {
        if (lease != null) {
            lease.close();
            lease = null;
        }
        super.doStop();
    }

    @Override
    public GeminiImageEndpoint getEndpoint() {
        return (GeminiImageEndpoint) super.getEndpoint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<ImageRequest> reading = reader.read(exchange);
        if (reading.isCompletedExceptionally()) {
            exchange.setException(
                    cause(reading.handle((request, failure) -> failure).join()));
            callback.done(true);
            return true;
        }
        reading.thenCompose(request -> draw(request, exchange)).whenComplete((done, failure) -> {
            if (failure != null) {
                exchange.setException(cause(failure));
            }
            callback.done(false);
        });
        return false;
    }

    private CompletableFuture<Void> draw(ImageRequest request, Exchange exchange) {
        return ask(request).handle((result, failure) -> {
            request.close();
            if (failure == null) {
                ResultWriter.write(conversion.apply(result, request), exchange);
            } else {
                fail(cause(failure), exchange);
            }
            return null;
        });
    }

    /** As many calls as pictures are wanted, since the models answer no more than one candidate; results in order. */
    private CompletableFuture<ImageResult> ask(ImageRequest request) {
        try {
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

    private void fail(Throwable failure, Exchange exchange) {
        boolean written = failure instanceof GeminiImageException known
                && !getEndpoint().getConfiguration().isFailOnBlocked()
                && ResultWriter.writeNoPicture(known, exchange);
        if (!written) {
            exchange.setException(failure);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
