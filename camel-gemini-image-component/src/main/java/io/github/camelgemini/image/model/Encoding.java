package io.github.camelgemini.image.model;

import java.io.Serializable;

/**
 * The file format of pictures, and its quality.
 *
 * @param format of the file
 * @param quality 1 to 100, for formats that have a quality; null for the encoder's default
 */
public record Encoding(OutputFormat format, Integer quality) implements Serializable {}
