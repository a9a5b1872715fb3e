package io.github.camelgemini.image.request;

import java.time.Duration;

/**
 * The limits for the content of a message.
 *
 * @param bytes for all copies of its streams, for its maps, lists and JSON trees as JSON, and for each file that it refers to
 * @param time until its streams must have been read; zero for no limit
 */
public record InputLimits(long bytes, Duration time) {

    /** 500 MB: enough for the largest known request limit. */
    public static final long DEFAULT_BYTES = 500_000_000;

    /** For bodies that are split while they are read. */
    static final InputLimits NONE = new InputLimits(Long.MAX_VALUE, Duration.ZERO);
}
