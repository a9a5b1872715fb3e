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
 * The bytes of one picture, in the heap or in a spool file. They are immutable. Any number of threads may read them,
 * each from the beginning, while the payload, one of its streams or one of its files is reachable. Nobody has to
 * release it: a spool file is deleted some time after the last of these becomes unreachable, or with its {@link
 * PayloadStore}.
 *
 * <p>As a {@link StreamCache} it has no read position, so {@link #reset()} does nothing, and {@link #copy} gives the
 * same payload. Java serialization, which persistent aggregation repositories use, turns it into a {@code byte[]}.
 * Thread-safe.
 */
public final class Payload implements StreamCache, PayloadSource, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient Content content;
    private transient PayloadFile asFile;
    private volatile boolean handedOut;

    Payload(Content content) {
        this.content = content;
    }

    /** A payload in the heap. The array is not copied, and must not be changed. */
    public static Payload of(byte[] bytes) {
        return new Payload(Content.InMemory.of(bytes));
    }

    @Override
    public long length() {
        return content.length();
    }

    /**
     * The bytes from the beginning. Each stream is independent, and is closed by the caller. It supports mark and
     * reset. It is also a {@link StreamCache}, because endpoints such as {@code aws2-s3} look for the length there.
     *
     * @throws IOException if the bytes cannot be read, or are gone because the component was stopped
     */
    @Override
    public InputStream newInputStream() throws IOException {
        return new PayloadStream(content);
    }

    /**
     * All bytes, copied into the heap.
     *
     * @throws IOException if the bytes cannot be read, or are gone because the component was stopped
     */
    public byte[] toByteArray() throws IOException {
        try (InputStream in = newInputStream()) {
            return in.readAllBytes();
        }
    }

    /**
     * Writes all bytes.
     *
     * @param out stays open
     * @throws IOException if the bytes cannot be read, or from {@code out}
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
        Reference.reachabilityFence(this);
    }

    /**
     * A file with the bytes, in the spool folder. It exists while the {@link File} or the payload is reachable. It may
     * be moved or deleted, but must not be written to: that may change the payload.
     *
     * @param extension file name extension, without the dot
     * @throws IOException if the file cannot be created
     */
    public File toFile(String extension) throws IOException {
        String ending = "." + extension;
        synchronized (content) {
            // The receiver of the file may have moved it.
            if (asFile == null || !asFile.getName().endsWith(ending) || !asFile.exists()) {
                asFile = new PayloadFile(content.newFile(ending), content);
            }
            return asFile;
        }
    }

    /**
     * Does the same as {@link #toFile}, with a path. Paths that are made from it, with {@code resolveSibling} or {@code
     * toFile}, do not keep the file.
     */
    public Path toPath(String extension) throws IOException {
        return toFile(extension).toPath();
    }

    /**
     * The spool file, for reading only; empty if the bytes are in the heap. It exists while the payload is reachable.
     */
    public Optional<Path> file() {
        return content instanceof Content.InFile spooled ? Optional.of(spooled.path()) : Optional.empty();
    }

    @Override
    public boolean inMemory() {
        return content instanceof Content.InMemory;
    }

    /** Does nothing: every reader has its own position. */
    @Override
    public void reset() {}

    /** Always -1, which means that there is no position: every reader has its own. */
    @Override
    public long position() {
        return -1;
    }

    /** Gives this payload, because immutable bytes without a position need no copy. */
    @Override
    public Payload copy(Exchange exchange) {
        return this;
    }

    /**
     * Marks the payload as shared, for example as the body of a message. {@link #discard} then has no effect.
     *
     * @return this
     */
    public Payload handOut() {
        handedOut = true;
        return this;
    }

    /**
     * Removes the bytes at once, without waiting for the garbage collection. For payloads that nobody else has
     * received. Does nothing after {@link #handOut}.
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

    /** Length and place, never the content. */
    @Override
    public String toString() {
        return "Payload[" + length() + " bytes " + file().map(f -> "in " + f).orElse("in memory") + "]";
    }
}
