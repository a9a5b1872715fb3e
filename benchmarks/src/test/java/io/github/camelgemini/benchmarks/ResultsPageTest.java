package io.github.camelgemini.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResultsPageTest {

    private static final Results RESULTS = new Results(List.of(
            measured(Contestant.COMPONENT, Workload.RECEIVE_20_MB, 30, 300_000),
            Measurement.failed(Contestant.SDK, Workload.RECEIVE_20_MB, "StreamConstraintsException"),
            measured(Contestant.HTTP_RAISED, Workload.RECEIVE_20_MB, 60, 200_000_000),
            measured(Contestant.LIMIT, Workload.RECEIVE_20_MB, 20, 40_000),
            measured(Contestant.COMPONENT, Workload.IN_FLIGHT_256, 640, 1_000_000),
            measured(Contestant.LIMIT, Workload.IN_FLIGHT_256, 550, 1_000_000)));

    @Test
    void hasRatiosToTheComponent() {
        String page = new ResultsPage(RESULTS).text(List.of("*When*: today"));

        assertThat(page).contains("*When*: today", "=== Receive 20 MB");
        assertThat(page)
                .contains(
                        """
                |(c′) the same, limits raised
                |60.0 ms
                |2.00
                |200 MB
                |10.0
                |667
                |48 MB
                """);
    }

    @Test
    void showsWhoFailsAndWithWhat() {
        assertThat(new ResultsPage(RESULTS).text(List.of()))
                .contains("|(b) Google SDK\n6+|fails: StreamConstraintsException\n");
    }

    @Test
    void targetsAreMetOrMissed() {
        assertThat(Target.check(RESULTS))
                .contains(
                        new Target("(a) heap allocated per byte received, receive 20 MB", "≤ 0.01", "0.0150", false),
                        new Target("(a) time, receive 20 MB", "≤ 1.2 × (f) the limit", "× 1.50", false),
                        new Target("(a) time, receive 20 MB", "≤ (b) Google SDK", "(b) fails", true),
                        new Target("(a) time, receive 20 MB", "≤ (c′) the same, limits raised", "× 0.50", true),
                        new Target(
                                "(a) time, 256 calls of 500 ms at once",
                                "≤ 1.2 × 500 ms + 50 ms to set up connections",
                                "640 ms",
                                true));
    }

    @Test
    void componentThatFailsMissesItsTarget() {
        Results results = new Results(
                List.of(Measurement.failed(Contestant.COMPONENT, Workload.RECEIVE_100_MB, "OutOfMemoryError")));

        assertThat(Target.check(results)).singleElement().satisfies(target -> {
            assertThat(target.met()).isFalse();
            assertThat(target.value()).isEqualTo("fails: OutOfMemoryError");
        });
    }

    private static Measurement measured(Contestant contestant, Workload workload, double millis, double allocated) {
        return new Measurement(
                contestant, workload, Optional.empty(), millis, Double.NaN, allocated, OptionalInt.of(48));
    }
}
