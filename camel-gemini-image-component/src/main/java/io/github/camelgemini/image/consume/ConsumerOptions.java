package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.Resubmission;
import io.github.camelgemini.image.model.Encoding;
import io.github.camelgemini.image.model.Output;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The options of a consumer of results.
 *
 * @param batches those that are remembered
 * @param delivered keys of results that have been delivered
 * @param service as in the option {@code service}
 * @param server host that is called, and project at it
 * @param ids of batches or jobs whose results are brought; empty for those of all batches
 * @param adopt whether results of jobs are brought that nobody has submitted here
 * @param maxAge how long a batch may take
 * @param maxMessages that a poll brings; 0 for as many as there are
 * @param concurrent how many results are in the route at the same time
 * @param output in which form messages get pictures
 * @param encoding of the pictures; empty to leave them as they are
 * @param failOnBlocked whether an answer without a picture is a failure
 * @param imageStore the endpoint that keeps pictures, or null
 * @param resubmission by which requests are asked for again that were not drawn
 * @param maxPixels of a picture that is decoded
 * @param webhook by which the service says that there is news; null to poll alone
 */
public record ConsumerOptions(
        Batches batches,
        IdempotentRepository delivered,
        String service,
        String server,
        List<String> ids,
        boolean adopt,
        Duration maxAge,
        int maxMessages,
        int concurrent,
        Output output,
        Optional<Encoding> encoding,
        boolean failOnBlocked,
        String imageStore,
        Resubmission resubmission,
        long maxPixels,
        WebhookSettings webhook) {}
