package io.github.camelgemini.emulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Several bodies one after another. Small pieces are joined, because each piece that is sent costs a system call. */
final class JoinedBody implements Body {

    private static final int SMALL = 8 * 1024;

    private final Deque<Body> left;
    private final long length;
    private ByteBuffer large;

    JoinedBody(List<Body> bodies) {
        this.left = new ArrayDeque<>(bodies);
        this.length = bodies.stream()
                .mapToLong(Body::length)
                .reduce(0, (a, b) -> a == UNKNOWN || b == UNKNOWN ? UNKNOWN : a + b);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ByteBuffer next() throws IOException {
        ByteBuffer first = large == null ? piece() : large;
        large = null;
        if (first == null || first.remaining() >= SMALL) {
            return first;
        }
        ByteArrayOutputStream together = new ByteArrayOutputStream(2 * SMALL);
        for (ByteBuffer piece = first; piece != null; piece = piece()) {
            if (piece.remaining() >= SMALL) {
                large = piece;
                break;
            }
            together.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
            if (together.size() >= SMALL) {
                break;
            }
        }
        return ByteBuffer.wrap(together.toByteArray());
    }

    private ByteBuffer piece() throws IOException {
        while (!left.isEmpty()) {
            ByteBuffer bytes = left.peek().next();
            if (bytes != null) {
                return bytes;
            }
            left.remove();
        }
        return null;
    }
}
