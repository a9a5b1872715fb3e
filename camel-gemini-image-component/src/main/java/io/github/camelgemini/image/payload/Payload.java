package io.github.camelgemini.image.payload;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * The bytes of one picture, in the heap or in a spool file: immutable, and readable from the start by any number of readers
 * at once for as long as the payload, one of its streams or one of its files is reachable. Nobody has to give it back: a
 * spool file goes some time after the last of them, or with its {@link PayloadStore}.
 *
 * <p>As a {@link StreamCache} it has no read position of its own, so {@link #reset()} has nothing to do, and {@link #copy}
 * gives the same payload. Where Java serializes it, as persistent aggregation repositories do, it becomes its bytes, a
 * {@code byte[]}. Thread-safe.
 */
public final class Payload implements StreamCache, PayloadSource, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient Content content;
    private transient PayloadFile asFile;
    private volatile boolean handedOut;

    Payload(Content content) {
        this.content = content;
    }

    /** A payload in the heap; the array is not copied and must not change. */
    public static Payload of(byte[] bytes) {
        return new Payload(Content.InMemory.of(bytes));
    }

    @Override
    public long length() {
        return content.length();
    }

    /**
     * The bytes from the start. Each stream is independent; the caller closes it. It can be marked and reset, and is a
     * {@link StreamCache} too, since there endpoints such as {@code aws2-s3} look for the length of what they send.
     *
     * @throws IOException if the bytes cannot be read, or are gone because the component was stopped
     */
    @Override
    public InputStream newInputStream() throws IOException {
        return new PayloadStream(content);
    }

    /**
     * All bytes in the heap.
     *
     * @throws IOException as {@link #newInputStream}
     */
    public byte[] toByteArray() throws IOException {
        try (InputStream in = newInputStream()) {
            return in.readAllBytes();
        }
    }

    /**
     * Writes all bytes, from the start.
     *
     * @throws IOException if the bytes cannot be read, or from {@code out}, which is left open
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
        Reference.reachabilityFence(this);
    }

    /**
     * A file with the bytes, in the spool folder. It is there as long as the {@link File} or the payload is reachable; it may
     * be moved or deleted, but what is written into it may change the payload.
     *
     * @param extension what its name ends with, without the dot
     * @throws IOException if it cannot be made
     */
    public File toFile(String extension) throws IOException {
        String ending = "." + extension;
        synchronized (content) {
            // Who got it may have moved it away.
            if (asFile == null || !asFile.getName().endsWith(ending) || !asFile.exists()) {
                asFile = new PayloadFile(content.newFile(ending), content);
            }
            return asFile;
        }
    }

    /** The same, as a path. Paths that are made of it, by {@code resolveSibling} or {@code toFile}, do not keep it. */
    public Path toPath(String extension) throws IOException {
        return toFile(extension).toPath();
    }

    /** The spool file, to be read only; empty if the bytes are in the heap. It is there as long as the payload is reachable. */
    public Optional<Path> file() {
        return content instanceof Content.InFile spooled ? Optional.of(spooled.path()) : Optional.empty();
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

    /** This payload: bytes that do not change and have no position need no copy. */
    @Override
    public Payload copy(Exchange exchange) {
        return this;
    }

    /**
     * Says that others may have the payload from now on, as when it becomes the body of a message: {@link #discard} leaves it
     * alone then.
     *
     * @return this
     */
    public Payload handOut() {
        handedOut = true;
        return this;
    }

    /**
     * Removes the bytes at once. For whoever made the payload and has shown it to nobody, and so need not wait until it is
     * garbage. Does nothing to one that was {@linkplain #handOut handed out}.
     */
    public void discard() {
        if (!handedOut) {
            content.discard();
        }
    }

    private Object writeReplace() {
        try {
            return toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The length and the place, never the content. */
    @Override
    public String toString() {
        return "Payload[" + length() + " bytes " + file().map(f -> "in " + f).orElse("in memory") + "]";
    }
}
