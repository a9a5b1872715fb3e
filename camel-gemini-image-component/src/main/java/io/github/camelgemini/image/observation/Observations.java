package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.model.ModelCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Distributes the events of a component's calls: to its totals, those of the endpoint, meters, spans, and the log. */
public final class Observations {

    /** Set by {@link GeminiImageSpanDecorator} just before the producer is called, on the same thread. */
    static final String TRACED_PROPERTY = "CamelGeminiImageTraced";

    private final CamelContext context;
    private final ModelNames models;
    private final Function<CamelContext, ClientState> state;
    private final CallTotals totals = new CallTotals();
    private final CallLog log = new CallLog();
    private final boolean spans;
    private volatile Optional<CallListener> meters = Optional.empty();

    /**
     * @param state of all components of the context
     */
    public Observations(CamelContext context, ModelCatalog catalog, Function<CamelContext, ClientState> state) {
        this.context = context;
        this.models = new ModelNames(catalog);
        this.state = state;
        this.spans = has("io.opentelemetry.api.trace.Span");
        findMeters();
    }

    /** The totals of the component since its start. */
    public CallTotals totals() {
        return totals;
    }

    /**
     * Called when a producer starts. A meter registry must be bound by then.
     *
     * @param ofRoute models that its options name
     */
    public void prepare(List<String> ofRoute) {
        ofRoute.forEach(models::add);
        findMeters();
    }

    /** Called when a consumer starts. Its batches are visible until it stops. */
    public void waits(String routeId, Supplier<WaitingBatches> batches) {
        findMeters();
        meters.ifPresent(listener -> listener.waits(routeId, batches));
    }

    private synchronized void findMeters() {
        if (meters.isEmpty() && has("io.micrometer.core.instrument.MeterRegistry")) {
            meters = CallMeters.find(context, models, state);
        }
    }

    private boolean has(String optionalClass) {
        return context.getClassResolver().resolveClass(optionalClass) != null;
    }

    /**
     * Begins to observe an exchange. Must be called on the thread that brings it.
     *
     * @param ofEndpoint also counts the calls
     * @param prompts whether the span contains prompts
     * @param failOnBlocked whether an answer without a picture is a failure
     */
    public Observation begin(
            Exchange exchange, Caller caller, CallTotals ofEndpoint, boolean prompts, boolean failOnBlocked) {
        List<CallListener> listeners = new ArrayList<>(List.of(totals, ofEndpoint, log));
        meters.ifPresent(listeners::add);
        if (exchange.removeProperty(TRACED_PROPERTY) != null && spans) {
            listeners.add(CallSpan.ofThisThread(prompts));
        }
        return new Observation(caller, listeners, failOnBlocked);
    }
}
