package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.request.RequestReader;
import org.apache.camel.Exchange;

/** What a producer gets from its endpoint and from the component. */
public interface ProducerMeans {

    /** The current options. */
    ProducerOptions options();

    /** The connection; the producer closes it. */
    Lease lease() throws Exception;

    /**
     * The reader of messages. The options are checked here, when a producer starts, so that an invalid one stops the
     * start and not the first message.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException names the option, its value, and what is
     *     allowed
     */
    RequestReader reader(Lease lease);

    /** The settings for conversations, for when a producer of conversations starts. */
    ChatSettings chat();

    /**
     * The settings for stored results, for when a producer of pictures starts.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException names the invalid option
     */
    KeptSettings kept();

    /** The options for batch operations, for each message. */
    BatchMeans batches();

    /**
     * Called when the producer has started. Makes its models known to metrics and warnings.
     *
     * @param catalog of the models as the service offers them
     */
    void started(ModelCatalog catalog);

    /** Observes the calls of an exchange. Must be called on the thread that brings it. */
    Observation observe(Exchange exchange, ServiceTraits traits);

    /** The model catalog, for all services. */
    ModelCatalog catalog();
}
