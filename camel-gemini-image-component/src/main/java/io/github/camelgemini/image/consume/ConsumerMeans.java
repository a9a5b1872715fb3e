package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.observation.WaitingBatches;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** What a consumer gets from its endpoint and from the component. */
public interface ConsumerMeans {

    /** The connection; the consumer closes it. */
    Lease lease() throws Exception;

    /**
     * The options of the consumer. They are checked here, when it starts, so that an invalid one stops the start.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException names the option, its value, and what is
     *     allowed
     */
    ConsumerOptions options(Lease lease) throws Exception;

    /** The observation of an exchange with a result. */
    Observation observe(Exchange exchange, ServiceTraits traits);

    /**
     * Called when the consumer has started. Makes the state of its batches visible to metrics, health checks and the
     * console.
     */
    void waits(String routeId, Supplier<WaitingBatches> batches);
}
