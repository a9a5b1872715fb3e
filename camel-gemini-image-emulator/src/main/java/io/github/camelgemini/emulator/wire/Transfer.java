package io.github.camelgemini.emulator.wire;

import java.time.Duration;

/** How a response is sent. The defaults are those of a healthy server. */
public final class Transfer {

    /** Whether to compress the body. */
    public boolean gzip;
    /** Whether to use chunks even if the length is known. */
    public boolean chunked;
    /** The largest number of bytes sent at once, followed by {@link #pause}; 0 for no limit. */
    public int trickleBytes;
    /** The pause for {@link #trickleBytes}. */
    public Duration pause = Duration.ZERO;
    /** Where the response ends too early; null for nowhere. */
    public Cut cut;
}
