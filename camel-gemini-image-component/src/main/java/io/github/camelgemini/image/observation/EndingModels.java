package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.model.LifeCycle;
import io.github.camelgemini.image.model.ModelCatalog;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once for each model in use that it is deprecated, shut down, or soon will be. */
public final class EndingModels {

    private static final Logger LOG = LoggerFactory.getLogger(EndingModels.class);
    private static final int SOON_DAYS = 90;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Called when a route with these models starts.
     *
     * @param models ids that the route names
     * @param catalog of the models as the service offers them
     */
    public void inUse(List<String> models, ModelCatalog catalog) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (String id : models) {
            catalog.find(id)
                    .flatMap(model -> ending(model.lifeCycle(), today))
                    .filter(ending -> told.add(id))
                    .ifPresent(ending -> LOG.warn("Model {} {}{}", id, ending, advice(id, catalog)));
        }
    }

    private static Optional<String> ending(LifeCycle life, LocalDate today) {
        LifeCycle.Stage stage = life.stageOn(today);
        Optional<LocalDate> shutdown = life.shutdown();
        if (stage == LifeCycle.Stage.RETIRED) {
            return Optional.of("was shut down on " + shutdown.orElseThrow() + ", so calls to it fail");
        }
        if (stage == LifeCycle.Stage.DEPRECATED) {
            return Optional.of("has been deprecated since " + life.deprecated().orElseThrow()
                    + shutdown.map(day -> " and will be shut down on " + day)
                            .orElse(", without a shutdown date (as of "
                                    + life.provenance()
                                            .asOf()
                                            .map(LocalDate::toString)
                                            .orElse("unknown") + ")"));
        }
        return shutdown.filter(day -> day.isBefore(today.plusDays(SOON_DAYS)))
                .map(day -> "will be shut down on " + day);
    }

    private static String advice(String id, ModelCatalog catalog) {
        return catalog.successorOf(id)
                .map(successor -> ". Google recommends " + successor + ". Set the option model")
                .orElse("");
    }
}
