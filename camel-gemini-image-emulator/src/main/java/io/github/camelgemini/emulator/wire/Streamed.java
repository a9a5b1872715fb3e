package io.github.camelgemini.emulator.wire;

/** A JSON string that is too long for the heap. Its characters come from a body, already escaped. */
@FunctionalInterface
public interface Streamed {

    /** The characters between the quotes. */
    Body body();
}
