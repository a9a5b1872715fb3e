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
 * The options of a consumer of batch results.
 *
 * @param batches the stored batches
 * @param delivered stores the keys of delivered results
 * @param service as in the option {@code service}
 * @param server host and project that are called
 * @param ids of the batches or jobs to deliver; empty for all batches
 * @param adopt whether to deliver jobs that were not submitted here
 * @param maxAge the longest time that a batch may take
 * @param maxMessages largest number of results in a poll; 0 for no limit
 * @param concurrent largest number of exchanges in flight
 * @param output form of the pictures in the message
 * @param encoding of the pictures; empty to leave them unchanged
 * @param failOnBlocked whether an answer without a picture is a failure
 * @param imageStore the endpoint that stores pictures, or null
 * @param resubmission submits requests again that were not processed
 * @param maxPixels largest picture that is decoded, in pixels
 * @param webhook how the service reports news; null to poll only
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
