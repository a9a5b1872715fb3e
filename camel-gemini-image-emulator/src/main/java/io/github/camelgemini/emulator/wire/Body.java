package io.github.camelgemini.emulator.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A response body that is created while it is sent, so it is never in the heap as a whole. Read once, by one thread at
 * a time.
 */
public interface Body {

    /** The value of {@link #length()} for an unknown length. */
    long UNKNOWN = -1;

    /** The length in bytes, or {@link #UNKNOWN}. Called before the first {@link #next()}. */
    long length();

    /** The next bytes, or null at the end. */
    ByteBuffer next() throws IOException;

    /** A body of these bytes. */
    static Body of(byte[] bytes) {
        return repeat(bytes, bytes.length);
    }

    /** A body of these bytes. */
    static Body of(ByteBuffer bytes) {
        return new Body() {
            private ByteBuffer left = bytes.duplicate();

            @Override
            public long length() {
                return bytes.remaining();
            }

            @Override
            public ByteBuffer next() {
                ByteBuffer next = left;
                left = null;
                return next;
            }
        };
    }

    /** A body of this text in UTF-8. */
    static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Several bodies one after another. */
    static Body concat(List<Body> bodies) {
        return new JoinedBody(bodies);
    }

    /** The same bytes repeatedly, up to a total length; {@link Long#MAX_VALUE} never ends. */
    static Body repeat(byte[] unit, long total) {
        return new Body() {
            private long left = total;

            @Override
            public long length() {
                return total == Long.MAX_VALUE ? UNKNOWN : total;
            }

            @Override
            public ByteBuffer next() {
                if (left == 0) {
                    return null;
                }
                int count = (int) Math.min(left, unit.length);
                left -= count;
                return ByteBuffer.wrap(unit, 0, count);
            }
        };
    }
}
