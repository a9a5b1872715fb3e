package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.model.Encoding;
import io.github.camelgemini.image.model.Output;
import java.net.URI;
import java.util.Optional;

/**
 * What operations with batches are given by the endpoint.
 *
 * @param batches those that are remembered
 * @param id of the option {@code batchId}, or null
 * @param service as in the option {@code service}
 * @param server host that is called, and project at it
 * @param webhook public address that the service is to call; null for none
 * @param keepsRequests whether requests are remembered, to be asked again
 * @param output in which form results are given
 * @param encoding of their pictures; empty to leave them as they are
 * @param maxRetries how often in a row a submission that failed is tried again
 */
public record BatchMeans(
        Batches batches,
        String id,
        String service,
        String server,
        URI webhook,
        boolean keepsRequests,
        Output output,
        Optional<Encoding> encoding,
        int maxRetries) {}
