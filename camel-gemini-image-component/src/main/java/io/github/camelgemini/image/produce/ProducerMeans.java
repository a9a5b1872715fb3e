package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.request.RequestReader;
import org.apache.camel.Exchange;

/** What a producer is given by its endpoint, which reads its options for it, and by the component. */
public interface ProducerMeans {

    /** What the options say, as they are now. */
    ProducerOptions options();

    /** What is called; the producer closes it. */
    Lease lease() throws Exception;

    /**
     * What reads the messages. The options are checked here, when a producer starts, so that a wrong one stops the start and not
     * the first message.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException naming option, value and what is allowed
     */
    RequestReader reader(Lease lease);

    /** How conversations go on; asked for by a producer of conversations, when it starts. */
    ChatSettings chat();

    /**
     * How requests are known again; asked for when a producer of pictures starts.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException naming the option that is wrong
     */
    KeptSettings kept();

    /** What operations with batches need; asked for with each message. */
    BatchMeans batches();

    /**
     * The producer has started: those who look on learn what models it names.
     *
     * @param catalog of the models as the service offers them
     */
    void started(ModelCatalog catalog);

    /** What is to be told of the calls of an exchange; to be called on the thread that brings it. */
    Observation observe(Exchange exchange, ServiceTraits traits);

    /** What is known of the models, whatever service offers them. */
    ModelCatalog catalog();
}
