package io.github.camelgemini.emulator.wire;

import java.time.Duration;

/** The way in which one response is sent. The defaults are those of a healthy server. */
public final class Transfer {

    /** Compress the body. */
    public boolean gzip;
    /** Chunked even if the length is known. */
    public boolean chunked;
    /** At most so many bytes at once, with {@link #pause} after each; 0 is as fast as possible. */
    public int trickleBytes;
    /** See {@link #trickleBytes}. */
    public Duration pause = Duration.ZERO;
    /** Where the response ends too early; null when it does not. */
    public Cut cut;
}
