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

/** A producer's use of a backend and of a spool folder, given back when the producer stops. */
public interface Lease extends AutoCloseable {

    /** @param observer told of what is asked of it */
    ImageBackend backend(CallObserver observer);

    /** Refuses what the service does not have. */
    ServiceCheck check();

    /** Asks for a model whatever else is going on, as who wants to know whether the service is there. */
    CompletableFuture<List<JsonNode>> probe(String model);

    /** How it stands with the models of this connection. */
    Map<String, CallLimits.State> limits();

    /** How it stands with the budget; null when none is set. */
    BudgetState budget();

    PayloadStore store();

    ReferenceFetcher fetcher();

    /** Where a route goes on after it waited for something. */
    Executor workers();

    @Override
    void close();
}
