package io.github.camelgemini.emulator.wire;

/**
 * Ends a response too early.
 *
 * @param afterBytes how many bytes of the body are sent first; {@link #BEFORE_HEADERS} for nothing at all
 * @param ending how it ends
 */
public record Cut(long afterBytes, Ending ending) {

    /** Not even the status line is sent. */
    public static final long BEFORE_HEADERS = -1;

    /** How a response ends. */
    public enum Ending {
        /** TCP RST. */
        RESET,
        /** TCP FIN, like a normal end. */
        CLOSE,
        /** The connection stays open and silent. */
        STALL
    }
}
