package io.github.camelgemini.benchmarks;

import io.github.camelgemini.emulator.Fault;
import java.time.Duration;

/** A task for every client: the size of the picture, and what is sent with the prompt. */
public enum Workload {
    TINY("tiny picture, one after the other", 0, 0, Duration.ZERO),
    RECEIVE_800_KB("receive 0.8 MB", 800_000, 0, Duration.ZERO),
    RECEIVE_3_MB("receive 3 MB", 3_000_000, 0, Duration.ZERO),
    RECEIVE_7_MB("receive 7 MB", 7_000_000, 0, Duration.ZERO),
    RECEIVE_20_MB("receive 20 MB", 20_000_000, 0, Duration.ZERO),
    RECEIVE_100_MB("receive 100 MB", 100_000_000, 0, Duration.ZERO),
    SEND_1_REFERENCE("send 1 reference of 7 MB", 0, 1, Duration.ZERO),
    SEND_14_REFERENCES("send 14 references of 7 MB", 0, 14, Duration.ZERO),
    IN_FLIGHT_256("256 calls of 500 ms at once", 0, 0, Duration.ofMillis(500), 256, 256),
    SUSTAINED_1_MB("2,000 pictures of 1 MB, 32 calls in flight", 1_000_000, 0, Duration.ZERO, 2_000, 32),
    SUSTAINED_6_MB("400 pictures of 6 MB, 32 calls in flight", 6_000_000, 0, Duration.ZERO, 400, 32);

    /** The size of one reference image, in bytes. */
    static final int REFERENCE_LENGTH = 7_000_000;

    private final String title;
    private final int received;
    private final int references;
    private final Duration delay;
    private final int calls;
    private final int inFlight;

    Workload(String title, int received, int references, Duration delay) {
        this(title, received, references, delay, 1, 1);
    }

    Workload(String title, int received, int references, Duration delay, int calls, int inFlight) {
        this.title = title;
        this.received = received;
        this.references = references;
        this.delay = delay;
        this.calls = calls;
        this.inFlight = inFlight;
    }

    String title() {
        return title;
    }

    /** Tells the emulator which workload a request belongs to. */
    String prompt() {
        return "A camel for " + name();
    }

    /** The emulator's answer to {@link #prompt()}. */
    Fault answer() {
        return Fault.pixels(16, 16).and(Fault.pictureBytes(received)).and(Fault.delay(delay));
    }

    int references() {
        return references;
    }

    /** For 14 references of 7 MB: the Developer API accepts 100 MB in a request, Vertex AI 500 MB. */
    boolean needsVertexAi() {
        return references > 1;
    }

    /** The number of calls in one operation. */
    int calls() {
        return calls;
    }

    /** The number of concurrent calls. */
    int inFlight() {
        return inFlight;
    }

    /** Whether it measures a JVM in the long run, see {@link SustainedWork}, and not single operations. */
    boolean sustained() {
        return calls > inFlight;
    }

    /** The size of one received picture, in bytes. */
    int received() {
        return received;
    }

    /** The bytes of pictures that one operation transfers; 0 if that is not measured. */
    long pictureBytes() {
        return received + (long) references * REFERENCE_LENGTH;
    }
}
