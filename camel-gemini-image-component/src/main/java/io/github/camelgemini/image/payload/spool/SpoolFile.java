package io.github.camelgemini.image.payload.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file of a {@link Spool}. It is written once, closed, and then read by its path until it is deleted. One thread at a
 * time may write.
 */
public final class SpoolFile extends OutputStream {

    private final Path path;
    private final FileChannel channel;
    private final SpoolBooks books;
    private long length;

    SpoolFile(Path path, FileChannel channel, SpoolBooks books) {
        this.path = path;
        this.channel = channel;
        this.books = books;
        books.created();
    }

    /** The path of the file. */
    public Path path() {
        return path;
    }

    /** The number of bytes written. */
    public long length() {
        return length;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /**
     * Appends bytes.
     *
     * @throws SpoolException if they cannot be written, for example because the disk is full
     * @throws ClosedByInterruptException if the thread is interrupted
     */
    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
        try {
            while (buffer.hasRemaining()) {
                int written = channel.write(buffer);
                length += written;
                books.grown(written);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new SpoolException("spool file " + path + " cannot be written after " + length + " bytes: " + e, e);
        }
    }

    /** Ends writing; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Deletes the file, and removes it from the counts. Must be called once. */
    public void delete() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is deleted next.
        }
        delete(path);
        books.removed(length);
    }

    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Windows does not delete a file that is being read. It is deleted with the folder when the spool is
            // closed.
        }
    }
}
