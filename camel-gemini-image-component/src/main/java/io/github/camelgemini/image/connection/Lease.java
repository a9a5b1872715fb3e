package io.github.camelgemini.image.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.budget.BudgetState;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import io.github.camelgemini.image.resilience.CallLimits;
import io.github.camelgemini.image.resilience.CallObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A producer's use of a backend and a spool folder. Released when the producer stops. */
public interface Lease extends AutoCloseable {

    /**
     * The backend.
     *
     * @param observer is told about all calls
     */
    ImageBackend backend(CallObserver observer);

    /** The check that refuses what the service does not support. */
    ServiceCheck check();

    /** Asks for a model, regardless of limits, to check whether the service is available. */
    CompletableFuture<List<JsonNode>> probe(String model);

    /** The state of the limits of each model on this connection. */
    Map<String, CallLimits.State> limits();

    /** The state of the budget; null when none is set. */
    BudgetState budget();

    /** Stores pictures. */
    PayloadStore store();

    /** Fetches pictures by URL. */
    ReferenceFetcher fetcher();

    /** Runs the rest of a route after a wait. */
    Executor workers();

    @Override
    void close();
}
