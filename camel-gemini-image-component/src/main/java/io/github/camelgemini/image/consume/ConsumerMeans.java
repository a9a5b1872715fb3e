package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.observation.WaitingBatches;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** What a consumer is given by its endpoint, which reads its options for it, and by the component. */
public interface ConsumerMeans {

    /** What is called; the consumer closes it. */
    Lease lease() throws Exception;

    /**
     * What the options say. They are checked here, when a consumer starts, so that a wrong one stops the start.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException naming option, value and what is allowed
     */
    ConsumerOptions options(Lease lease) throws Exception;

    /** What is to be told of a result that an exchange brings. */
    Observation observe(Exchange exchange, ServiceTraits traits);

    /** The consumer has started: those who look on learn how it stands with its batches. */
    void waits(String routeId, Supplier<WaitingBatches> batches);
}
