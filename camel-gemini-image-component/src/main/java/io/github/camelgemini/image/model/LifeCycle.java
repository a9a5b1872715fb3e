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
 * @param deprecated the day on which it was deprecated
 * @param shutdown the first day on which calls get status 404
 * @param successor id of the model to use instead
 * @param provenance source of these facts
 */
public record LifeCycle(
        boolean preview,
        Optional<LocalDate> released,
        Optional<LocalDate> deprecated,
        Optional<LocalDate> shutdown,
        Optional<String> successor,
        Provenance provenance) {

    /** The life cycle stage of a model. */
    public enum Stage {
        /** Available, but it may change or be shut down at short notice. */
        PREVIEW,
        /** Available. */
        STABLE,
        /** Available, but Google recommends another model. */
        DEPRECATED,
        /** Shut down. */
        RETIRED
    }

    /**
     * The stage of the model on a given day.
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
     * The facts by name, for display: {@code stage}, and if known {@code deprecated}, {@code shutdown} and {@code
     * successor}.
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
