package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.model.Encoding;
import io.github.camelgemini.image.model.Output;
import java.net.URI;
import java.util.Optional;

/**
 * The options of an endpoint that batch operations need.
 *
 * @param batches the stored batches
 * @param id the option {@code batchId}, or null
 * @param service as in the option {@code service}
 * @param server host and project that are called
 * @param webhook public address that the service calls; null for none
 * @param keepsRequests whether requests are stored, to submit them again if they are not processed
 * @param output form of the results
 * @param encoding of their pictures; empty to leave them unchanged
 * @param maxRetries how often in a row a failed submission is retried
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
