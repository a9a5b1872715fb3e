package io.github.camelgemini.emulator.wire;

/**
 * A body that comes as things happen: {@link #next()} gives an empty buffer when there is nothing yet. It is sent as it
 * is, not compressed, and its headers at once.
 */
public interface LiveBody extends Body {

    @Override
    default long length() {
        return UNKNOWN;
    }

    /** Runs this once when there may be something; asked after an empty buffer. */
    void whenReady(Runnable again);
}
