package io.github.camelgemini.emulator.wire;

/**
 * Where a response ends before it should, and how.
 *
 * @param afterBytes so many bytes of the body are sent, {@link #BEFORE_HEADERS} for nothing at all
 * @param ending what happens then
 */
public record Cut(long afterBytes, Ending ending) {

    /** Not even the status line is sent. */
    public static final long BEFORE_HEADERS = -1;

    /** What happens at the cut. */
    public enum Ending {
        /** TCP RST. */
        RESET,
        /** TCP FIN, as if that had been all. */
        CLOSE,
        /** The connection stays open and silent. */
        STALL
    }
}
