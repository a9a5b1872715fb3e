package io.github.camelgemini.image.model;

/** A value that the Gemini API knows by a fixed spelling. */
public interface WireName {
    /**
     * The spelling that the API expects.
     *
     * @return never empty, for example {@code BLOCK_NONE} or {@code 2K}
     */
    String wireName();
}
