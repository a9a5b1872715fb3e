package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.batch.BatchOutput;
import io.github.camelgemini.image.batch.BatchResult;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.result.ImageResult;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * {@code gemini-image:batchResults} as a producer: gives the results of a batch, as an iterator of messages for {@code
 * split(body()).streaming()}. For a request without a picture, the body of the message is its exception.
 */
public class BatchResultsProducer extends BatchesProducer {

    public BatchResultsProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    void answer(Exchange exchange, ImageBatches service, BatchMeans means) throws Exception {
        String id = id(exchange, means);
        Messages messages = new Messages(new BatchOutput(means.batches(), service, id), means, exchange);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                messages.close();
            }

            @Override
            public boolean allowHandover() {
                return false;
            }
        });
        exchange.getMessage().setBody(messages);
        exchange.getMessage().setHeader(BatchHeaders.BATCH_ID, id);
    }

    /** Reads the results from the connection one by one. */
    private final class Messages implements Iterator<Message>, Closeable {

        private final BatchOutput output;
        private final BatchMeans means;
        private final Exchange exchange;
        private BatchResult ahead;
        private boolean ended;

        Messages(BatchOutput output, BatchMeans means, Exchange exchange) {
            this.output = output;
            this.means = means;
            this.exchange = exchange;
        }

        @Override
        public synchronized boolean hasNext() {
            if (ahead == null && !ended) {
                try {
                    ahead = output.next();
                } catch (IOException e) {
                    throw new UncheckedIOException("The results of the batch are incomplete: " + e.getMessage(), e);
                }
                ended = ahead == null;
            }
            return ahead != null;
        }

        @Override
        public synchronized Message next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            BatchResult result = ahead;
            ahead = null;
            return message(result);
        }

        private Message message(BatchResult result) {
            // Keeps headers and body of the original message, as a split does.
            Exchange own = exchange.copy();
            Message message = own.getMessage();
            message.setHeader(BatchHeaders.BATCH_ID, result.batch());
            message.setHeader(BatchHeaders.BATCH_KEY, result.key());
            message.setHeader(BatchHeaders.BATCH_JOB_ID, result.job().id());
            message.setHeader(BatchHeaders.BATCH_STATE, result.job().state().name());
            if (result.failure() != null) {
                message.setBody(result.failure());
                return message;
            }
            ImageResult converted = conversion().apply(result.result(), means.encoding());
            try {
                deliveries()
                        .prepare(converted, means.output(), Map.of(), null, own)
                        .join()
                        .write(own);
            } catch (Throwable e) {
                converted.discard();
                throw e;
            }
            return own.getMessage();
        }

        @Override
        public void close() {
            output.close();
            synchronized (this) {
                if (ahead != null) {
                    ahead.discard();
                    ahead = null;
                }
                ended = true;
            }
        }
    }
}
