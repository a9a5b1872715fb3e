package io.github.camelgemini.image;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.error.GeminiImageException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A fault of the fault matrix, with the expected outcome of each call. */
final class MatrixRow {

    /** Where a fault happens. */
    enum Place {
        REFUSALS("Errors of the API, and of proxies in front of it"),
        CONNECTIONS("Connections"),
        ANSWERS("Unusable answers with status 200"),
        SIZES("Huge answers, in a heap of 64 MB"),
        ANYFAST("AnyFast", MatrixService.ANYFAST),
        AIMLAPI("AI/ML API, which has neither conversations nor streams", MatrixService.AIMLAPI),
        INFERENCESH("inference.sh, when a task is submitted", MatrixService.INFERENCESH),
        GMI("GMI Cloud, when a request is submitted", MatrixService.GMI);

        final String title;
        final MatrixService service;

        Place(String title) {
            this(title, MatrixService.GOOGLE);
        }

        Place(String title, MatrixService service) {
            this.title = title;
            this.service = service;
        }
    }

    /**
     * The expected outcome of a call.
     *
     * @param failure the exception during the fault, or {@link MatrixOutcome#PICTURE}
     * @param retried whether another call is made
     * @param says part of the message of the exception
     */
    record Expected(String failure, boolean retried, String says) {

        boolean isPicture() {
            return failure.equals(MatrixOutcome.PICTURE);
        }
    }

    /** A small picture, and no waiting for it in a queue. */
    static final Fault FAST = Fault.pixels(16, 16).and(Fault.takes(Duration.ofMillis(20)));

    private final Place place;
    private final String title;
    private final Fault fault;
    private final String json;
    private final Map<MatrixCall, Expected> expected = new EnumMap<>(MatrixCall.class);
    private String options = "";
    private String patientOptions = "";

    private MatrixRow(Place place, String title, Fault fault, String json) {
        this.place = place;
        this.title = title;
        this.fault = fault;
        this.json = json;
    }

    /** A fault of the emulator. */
    static MatrixRow of(Place place, String title, Fault... faults) {
        Fault all = FAST;
        for (Fault fault : faults) {
            all = all.and(fault);
        }
        return new MatrixRow(place, title, all, null);
    }

    /** Another server than the emulator, which is there or is not. */
    static MatrixRow elsewhere(Place place, String title, String options) {
        MatrixRow row = new MatrixRow(place, title, null, null);
        row.options = options;
        return row;
    }

    /** A fault of the emulator in a process of its own, as its HTTP path understands it, with ' for ". */
    static MatrixRow inASmallHeap(String title, String json) {
        return new MatrixRow(Place.SIZES, title, null, json);
    }

    MatrixRow fails(Class<? extends GeminiImageException> failure, String says) {
        return all(new Expected(failure.getSimpleName(), false, says));
    }

    MatrixRow failsAfterARetry(Class<? extends GeminiImageException> failure, String says) {
        return all(new Expected(failure.getSimpleName(), true, says));
    }

    MatrixRow isAPicture() {
        return all(new Expected(MatrixOutcome.PICTURE, false, ""));
    }

    private MatrixRow all(Expected what) {
        for (MatrixCall call : place.service.calls()) {
            expected.put(call, what);
        }
        return this;
    }

    MatrixRow butAPictureFor(MatrixCall call) {
        expected.put(call, new Expected(MatrixOutcome.PICTURE, false, ""));
        return this;
    }

    MatrixRow onlyFor(MatrixCall call) {
        expected.keySet().removeIf(other -> other != call);
        return this;
    }

    /**
     * @param lasting options of the endpoint while the fault lasts
     * @param once options where it passes, with limits that a slow machine keeps too
     */
    MatrixRow with(String lasting, String once) {
        options = lasting;
        patientOptions = once;
        return this;
    }

    Place place() {
        return place;
    }

    MatrixService service() {
        return place.service;
    }

    Fault fault() {
        return fault;
    }

    String json() {
        return json;
    }

    Map<MatrixCall, Expected> expected() {
        return expected;
    }

    String options() {
        return options;
    }

    String patientOptions() {
        return patientOptions;
    }

    @Override
    public String toString() {
        return title;
    }
}
