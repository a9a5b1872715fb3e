package io.github.camelgemini.image.model;

import java.io.Serializable;

/**
 * How pictures are to be written.
 *
 * @param format of the file
 * @param quality 1 to 100, of formats that have one; null for that of the encoder
 */
public record Encoding(OutputFormat format, Integer quality) implements Serializable {}
