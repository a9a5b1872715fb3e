package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.PayloadStore.OpenFile;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner.Cleanable;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a {@link Payload}. Its streams and files refer to this, so that they keep the bytes when the payload itself is
 * out of reach.
 */
abstract sealed class Content {

    private final PayloadStore store;
    private PayloadFile asFile;

    private Content(PayloadStore store) {
        this.store = store;
    }

    abstract long length();

    abstract Reader open() throws IOException;

    abstract void writeTo(OutputStream out) throws IOException;

    abstract void discard();

    /** A new file with the bytes, to be removed with this. */
    abstract Path newFile(String ending) throws IOException;

    /** Reads at any position. */
    interface Reader extends Closeable {

        /** What is there, at least one byte; or -1 at the end. */
        int read(long position, byte[] bytes, int offset, int length) throws IOException;
    }

    PayloadStore store() {
        return store == null ? PayloadStore.ofJvm() : store;
    }

    synchronized File file(String extension) throws IOException {
        String ending = "." + extension;
        // Who got it may have moved it away.
        if (asFile == null || !asFile.getName().endsWith(ending) || !asFile.exists()) {
            asFile = new PayloadFile(newFile(ending), this);
        }
        return asFile;
    }

    /** A path that keeps this. It cannot refer to it, so the action does that is to be run when the path is garbage. */
    Path keptBy(Path path) {
        store().whenUnreachable(path, new Keeping(this));
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
        OpenFile file = store().newFile(ending);
        store().books().grown(length());
        SpoolFile spooled = new SpoolFile(file.path(), length(), store().books());
        try (OutputStream out = Channels.newOutputStream(file.channel())) {
            writeTo(out);
        } catch (IOException | RuntimeException e) {
            spooled.run();
            throw e;
        }
        store().whenUnreachable(this, spooled);
        return file.path();
    }

    /** Bytes in the heap, in blocks of one size but for the last. */
    static final class InMemory extends Content {

        private final byte[][] blocks;
        private final int blockSize;
        private final long length;

        /** @param store for files that are asked for; null for one of the JVM */
        InMemory(PayloadStore store, byte[][] blocks, int blockSize, long length) {
            super(store);
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
            // Nothing but heap to give back.
        }

        @Override
        Path newFile(String ending) throws IOException {
            return copyToFile(ending);
        }
    }

    /** A finished spool file. */
    static final class InFile extends Content {

        /** The JDK would allocate as much outside the heap as is read at once, and keep it. */
        private static final int MOST_AT_ONCE = 128 * 1024;

        private final Path path;
        private final long length;
        private final Cleanable removal;

        InFile(PayloadStore store, SpoolFile spooled) {
            super(store);
            path = spooled.path();
            length = spooled.length();
            removal = store.whenUnreachable(this, spooled);
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
                    return channel.read(ByteBuffer.wrap(bytes, offset, Math.min(count, MOST_AT_ONCE)), position);
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
                throw new IOException(
                        "The picture is gone: its spool file " + path
                                + " was removed, as all are when the component is stopped",
                        e);
            }
        }

        @Override
        void writeTo(OutputStream out) throws IOException {
            try (PayloadStream in = new PayloadStream(this)) {
                in.transferTo(out);
            }
        }

        @Override
        void discard() {
            removal.clean();
        }

        /** The same bytes by another name, where the file system can do that. */
        @Override
        Path newFile(String ending) throws IOException {
            Path link;
            try {
                link = store().newLink(path, ending);
            } catch (IOException | UnsupportedOperationException e) {
                return copyToFile(ending);
            }
            store().whenUnreachable(this, () -> SpoolFile.delete(link));
            return link;
        }
    }
}
