package io.github.camelgemini.image.request;

import java.time.Duration;

/**
 * What a message may bring.
 *
 * @param bytes of all that is copied from its streams, and of each file that it names
 * @param time in which its streams must have been read; zero for any
 */
public record InputLimits(long bytes, Duration time) {

    /** 500 MB: what a request of the largest limit known has room for. */
    public static final long DEFAULT_BYTES = 500_000_000;

    /** For bodies that are taken apart while they are read. */
    static final InputLimits NONE = new InputLimits(Long.MAX_VALUE, Duration.ZERO);
}
