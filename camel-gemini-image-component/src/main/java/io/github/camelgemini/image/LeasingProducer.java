package io.github.camelgemini.image;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.RequestReader;
import io.github.camelgemini.image.result.FormatConversion;
import io.github.camelgemini.image.result.ResultWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** What producers that ask for pictures begin and end with: a lease of a backend, the reading of messages, failures. */
abstract class LeasingProducer extends DefaultAsyncProducer {

    private Connections.Lease lease;
    private RequestReader reader;
    private FormatConversion conversion;

    LeasingProducer(GeminiImageEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lease = getEndpoint().getComponent().connections().lease(getEndpoint().getConfiguration());
        try {
            reader = getEndpoint().reader(lease.backend(), lease.store(), lease.fetcher());
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

    Connections.Lease lease() {
        return lease;
    }

    RequestReader reader() {
        return reader;
    }

    FormatConversion conversion() {
        return conversion;
    }

    /**
     * Answers a message once its request is read. The thread of the route is given back as soon as something takes time.
     *
     * @param reading the request, done already when nothing had to be fetched for it
     * @param answer ends the request; writes the message, or its failure
     */
    boolean process(
            CompletableFuture<ImageRequest> reading,
            Function<ImageRequest, CompletableFuture<Void>> answer,
            Exchange exchange,
            AsyncCallback callback) {
        if (reading.isCompletedExceptionally()) {
            reading.whenComplete((request, failure) -> exchange.setException(cause(failure)));
            callback.done(true);
            return true;
        }
        // A thread that fetches does not go on with the route: there are few of them.
        CompletableFuture<ImageRequest> ready = reading.isDone()
                ? reading
                : reading.whenCompleteAsync((request, failure) -> {}, lease.workers());
        CompletableFuture<Void> unused = ready.thenCompose(answer).whenComplete((done, failure) -> {
            if (failure != null) {
                exchange.setException(cause(failure));
            }
            callback.done(false);
        });
        return false;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** As exception, or, where the route asked for that, as a message without a picture. */
    void fail(Throwable failure, Exchange exchange) {
        Throwable cause = cause(failure);
        boolean written = cause instanceof GeminiImageException known
                && !getEndpoint().getConfiguration().isFailOnBlocked()
                && ResultWriter.writeNoPicture(known, exchange);
        if (!written) {
            exchange.setException(cause);
        }
    }
}
