package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.spool.Spool;
import io.github.camelgemini.image.payload.spool.SpoolException;
import io.github.camelgemini.image.payload.spool.SpoolFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner.Cleanable;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a {@link Payload}. Its streams and files refer to this object, so that the bytes stay when the payload
 * itself is unreachable.
 */
abstract sealed class Content {

    private final Spool spool;

    private Content(Spool spool) {
        this.spool = spool;
    }

    abstract long length();

    abstract Reader open() throws IOException;

    abstract void writeTo(OutputStream out) throws IOException;

    abstract void discard();

    /** A new file with the bytes, deleted with this object. */
    abstract Path newFile(String ending) throws IOException;

    /** Reads at any position. */
    interface Reader extends Closeable {

        /** Reads what is available, at least one byte; -1 at the end. */
        int read(long position, byte[] bytes, int offset, int length) throws IOException;
    }

    Spool spool() {
        return spool == null ? Spool.ofJvm() : spool;
    }

    /**
     * A path that keeps this object reachable. The path cannot refer to it, so the cleanup action for the path does.
     */
    Path keptBy(Path path) {
        spool().whenUnreachable(path, new Keeping(this));
        return path;
    }

    private static final class Keeping implements Runnable {

        private Content kept;

        Keeping(Content kept) {
            this.kept = kept;
        }

        @Override
        public void run() {
            // The thread of the Cleaner may refer to its last action for a minute.
            kept = null;
        }

        @Override
        public String toString() {
            return "Keeping " + kept;
        }
    }

    Path copyToFile(String ending) throws IOException {
        SpoolFile file = spool().newFile(ending);
        try (file) {
            writeTo(file);
        } catch (IOException | RuntimeException e) {
            file.delete();
            throw e;
        }
        spool().whenUnreachable(this, file::delete);
        return file.path();
    }

    /** Bytes in the heap, in blocks of equal size except the last one. */
    static final class InMemory extends Content {

        private final byte[][] blocks;
        private final int blockSize;
        private final long length;

        /**
         * @param spool for requested files; null for the JVM's temporary directory
         */
        InMemory(Spool spool, byte[][] blocks, int blockSize, long length) {
            super(spool);
            this.blocks = blocks;
            this.blockSize = blockSize;
            this.length = length;
        }

        static InMemory of(byte[] bytes) {
            return new InMemory(null, new byte[][] {bytes}, Math.max(1, bytes.length), bytes.length);
        }

        @Override
        long length() {
            return length;
        }

        @Override
        Reader open() {
            return new Reader() {
                @Override
                public int read(long position, byte[] bytes, int offset, int count) {
                    if (position >= length) {
                        return -1;
                    }
                    byte[] block = blocks[(int) (position / blockSize)];
                    int start = (int) (position % blockSize);
                    int part = Math.min(count, block.length - start);
                    System.arraycopy(block, start, bytes, offset, part);
                    return part;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        void writeTo(OutputStream out) throws IOException {
            for (byte[] block : blocks) {
                out.write(block);
            }
        }

        @Override
        void discard() {
            // Only heap, which is freed by itself.
        }

        @Override
        Path newFile(String ending) throws IOException {
            return copyToFile(ending);
        }
    }

    /** A finished spool file. */
    static final class InFile extends Content {

        /** The JDK allocates as much memory outside the heap as is read at once, and keeps it. */
        private static final int MOST_AT_ONCE = 128 * 1024;

        private static final int COPIED_AT_ONCE = 16 * 1024;

        private final Path path;
        private final long length;
        private final Cleanable removal;

        InFile(Spool spool, SpoolFile file) {
            super(spool);
            path = file.path();
            length = file.length();
            removal = spool.whenUnreachable(this, file::delete);
        }

        Path path() {
            return path;
        }

        @Override
        long length() {
            return length;
        }

        @Override
        Reader open() throws IOException {
            FileChannel channel = openChannel();
            return new Reader() {
                @Override
                public int read(long position, byte[] bytes, int offset, int count) throws IOException {
                    int read;
                    try {
                        read = channel.read(ByteBuffer.wrap(bytes, offset, Math.min(count, MOST_AT_ONCE)), position);
                    } catch (ClosedChannelException e) {
                        throw e;
                    } catch (IOException e) {
                        throw new SpoolException("spool file " + path + " cannot be read: " + e, e);
                    }
                    if (read < 0 && position < length) {
                        throw new SpoolException(
                                "The image has " + length + " bytes, but its spool file ends after " + position, null);
                    }
                    return read;
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        private FileChannel openChannel() throws IOException {
            try {
                return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                throw new SpoolException(
                        "The image is no longer available: its spool file " + path
                                + " was removed. The component removes all spool files when it stops",
                        e);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                throw new SpoolException("spool file " + path + " cannot be read: " + e, e);
            }
        }

        @Override
        void writeTo(OutputStream out) throws IOException {
            byte[] bytes = new byte[COPIED_AT_ONCE];
            try (Reader in = open()) {
                for (long done = 0; done < length; ) {
                    int count = in.read(done, bytes, 0, bytes.length);
                    out.write(bytes, 0, count);
                    done += count;
                }
            }
        }

        @Override
        void discard() {
            removal.clean();
        }

        /** A hard link to the same bytes, if the file system supports it. */
        @Override
        Path newFile(String ending) throws IOException {
            try {
                return spool().newLink(path, ending, this);
            } catch (IOException | UnsupportedOperationException e) {
                return copyToFile(ending);
            }
        }
    }
}
