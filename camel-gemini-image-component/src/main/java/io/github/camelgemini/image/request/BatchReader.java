package io.github.camelgemini.image.request;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;

/** The requests of a message, one at a time. Used by one thread, which may be blocked. */
public final class BatchReader implements Iterator<KeyedRequest>, AutoCloseable {

    private final RequestReader reader;
    private Exchange exchange;

    public BatchReader(RequestReader reader, Exchange exchange) {
        this.reader = reader;
        this.exchange = exchange;
    }

    @Override
    public boolean hasNext() {
        return exchange != null;
    }

    @Override
    public KeyedRequest next() {
        if (exchange == null) {
            throw new NoSuchElementException();
        }
        try {
            return new KeyedRequest("1", reader.read(exchange).join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        } finally {
            exchange = null;
        }
    }

    @Override
    public void close() {}
}
