package io.github.camelgemini.image.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** Items of a body, whatever they come from. */
interface BatchItems extends AutoCloseable {

    /** @throws BrokenJsonException where the next cannot be found */
    boolean hasNext() throws IOException;

    Object next() throws IOException;

    @Override
    void close();

    static BatchItems of(Iterator<?> items) {
        return new BatchItems() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return items.next();
            }

            @Override
            public void close() {
                // Closed with the body, which may be asked for its items again.
            }
        };
    }

    static BatchItems of(JsonItems items) {
        return new BatchItems() {
            @Override
            public boolean hasNext() throws IOException {
                return items.hasNext();
            }

            @Override
            public Object next() throws IOException {
                return items.next();
            }

            @Override
            public void close() {
                try {
                    items.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
