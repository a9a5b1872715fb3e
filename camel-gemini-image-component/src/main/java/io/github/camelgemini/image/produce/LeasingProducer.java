package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.RequestReader;
import io.github.camelgemini.image.resilience.LoggingContext;
import io.github.camelgemini.image.result.Deliveries;
import io.github.camelgemini.image.result.Delivery;
import io.github.camelgemini.image.result.FormatConversion;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ImageStore;
import io.github.camelgemini.image.result.ResultWriter;
import io.github.camelgemini.image.secret.OutsideFailure;
import io.github.camelgemini.image.secret.OutsideText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The base class of all producers. It leases a backend, takes a message from its request to its answer or failure, and
 * calls the endpoints for progress and for the storage of pictures.
 */
abstract class LeasingProducer extends DefaultAsyncProducer implements RouteIdAware {

    private static final Logger LOG = LoggerFactory.getLogger(LeasingProducer.class);

    private final ProducerMeans means;
    private final HealthChecks healthChecks;
    private String routeId;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private Lease lease;
    private RequestReader reader;
    private FormatConversion conversion;
    private Deliveries deliveries;
    private Progress progress;

    LeasingProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint);
        this.means = means;
        this.healthChecks = new HealthChecks(endpoint, means);
    }

    @Override
    public String getRouteId() {
        return routeId;
    }

    @Override
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        healthChecks.register(routeId);
        try {
            acquire();
            healthChecks.started(lease);
        } catch (Exception e) {
            healthChecks.failed(e);
            release();
            throw e;
        }
    }

    private void acquire() throws Exception {
        CamelContext context = getEndpoint().getCamelContext();
        lease = means.lease();
        held.push(lease::close);
        reader = means.reader(lease);
        String uri = means.options().imageStore();
        ImageStore imageStore = null;
        if (uri != null) {
            imageStore = new ImageStore(CamelContextHelper.getMandatoryEndpoint(context, uri));
            held.push(imageStore::close);
        }
        deliveries = new Deliveries(imageStore, lease.store());
        progress = new Progress(context, means.options().progressUri());
        held.push(progress::close);
        conversion = new FormatConversion(lease.store(), means.options().maxPixels());
        means.started(catalog());
    }

    @Override
    protected void doStop() throws Exception {
        healthChecks.stopped();
        release();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        healthChecks.remove();
        super.doShutdown();
    }

    /** Closes the resources but keeps the references, so that calls in flight end with them. */
    private void release() {
        while (!held.isEmpty()) {
            held.pop().run();
        }
    }

    ProducerMeans means() {
        return means;
    }

    Lease lease() {
        return lease;
    }

    RequestReader reader() {
        return reader;
    }

    FormatConversion conversion() {
        return conversion;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Progress progress() {
        return progress;
    }

    /**
     * Converts a result to the form that the request asks for. For JSON the pictures are stored first, if the route has
     * a store.
     *
     * @param nextTurnContents the conversation so far, for JSON, or null
     * @return writes the message; cannot fail any more
     */
    CompletableFuture<Delivery> delivery(
            ImageResult result, ImageRequest request, Payload nextTurnContents, Exchange exchange) {
        return deliveries.prepare(
                result,
                request.get(Parameter.OUTPUT).orElse(Output.IMAGE),
                request.repeatedParameters(),
                nextTurnContents,
                exchange);
    }

    /**
     * Processes a message when its request has been read. The route's thread is released as soon as something takes
     * time.
     *
     * @param reading the request; already complete when nothing had to be fetched for it
     * @param answer calls the backend, closes the request and writes the message; gives the result, or null
     */
    boolean process(
            CompletableFuture<ImageRequest> reading,
            BiFunction<ImageRequest, ImageBackend, CompletableFuture<ImageResult>> answer,
            Exchange exchange,
            AsyncCallback callback) {
        Progress.Call told = progress.begin(exchange);
        Observation observed = observe(exchange);
        ImageBackend backend = lease.backend(observed);
        if (reading.isCompletedExceptionally()) {
            reading.whenComplete((request, failure) -> {
                exchange.setException(told(failure));
                tell(() -> told.failed(failure));
                tell(() -> observed.done(exchange.getException()));
            });
            callback.done(true);
            return true;
        }
        // The route must not continue on a thread that fetches, because there are few of them.
        CompletableFuture<ImageRequest> ready =
                reading.isDone() ? reading : reading.whenCompleteAsync((request, failure) -> {}, goingOn());
        CompletableFuture<ImageResult> unused = ready.thenApply(request -> request.tellingOf(told.listener()))
                .thenCompose(request -> answer.apply(request, backend))
                .whenComplete((result, failure) -> {
                    try {
                        if (failure == null) {
                            tell(() -> told.done(result));
                        } else {
                            fail(failure, exchange);
                            tell(() -> told.failed(failure));
                        }
                    } catch (Throwable e) {
                        exchange.setException(OutsideFailure.of(e));
                    } finally {
                        // As the route sees it: an answer without a picture may not be a failure there.
                        tell(() -> observed.done(exchange.getException()));
                        callback.done(false);
                    }
                });
        return false;
    }

    /** A failing listener must affect neither the message nor its way through the route. */
    static void tell(Runnable event) {
        try {
            event.run();
        } catch (Throwable e) {
            LOG.warn("Observing the end of a call failed: {}", OutsideText.of(e.toString()));
        }
    }

    /** The models as the service of this producer offers them. */
    ModelCatalog catalog() {
        return means.catalog().at(lease.check().traits().face());
    }

    /** Observes the calls of an exchange. Must be called on the thread that brings it. */
    Observation observe(Exchange exchange) {
        return means.observe(exchange, lease.check().traits());
    }

    /** Runs the rest of the route, with the MDC of its thread. */
    Executor goingOn() {
        return LoggingContext.current().around(lease.workers());
    }

    /** The failure of a message as a typed exception, even if the disk or a thread pool is the cause. */
    static Throwable told(Throwable failure) {
        Throwable cause = Steps.cause(failure);
        if (cause instanceof GeminiImageException) {
            return cause;
        }
        if (cause instanceof RejectedExecutionException) {
            return new ServiceUnavailableException(
                    "There is no thread for the message: the component was stopped, or a thread pool of the application"
                            + " rejected the task: " + cause.getMessage(),
                    Duration.ZERO,
                    ProviderError.NONE,
                    cause);
        }
        GeminiImageException disk = LocalStorageException.or(cause, () -> null);
        return disk == null ? OutsideFailure.of(cause) : disk;
    }

    /** Sets the exception, or writes a message without a picture if the route asked for that. */
    void fail(Throwable failure, Exchange exchange) {
        Throwable cause = told(failure);
        boolean written = cause instanceof GeminiImageException known
                && !means.options().failOnBlocked()
                && ResultWriter.writeNoPicture(known, exchange);
        if (!written) {
            exchange.setException(cause);
        }
    }
}
