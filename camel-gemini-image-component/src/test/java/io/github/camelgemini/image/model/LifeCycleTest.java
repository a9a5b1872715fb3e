package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.model.LifeCycle.Stage;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeCycleTest {
    private static final Provenance NOWHERE = new Provenance(Optional.empty(), "test", Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "2026-10-05,STABLE",
        "2026-10-06,DEPRECATED",
        "2026-10-28,DEPRECATED",
        "2026-10-29,RETIRED",
        "2027-01-01,RETIRED"
    })
    void aModelAges(LocalDate day, Stage stage) {
        LifeCycle lifeCycle = lifeCycle(false, Optional.of("2026-10-06"), Optional.of("2026-10-29"));

        assertThat(lifeCycle.stageOn(day)).isEqualTo(stage);
    }

    @Test
    void withoutDatesAModelStays() {
        assertThat(lifeCycle(false, Optional.empty(), Optional.empty()).stageOn(LocalDate.MAX))
                .isEqualTo(Stage.STABLE);
    }

    @Test
    void aPreviewIsNotStable() {
        assertThat(lifeCycle(true, Optional.empty(), Optional.empty()).stageOn(LocalDate.MAX))
                .isEqualTo(Stage.PREVIEW);
    }

    private static LifeCycle lifeCycle(boolean preview, Optional<String> deprecated, Optional<String> shutdown) {
        return new LifeCycle(
                preview,
                Optional.empty(),
                deprecated.map(LocalDate::parse),
                shutdown.map(LocalDate::parse),
                Optional.empty(),
                NOWHERE);
    }
}
