package io.github.camelgemini.image.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where a group of facts comes from.
 *
 * @param asOf the day that the facts were last known to be true; empty when whoever entered them didn't say
 * @param source a documentation page, or {@code user} for entries of a user's own catalog file
 * @param note where sources disagree or a fact is inferred: what else was found
 */
public record Provenance(Optional<LocalDate> asOf, String source, Optional<String> note) {

    /** The source of what a user's own file says. */
    static final String USER = "user";
}
