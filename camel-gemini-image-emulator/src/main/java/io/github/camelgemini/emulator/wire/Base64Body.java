package io.github.camelgemini.emulator.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The Base64 of a picture, padded behind its end to any length, which every decoder ignores. Neither the padding nor
 * the Base64 is ever held.
 */
public final class Base64Body implements Body {

    /** A multiple of 3 and of 57, so that Base64 and its lines can be joined; too long for gzip to see the repeats. */
    private static final int GROUP = 57 * 1024;

    private static final byte[] PADDING = padding();
    private static final byte[] PADDING_BASE64 = Base64Style.STANDARD.encode(PADDING, false);

    private final byte[] picture;
    private final long total;
    private final Base64Style style;
    private long at;

    /**
     * Takes a picture.
     *
     * @param picture the bytes, complete
     * @param padTo length in bytes with padding; when smaller than the picture, there is none
     * @param style how to write it
     */
    public Base64Body(byte[] picture, long padTo, Base64Style style) {
        this.picture = picture;
        this.total = Math.max(picture.length, padTo);
        this.style = style;
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
        ByteBuffer base64 = at >= picture.length && !last && style == Base64Style.STANDARD
                ? ByteBuffer.wrap(PADDING_BASE64)
                : ByteBuffer.wrap(style.encode(group(count), last));
        at += count;
        return base64;
    }

    private byte[] group(int count) {
        if (at >= picture.length) {
            return Arrays.copyOf(PADDING, count);
        }
        int ofPicture = (int) Math.min(count, picture.length - at);
        byte[] group = Arrays.copyOfRange(picture, (int) at, (int) at + count);
        System.arraycopy(PADDING, 0, group, ofPicture, count - ofPicture);
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
