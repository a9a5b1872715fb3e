package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.StreamCache;
import org.apache.camel.spi.UnitOfWork;

/**
 * The bytes of one picture, in memory or in a spool file, readable from the start by any number of readers at once.
 *
 * <p>The bytes are kept as long as somebody owns the payload. Whoever gets a new one owns it, and either hands that
 * over to an exchange with {@link #bind(Exchange)} or gives it up with {@link #close()}. Further owners are added by
 * {@link #retain()}, each ended by one {@link #release()}, and by {@link #copy(Exchange)}, ended by the exchange. A
 * spool file goes with its last owner; should all forget it, it goes when the payload is garbage collected or at the
 * latest with its {@link PayloadStore}.
 *
 * <p>As a {@link StreamCache} it is copied by Camel wherever an exchange is processed beside another one. It has no
 * read position of its own, so {@link #reset()} has nothing to do. Thread-safe.
 */
public final class Payload implements StreamCache, PayloadSource, AutoCloseable {

    private final Content content;
    private final Owners owners = new Owners();
    /** Whether whoever got this payload first still owns it: not after {@link #bind} or {@link #close}. */
    private final AtomicBoolean ownedByReceiver = new AtomicBoolean(true);

    Payload(Content content) {
        this.content = content;
    }

    /** A payload in memory; the array is not copied and must not change. */
    public static Payload of(byte[] bytes) {
        return new Payload(new Content.InMemory(bytes));
    }

    @Override
    public long length() {
        return content.length();
    }

    /**
     * The bytes from the start. Each stream is independent; the caller closes it.
     *
     * @throws IOException if the bytes are gone because all owners have let go of them, or cannot be read
     */
    @Override
    public InputStream newInputStream() throws IOException {
        return content.newInputStream();
    }

    /**
     * Writes all bytes, from the start.
     *
     * @throws IOException if the bytes are gone or cannot be read, or from {@code out}, which is left open
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
    }

    /** The spool file, to be read only; empty if the bytes are in memory. It exists as long as the payload is owned. */
    public Optional<Path> file() {
        return content instanceof Content.InFile spooled ? Optional.of(spooled.file()) : Optional.empty();
    }

    @Override
    public boolean inMemory() {
        return content instanceof Content.InMemory;
    }

    /** Nothing to do: every reader has a position of its own. */
    @Override
    public void reset() {}

    /** Always -1, which means that there is no position: every reader has its own. */
    @Override
    public long position() {
        return -1;
    }

    /**
     * A new payload with the same bytes, owned by the exchange as with {@link #bind(Exchange)}.
     *
     * @throws IOException if neither this payload nor any copy has an owner any more
     */
    @Override
    public Payload copy(Exchange exchange) throws IOException {
        // A copy that was released can be copied again while the bytes are there: the body that a branch of a parallel
        // multicast gave its parent is one.
        if (!content.owners().add()) {
            throw new IOException("Cannot copy " + this + ": it was released before");
        }
        Payload copy = new Payload(content);
        copy.bind(exchange);
        return copy;
    }

    /**
     * Makes the exchange an owner until its unit of work is done, successfully or not; where it is a copy whose result
     * goes on in another exchange, as in a Kamelet, until that one is done. The first exchange takes the place of
     * whoever received the payload, who then has nothing to close.
     *
     * @return this
     * @throws IllegalStateException if this payload has no owner any more
     */
    public Payload bind(Exchange exchange) {
        if (!ownedByReceiver.compareAndSet(true, false)) {
            retain();
        } else if (!owners.any()) {
            throw released();
        }
        releaseWhenDone(exchange);
        return this;
    }

    /**
     * Adds an owner, to be ended with {@link #release()}.
     *
     * @return this
     * @throws IllegalStateException if this payload has no owner any more
     */
    public Payload retain() {
        if (!owners.add()) {
            throw released();
        }
        return this;
    }

    /** Ends one owner; with the last one of this payload and of its copies the bytes go. */
    public void release() {
        if (owners.remove() && content.owners().remove()) {
            content.discard();
        }
    }

    /** Ends the ownership of whoever received this payload. Does nothing the second time, nor after {@link #bind}. */
    @Override
    public void close() {
        if (ownedByReceiver.compareAndSet(true, false)) {
            release();
        }
    }

    /** The length and the place, never the content. */
    @Override
    public String toString() {
        return "Payload[" + length() + " bytes " + file().map(f -> "in " + f).orElse("in memory") + "]";
    }

    /**
     * In the branches of a multicast or split the results are aggregated into the parent, so they live as long as the
     * parent does. A unit of work without a route is done already and would never call back; it can be met in a branch
     * that outlived its parent's timeout. Both as in Camel's own FileInputStreamCache. Unlike there, an exchange that
     * is yet to start, as one that a branch puts into a seda queue, is waited for too: it can outlive the parent.
     */
    private void releaseWhenDone(Exchange exchange) {
        UnitOfWork parent = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        boolean parentActive = parent != null && parent.getRoute() != null;
        boolean yetToStart = exchange.getUnitOfWork() == null;
        if (parentActive && yetToStart) {
            retain();
        }
        if (parentActive) {
            parent.addSynchronization(new ReleaseWhenDone(this, exchange));
        }
        if (!parentActive || yetToStart) {
            exchange.getExchangeExtension().addOnCompletion(new ReleaseWhenDone(this, exchange));
        }
    }

    private IllegalStateException released() {
        return new IllegalStateException(this + " was released before");
    }
}
