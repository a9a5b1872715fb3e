package io.github.camelgemini.image.payload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of known length that can be read from the start as often as needed, as a request that is retried does.
 *
 * <p>A picture in a file needs no copy to be sent: {@link #of(Path)} reads it where it is.
 */
public interface PayloadSource {

    /**
     * How many bytes {@link #newInputStream()} yields.
     *
     * @throws IOException if that cannot be found out, for instance because the file is gone
     */
    long length() throws IOException;

    /**
     * The bytes from the start; each stream is independent of the others and closed by the caller.
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

    /** The bytes of a file, which stays where it is and must not change while it is in use. */
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
