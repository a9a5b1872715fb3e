package io.github.camelgemini.image;

import io.github.camelgemini.emulator.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A fault of batches, with the expected outcome at each service. */
final class BatchMatrixRow {

    /** When a fault happens. */
    enum Place {
        SUBMITTED("Batches: submission", "The message"),
        DRAWN("Batches: results of jobs", "What comes"),
        FETCHED("Batches: download of results", "While it lasts"),
        TOLD("Batches: webhook calls", "What comes");

        final String title;
        final String outcome;

        Place(String title, String outcome) {
            this.title = title;
            this.outcome = outcome;
        }
    }

    private final Place place;
    private final String title;
    private final List<Fault> faults;
    private final Map<BatchMatrixService, BatchMatrixOutcome> expected = new EnumMap<>(BatchMatrixService.class);
    private String options = "";
    private String bringing = "";
    private BatchMatrixRun.Step step = run -> {};

    private BatchMatrixRow(Place place, String title, List<Fault> faults) {
        this.place = place;
        this.title = title;
        this.faults = faults;
    }

    static BatchMatrixRow of(Place place, String title, Fault... faults) {
        return new BatchMatrixRow(place, title, List.of(faults));
    }

    /** @param submitting options of {@code batch} while the fault lasts */
    BatchMatrixRow with(String submitting) {
        options = submitting;
        return this;
    }

    /** @param bringing options of the consumer */
    BatchMatrixRow bringing(String bringing) {
        this.bringing = bringing;
        return this;
    }

    /** What happens after the submission. */
    BatchMatrixRow then(BatchMatrixRun.Step step) {
        this.step = step;
        return this;
    }

    /** What is expected at these services; at all of them unless one is named. */
    BatchMatrixRow gives(BatchMatrixOutcome outcome, BatchMatrixService... services) {
        for (BatchMatrixService service : services.length == 0 ? BatchMatrixService.values() : services) {
            expected.put(service, outcome);
        }
        return this;
    }

    Place place() {
        return place;
    }

    List<Fault> faults() {
        return faults;
    }

    String options() {
        return options;
    }

    String bringing() {
        return bringing;
    }

    BatchMatrixRun.Step step() {
        return step;
    }

    Map<BatchMatrixService, BatchMatrixOutcome> expected() {
        return expected;
    }

    @Override
    public String toString() {
        return title;
    }
}
