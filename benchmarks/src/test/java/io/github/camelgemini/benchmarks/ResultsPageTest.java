package io.github.camelgemini.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResultsPageTest {

    private static final Results RESULTS = new Results(
            List.of(
                    measured(Contestant.COMPONENT, Workload.RECEIVE_20_MB, 30, 300_000),
                    measured(Contestant.COMPONENT_ALONE, Workload.RECEIVE_20_MB, 30, 300_000),
                    Measurement.failed(Contestant.SDK, Workload.RECEIVE_20_MB, "StreamConstraintsException"),
                    measured(Contestant.HTTP_RAISED, Workload.RECEIVE_20_MB, 60, 200_000_000),
                    measured(Contestant.LIMIT, Workload.RECEIVE_20_MB, 20, 40_000),
                    measured(Contestant.COMPONENT, Workload.TINY, 3, 1_000_000),
                    Measurement.failed(Contestant.SDK, Workload.TINY, "ServerException"),
                    measured(Contestant.COMPONENT, Workload.IN_FLIGHT_256, 610, 1_000_000),
                    measured(Contestant.HTTP_RAISED, Workload.IN_FLIGHT_256, 600, 1_000_000),
                    measured(Contestant.LANGCHAIN4J, Workload.IN_FLIGHT_256, 700, 1_000_000),
                    measured(Contestant.LIMIT, Workload.IN_FLIGHT_256, 550, 1_000_000)),
            List.of(
                    sustained(Contestant.COMPONENT, 512, 400, 2, 0),
                    sustained(Contestant.COMPONENT, 64, 300, 3, 0),
                    sustained(Contestant.SDK, 512, 100, 6, 0),
                    sustained(Contestant.SDK, 256, 20, 20, 3),
                    SustainedMeasurement.failed(
                            Contestant.SDK, Workload.SUSTAINED_1_MB, 128, "none came within 90 s")));

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
                |90.0 ms
                |2.00
                |200 MB
                |10.0
                |48 MB
                """);
    }

    @Test
    void showsWhoFailsAndWithWhat() {
        assertThat(new ResultsPage(RESULTS).text(List.of()))
                .contains("|(b) Google SDK\n7+|fails: StreamConstraintsException\n");
    }

    @Test
    void sustainedWorkHasARowForEachHeap() {
        assertThat(new ResultsPage(RESULTS).text(List.of()))
                .contains(
                        """
                |(b) Google SDK
                |256 MB
                |20.0
                |0.05
                |20.0 ms
                |10.0
                |300 MB
                |3

                |(b) Google SDK
                |128 MB
                6+|fails: none came within 90 s
                """);
    }

    @Test
    void targetsAreMetOrMissed() {
        assertThat(Target.check(RESULTS))
                .contains(
                        new Target(
                                "(a) heap allocated per byte received, in a file, receive 20 MB",
                                "0.007",
                                "≤ 0.01",
                                "0.0150",
                                false),
                        new Target("(a″) time, receive 20 MB", "× 1.63", "≤ 1.6 × (f) the limit", "× 1.50", true),
                        new Target(
                                "(a) processor time, tiny picture, one after the other",
                                "about × 1.6",
                                "≤ 1.6 × (b) Google SDK",
                                "(b) fails",
                                true));
    }

    @Test
    void callsInFlightAreComparedToTheFastestPeer() {
        assertThat(Target.check(RESULTS))
                .contains(new Target(
                        "(a) time, 256 calls of 500 ms at once",
                        "× 1.10",
                        "≤ 1.05 × (c′) the same, limits raised",
                        "× 1.02",
                        true));
    }

    @Test
    void sustainedWorkIsComparedWithTheHeapsThatTheTargetNames() {
        String work = ", 2,000 pictures of 1 MB, 32 calls in flight, -Xmx";
        assertThat(Target.check(RESULTS))
                .contains(
                        new Target(
                                "(a) pictures a second" + work + "512m",
                                "× 2.3",
                                "≥ 3.5 × (b) Google SDK",
                                "× 4.00",
                                true),
                        new Target(
                                "(a) processor time" + work + "512m",
                                "× 0.37",
                                "≤ 0.25 × (b) Google SDK",
                                "× 0.33",
                                false),
                        new Target(
                                "(a) pictures a second" + work + "64m",
                                "× 2.0",
                                "≥ 2.0 × (b) Google SDK with -Xmx256m",
                                "(b) loses pictures",
                                true));
    }

    @Test
    void componentThatFailsMissesItsTarget() {
        Results results = new Results(
                List.of(Measurement.failed(Contestant.COMPONENT, Workload.RECEIVE_20_MB, "OutOfMemoryError")),
                List.of());

        assertThat(Target.check(results)).singleElement().satisfies(target -> {
            assertThat(target.met()).isFalse();
            assertThat(target.value()).isEqualTo("fails: OutOfMemoryError");
        });
    }

    private static Measurement measured(Contestant contestant, Workload workload, double millis, double allocated) {
        return new Measurement(
                contestant,
                workload,
                Optional.empty(),
                millis,
                Double.NaN,
                1.5 * millis,
                allocated,
                OptionalInt.of(48));
    }

    private static SustainedMeasurement sustained(
            Contestant contestant, int heap, double perSecond, double processorMillis, int lost) {
        return new SustainedMeasurement(
                contestant, Workload.SUSTAINED_1_MB, heap, Optional.empty(), perSecond, processorMillis, 300, lost);
    }
}
