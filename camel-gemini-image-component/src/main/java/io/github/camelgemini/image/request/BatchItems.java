package io.github.camelgemini.image.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** The items of a body, whatever its form. */
interface BatchItems extends AutoCloseable {

    /**
     * @throws BrokenJsonException when the next item cannot be found
     */
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
                // Closed with the body, whose items may be requested again.
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
