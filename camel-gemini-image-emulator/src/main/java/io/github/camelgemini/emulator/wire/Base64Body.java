package io.github.camelgemini.emulator.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A picture in Base64, padded after its end to any length. Decoders ignore the padding. Neither the padding nor the
 * Base64 is ever in the heap as a whole.
 */
public final class Base64Body implements Body {

    /**
     * A multiple of 3 and of 57, so that Base64 and its lines can be joined; too long for gzip to find the repetition.
     */
    private static final int GROUP = 57 * 1024;

    private static final byte[] PADDING = padding();
    private static final byte[] PADDING_BASE64 = Base64Style.STANDARD.encode(PADDING, false);

    private final Iterator<ByteBuffer> pieces;
    private final long length;
    private final long total;
    private final Base64Style style;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long at;

    /**
     * Encodes a picture.
     *
     * @param picture the bytes, complete, in pieces
     * @param padTo length in bytes with padding; no padding if the picture is longer
     * @param style format of the Base64
     */
    public Base64Body(List<ByteBuffer> picture, long padTo, Base64Style style) {
        this.pieces = picture.iterator();
        this.length = picture.stream().mapToLong(ByteBuffer::remaining).sum();
        this.total = Math.max(length, padTo);
        this.style = style;
    }

    /** The bytes themselves, padded in the same way. */
    public static Body plain(List<ByteBuffer> picture, long padTo) {
        List<Body> bodies = new ArrayList<>();
        picture.forEach(piece -> bodies.add(Body.of(piece)));
        long length = picture.stream().mapToLong(ByteBuffer::remaining).sum();
        bodies.add(Body.repeat(PADDING, Math.max(0, padTo - length)));
        return Body.concat(bodies);
    }

    @Override
    public long length() {
        return style.length(total);
    }

    @Override
    public ByteBuffer next() {
        if (at == total) {
            return null;
        }
        int count = (int) Math.min(GROUP, total - at);
        boolean last = at + count == total;
        ByteBuffer base64 = at >= length && !last && style == Base64Style.STANDARD
                ? ByteBuffer.wrap(PADDING_BASE64)
                : ByteBuffer.wrap(style.encode(group(count), last));
        at += count;
        return base64;
    }

    private byte[] group(int count) {
        if (at >= length) {
            return Arrays.copyOf(PADDING, count);
        }
        byte[] group = new byte[count];
        int filled = 0;
        while (filled < count && (piece.hasRemaining() || pieces.hasNext())) {
            if (!piece.hasRemaining()) {
                piece = pieces.next().duplicate();
            }
            int some = Math.min(count - filled, piece.remaining());
            piece.get(group, filled, some);
            filled += some;
        }
        System.arraycopy(PADDING, 0, group, filled, count - filled);
        return group;
    }

    private static byte[] padding() {
        byte[] bytes = new byte[GROUP];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
