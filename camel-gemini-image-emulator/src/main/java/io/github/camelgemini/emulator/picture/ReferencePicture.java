package io.github.camelgemini.emulator.picture;

import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.FileBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a picture in a request. Small ones are in the heap, others in a temporary file that is removed with the
 * request.
 */
public final class ReferencePicture implements AutoCloseable {

    private static final int MEMORY_LIMIT = 256 * 1024;

    private final long length;
    private final String sha256;
    private final byte[] bytes;
    private final Path file;
    private final String mimeType;

    private ReferencePicture(long length, String sha256, byte[] bytes, Path file, String mimeType) {
        this.mimeType = mimeType;
        this.length = length;
        this.sha256 = sha256;
        this.bytes = bytes;
        this.file = file;
    }

    /** Collects the bytes of a picture while they arrive. */
    public static final class Receiver extends OutputStream {

        private final MessageDigest digest = newSha256();
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private long length;
        private Path file;
        private OutputStream fileOutput;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int count) throws IOException {
            if (fileOutput == null && length + count > MEMORY_LIMIT) {
                file = Files.createTempFile("gemini-emulator-", ".picture");
                fileOutput = Files.newOutputStream(file);
                memory.writeTo(fileOutput);
                memory.reset();
            }
            (fileOutput == null ? memory : fileOutput).write(source, offset, count);
            digest.update(source, offset, count);
            length += count;
        }

        @Override
        public void close() throws IOException {
            if (fileOutput != null) {
                fileOutput.close();
            }
        }

        /** The number of bytes written. */
        public long length() {
            return length;
        }

        /** The picture from the bytes written. */
        public ReferencePicture received() throws IOException {
            return received("");
        }

        /** The picture from the bytes written, with its declared type. */
        public ReferencePicture received(String mimeType) throws IOException {
            close();
            String hash = HexFormat.of().formatHex(digest.digest());
            return new ReferencePicture(length, hash, file == null ? memory.toByteArray() : null, file, mimeType);
        }

        /** Discards the bytes. */
        public void discard() throws IOException {
            close();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The type in a data URI; empty for none. */
    public String mimeType() {
        return mimeType;
    }

    /** The size in bytes. */
    public long length() {
        return length;
    }

    /** The hash in lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** All bytes, if the picture is small enough to be in the heap. */
    public Optional<byte[]> bytesIfSmall() {
        return Optional.ofNullable(bytes);
    }

    /** The dimensions; empty for a type that Java cannot read (WebP and HEIC, for example). */
    public Optional<Pixels> pixels() {
        return Thumbnails.pixels(this);
    }

    /** Writes all bytes; {@code out} stays open. */
    public void transferTo(OutputStream out) throws IOException {
        if (bytes != null) {
            out.write(bytes);
        } else {
            Files.copy(file, out);
        }
    }

    /** All bytes from the beginning. */
    public InputStream newInputStream() throws IOException {
        return bytes != null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    /** A copy of the picture, which must be closed separately. */
    public ReferencePicture copy() throws IOException {
        if (file == null) {
            return this;
        }
        Path other = Files.createTempFile("gemini-emulator-", ".picture");
        Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
        return new ReferencePicture(length, sha256, null, other, mimeType);
    }

    /** All bytes, read while they are sent. */
    public Body body() {
        return bytes != null ? Body.of(bytes) : new FileBody(file, length);
    }

    ImageInputStream open() throws IOException {
        return bytes != null
                ? new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))
                : new FileImageInputStream(file.toFile());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
