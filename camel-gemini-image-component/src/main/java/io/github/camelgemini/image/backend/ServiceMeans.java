package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/**
 * What the component lends to a backend. The backend closes none of it.
 *
 * @param camelContext in which the routes run
 * @param catalog the model catalog, for all services
 * @param store stores pictures in the heap or in spool files, by the route's options
 * @param workers runs tasks that may block, each on its own thread, with the MDC of the caller
 * @param timer schedules waits; its only thread must not be blocked
 * @param pictures fetches pictures that answers refer to by URL
 * @param servers decides to which servers a service may have the user's pictures sent
 */
public record ServiceMeans(
        CamelContext camelContext,
        ModelCatalog catalog,
        PayloadStore store,
        Executor workers,
        ScheduledExecutorService timer,
        PictureFetch pictures,
        NamedServers servers) {}
