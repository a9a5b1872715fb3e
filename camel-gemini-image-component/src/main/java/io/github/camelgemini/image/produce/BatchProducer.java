package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchId;
import io.github.camelgemini.image.batch.BatchStates;
import io.github.camelgemini.image.batch.BatchSubmission;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.request.BatchReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code gemini-image:batch}: submits the requests of a message. The message keeps its body, and gets id, state and
 * counts of the batch as headers.
 */
public class BatchProducer extends BatchesProducer {

    /**
     * How long to wait for another user of the batch, such as a consumer that checks what was submitted before a crash.
     */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final long PAUSE_MILLIS = 250;

    public BatchProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    void answer(Exchange exchange, ImageBatches service, BatchMeans means) throws Exception {
        String id = idOfNew(exchange, means);
        // Before anything is sent, so that a redelivery continues this batch.
        exchange.getMessage().setHeader(BatchHeaders.BATCH_ID, id);
        Batch batch;
        try (BatchReader requests = new BatchReader(reader(), exchange)) {
            Optional<Batch> known = means.batches().find(id);
            batch = isSubmitted(known, means) ? same(known.get(), requests) : submitted(id, requests, service, means);
        }
        Message message = exchange.getMessage();
        write(new BatchStates(means.batches(), service).known(batch), message);
    }

    private Batch submitted(String id, BatchReader requests, ImageBatches service, BatchMeans means)
            throws IOException, InterruptedException {
        try (Batches.Held held = hold(id, means)) {
            // Another process may have submitted it meanwhile.
            Optional<Batch> known = held.batch();
            if (isSubmitted(known, means)) {
                return same(known.get(), requests);
            }
            BatchSubmission.Order order = new BatchSubmission.Order(
                    means.service(), means.server(), means.webhook(), means.keepsRequests(), means.maxRetries());
            return new BatchSubmission(held, service, order, this::isRunAllowed).submit(requests);
        }
    }

    private Batches.Held hold(String id, BatchMeans means) throws IOException, InterruptedException {
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        Optional<Batches.Held> held = means.batches().hold(id);
        while (held.isEmpty()) {
            if (System.nanoTime() > until || !isRunAllowed()) {
                throw new ServiceUnavailableException(
                        "Batch '" + id + "' is currently processed by another process or message; try again later",
                        Duration.ZERO,
                        ProviderError.NONE,
                        null);
            }
            Thread.sleep(PAUSE_MILLIS);
            held = means.batches().hold(id);
        }
        return held.get();
    }

    private static Batch same(Batch batch, BatchReader requests) {
        BatchSubmission.checkSame(batch, requests);
        return batch;
    }

    /**
     * @throws InvalidRequestException when it is a batch of another service
     */
    private static boolean isSubmitted(Optional<Batch> known, BatchMeans means) {
        known.ifPresent(batch -> check(batch, means));
        return known.isPresent() && known.get().stage() != Batch.Stage.SUBMITTING;
    }

    private static void check(Batch batch, BatchMeans means) {
        if (!batch.isWith(means.service(), means.server())) {
            throw new InvalidRequestException("Batch '" + batch.id() + "' was submitted to " + batch.service() + " at "
                    + batch.server() + ", not to " + means.service() + " at " + means.server()
                    + ". An id belongs to one batch. Use another id for this batch");
        }
    }

    private String idOfNew(Exchange exchange, BatchMeans means) {
        String header = exchange.getMessage().getHeader(BatchHeaders.BATCH_ID, String.class);
        if (header != null) {
            return BatchId.check(header, "header " + BatchHeaders.BATCH_ID);
        }
        return means.id() != null
                ? BatchId.check(means.id(), "option batchId")
                : BatchId.check(
                        getEndpoint().getCamelContext().getUuidGenerator().generateUuid(),
                        "the id of Camel's UuidGenerator");
    }
}
