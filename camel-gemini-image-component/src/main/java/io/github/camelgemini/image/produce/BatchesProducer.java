package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.batch.BatchStatus;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.secret.OutsideFailure;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The base class of producers for batches. They work on a thread of the component for as long as needed. */
abstract class BatchesProducer extends LeasingProducer {

    private static final int LONGEST_ID = 300;

    BatchesProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Observation observed = observe(exchange);
        Executor workers = goingOn();
        try {
            workers.execute(() -> {
                try {
                    answer(exchange, lease().backend(observed).batches(), means().batches());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    exchange.setException(OutsideFailure.of(e));
                } catch (Throwable e) {
                    exchange.setException(told(e));
                } finally {
                    tell(() -> observed.done(exchange.getException()));
                    callback.done(false);
                }
            });
            return false;
        } catch (RejectedExecutionException e) {
            exchange.setException(told(e));
            tell(() -> observed.done(exchange.getException()));
            callback.done(true);
            return true;
        }
    }

    /** Processes a message. May block. */
    abstract void answer(Exchange exchange, ImageBatches service, BatchMeans means) throws Exception;

    /** The id of the batch that a message names. */
    static String id(Exchange exchange, BatchMeans means) {
        String id = exchange.getMessage().getHeader(BatchHeaders.BATCH_ID, String.class);
        if (id == null) {
            id = means.id();
        }
        if (id == null && exchange.getMessage().getBody() instanceof String text) {
            id = text.strip();
        }
        if (id == null || id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException("The id of the batch is missing. Set it in the header "
                    + BatchHeaders.BATCH_ID + ", in the option batchId or, as text of up to " + LONGEST_ID
                    + " characters, in the body");
        }
        return id;
    }

    /** Sets state and counts as headers. */
    static void write(BatchStatus status, Message message) {
        message.setHeader(BatchHeaders.BATCH_ID, status.id());
        message.setHeader(BatchHeaders.BATCH_STATE, status.state().name());
        set(message, BatchHeaders.BATCH_REQUEST_COUNT, status.requests());
        set(message, BatchHeaders.BATCH_SUCCEEDED_COUNT, status.succeeded());
        set(message, BatchHeaders.BATCH_FAILED_COUNT, status.failed());
        if (!status.jobs().isEmpty()) {
            message.setHeader(BatchHeaders.BATCH_JOB_ID, status.jobs().get(0).id());
        }
    }

    private static void set(Message message, String header, long count) {
        if (count < 0) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, count);
        }
    }
}
