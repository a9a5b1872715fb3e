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
 * What all producers share: the lease of a backend, the way of a message from its reading to its answer or failure, and the
 * endpoints beside it that are told of progress and keep pictures.
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

    /** Closes what was acquired, and leaves it in its place: a stop that does not wait for calls has them end by it. */
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
     * Makes of a result what the request wants. For JSON the pictures are stored first, where the route has a store.
     *
     * @param nextTurnContents the conversation to go on with, for JSON, or null
     * @return what is left to write into the message, once nothing can fail any more
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
     * Answers a message once its request is read. The thread of the route is given back as soon as something takes time.
     *
     * @param reading the request, done already when nothing had to be fetched for it
     * @param answer asks the backend, ends the request and writes the message; gives what was drawn, or null
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
        // A thread that fetches does not go on with the route: there are few of them.
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
                        // Of what the route sees: an answer without a picture may be no failure there.
                        tell(() -> observed.done(exchange.getException()));
                        callback.done(false);
                    }
                });
        return false;
    }

    /** Whoever looks on changes nothing by failing: not what becomes of the message, nor that it goes on. */
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

    /** What is to be told of the calls of an exchange; to be called on the thread that brings it. */
    Observation observe(Exchange exchange) {
        return means.observe(exchange, lease.check().traits());
    }

    /** Where a route goes on, with the MDC of its thread. */
    Executor goingOn() {
        return LoggingContext.current().around(lease.workers());
    }

    /** The failure of a message, as a route can tell it from others also where a disk or a pool of threads is its cause. */
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

    /** As exception, or, where the route asked for that, as a message without a picture. */
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
