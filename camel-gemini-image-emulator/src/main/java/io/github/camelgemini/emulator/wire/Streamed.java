package io.github.camelgemini.emulator.wire;

/** A JSON string that is too long to be held: its characters come from a body, already escaped. */
@FunctionalInterface
public interface Streamed {

    /** The characters between the quotes. */
    Body body();
}
