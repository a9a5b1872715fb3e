package io.github.camelgemini.image.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The source of a group of facts.
 *
 * @param asOf the day on which the facts were last verified; empty when not known
 * @param source a documentation page, or {@code user} for entries of a user's own catalog file
 * @param note about contradictory sources, or facts that are inferred
 */
public record Provenance(Optional<LocalDate> asOf, String source, Optional<String> note) {

    /** The source of entries in a user's own file. */
    static final String USER = "user";
}
