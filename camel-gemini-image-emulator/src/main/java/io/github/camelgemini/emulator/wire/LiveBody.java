package io.github.camelgemini.emulator.wire;

/**
 * A body that arrives over time: {@link #next()} gives an empty buffer when there is nothing yet. It is sent without
 * compression, and its headers are sent at once.
 */
public interface LiveBody extends Body {

    @Override
    default long length() {
        return UNKNOWN;
    }

    /** Runs a task once when there may be more bytes. Called after an empty buffer. */
    void whenReady(Runnable again);
}
