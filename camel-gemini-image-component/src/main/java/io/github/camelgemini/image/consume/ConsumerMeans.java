package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.connection.Lease;

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
}
