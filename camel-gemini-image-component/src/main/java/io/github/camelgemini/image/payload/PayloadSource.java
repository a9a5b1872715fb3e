package io.github.camelgemini.image.payload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of known length that can be read repeatedly, as needed for a request with retries.
 *
 * <p>A picture in a file is sent without a copy: {@link #of(Path)} reads the file itself.
 */
public interface PayloadSource {

    /**
     * The number of bytes that {@link #newInputStream()} gives.
     *
     * @throws IOException if it is unknown, for example because the file is gone
     */
    long length() throws IOException;

    /**
     * The bytes from the beginning. Each stream is independent, and is closed by the caller.
     *
     * @throws IOException if the bytes cannot be read
     */
    InputStream newInputStream() throws IOException;

    /** The bytes of an array, which must not change while it is in use. */
    static PayloadSource of(byte[] bytes) {
        return new PayloadSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream newInputStream() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public String toString() {
                return bytes.length + " bytes in memory";
            }
        };
    }

    /** The bytes of a file, which must not change or move while it is in use. */
    static PayloadSource of(Path file) {
        return new PayloadSource() {
            @Override
            public long length() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream newInputStream() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public String toString() {
                return "file " + file;
            }
        };
    }
}
