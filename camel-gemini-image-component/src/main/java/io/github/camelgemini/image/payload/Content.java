package io.github.camelgemini.image.payload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner.Cleanable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes that the copies of one {@link Payload} share; a copy is an owner. */
sealed interface Content {

    long length();

    InputStream newInputStream() throws IOException;

    void writeTo(OutputStream out) throws IOException;

    Owners owners();

    /** Called once, when the last owner has gone. */
    void discard();

    /** Bytes on the heap: they stay readable until they are collected, whoever let go of them. */
    final class InMemory implements Content {

        private final byte[] bytes;
        private final Owners owners = new Owners();

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public Owners owners() {
            return owners;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream newInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }

        @Override
        public void discard() {
            // Nothing but heap to give back.
        }
    }

    /** A finished spool file; {@code removal} deletes it, and would when this became unreachable with owners left. */
    final class InFile implements Content {

        private final Path file;
        private final long length;
        private final Owners owners = new Owners();
        private final Cleanable removal;

        InFile(PayloadStore store, SpoolFile spooled) {
            file = spooled.path();
            length = spooled.length();
            removal = store.removeWhenUnreachable(this, spooled);
        }

        Path file() {
            return file;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public Owners owners() {
            return owners;
        }

        @Override
        public InputStream newInputStream() throws IOException {
            try {
                return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                throw gone(e);
            }
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = newInputStream()) {
                in.transferTo(out);
            }
        }

        @Override
        public void discard() {
            removal.clean();
        }

        private static IOException gone(NoSuchFileException cause) {
            return new IOException(
                    "The picture is gone: its spool file was removed when the last exchange that held it was done."
                            + " Read it before the route ends, or take a copy with Payload.retain() or copy(Exchange).",
                    cause);
        }
    }
}
