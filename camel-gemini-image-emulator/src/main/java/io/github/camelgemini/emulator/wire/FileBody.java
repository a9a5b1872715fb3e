package io.github.camelgemini.emulator.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file. The file is open only while a piece is read, so a client that disconnects leaves nothing open.
 */
public final class FileBody implements Body {

    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final long length;
    private long at;

    /** The file with this length. */
    public FileBody(Path file, long length) {
        this.file = file;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ByteBuffer next() throws IOException {
        if (at == length) {
            return null;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length - at));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (piece.hasRemaining()) {
                int count = channel.read(piece, at);
                if (count < 0) {
                    throw new EOFException(file + " is shorter than " + length + " bytes");
                }
                at += count;
            }
        }
        return piece.flip();
    }
}
