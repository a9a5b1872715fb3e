package io.github.camelgemini.image.model;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The dates of a model. An empty date means that Google has announced none.
 *
 * @param preview whether the model was never generally available under this id
 * @param released first day
 * @param deprecated the day it was deprecated
 * @param shutdown the first day on which calls are answered with 404
 * @param successor id of the model to use instead
 * @param provenance where this is from
 */
public record LifeCycle(
        boolean preview,
        Optional<LocalDate> released,
        Optional<LocalDate> deprecated,
        Optional<LocalDate> shutdown,
        Optional<String> successor,
        Provenance provenance) {

    /** How far a model is in its life. */
    public enum Stage {
        /** In service, but it may change or go at short notice. */
        PREVIEW,
        /** In service. */
        STABLE,
        /** In service; Google advises another. */
        DEPRECATED,
        /** Gone. */
        RETIRED
    }

    /**
     * How far the model is on a day.
     *
     * @param day the day
     * @return its stage
     */
    public Stage stageOn(LocalDate day) {
        if (reached(shutdown, day)) {
            return Stage.RETIRED;
        }
        if (reached(deprecated, day)) {
            return Stage.DEPRECATED;
        }
        return preview ? Stage.PREVIEW : Stage.STABLE;
    }

    /**
     * The same as names and values to show: {@code stage}, and where they are known {@code deprecated}, {@code shutdown} and
     * {@code successor}.
     */
    public Map<String, String> describe(LocalDate day) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("stage", stageOn(day).name().toLowerCase(Locale.ROOT));
        deprecated.ifPresent(date -> facts.put("deprecated", date.toString()));
        shutdown.ifPresent(date -> facts.put("shutdown", date.toString()));
        successor.ifPresent(other -> facts.put("successor", other));
        return facts;
    }

    private static boolean reached(Optional<LocalDate> date, LocalDate day) {
        return date.filter(reached -> !reached.isAfter(day)).isPresent();
    }
}
