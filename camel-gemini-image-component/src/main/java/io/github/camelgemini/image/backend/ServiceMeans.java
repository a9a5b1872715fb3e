package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/**
 * What the component lends to a backend, which closes none of it.
 *
 * @param camelContext in which the routes run
 * @param catalog what is known of the models, at all services
 * @param store where the bytes of pictures go: in the heap or in spool files, by the route's options
 * @param workers where a call may block, on a thread of its own, with the MDC of who begins it
 * @param timer where waits are kept; one thread, that nothing may block
 * @param pictures fetches what answers name by address
 * @param servers where a service may have the user's pictures sent
 */
public record ServiceMeans(
        CamelContext camelContext,
        ModelCatalog catalog,
        PayloadStore store,
        Executor workers,
        ScheduledExecutorService timer,
        PictureFetch pictures,
        NamedServers servers) {}
