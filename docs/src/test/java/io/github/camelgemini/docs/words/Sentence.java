package io.github.camelgemini.docs.words;

import java.nio.file.Path;

/** A sentence of the documentation, and the line on which it begins. Code in it is replaced by {@link Prose#CODE}. */
record Sentence(Path file, int line, String text) {}
