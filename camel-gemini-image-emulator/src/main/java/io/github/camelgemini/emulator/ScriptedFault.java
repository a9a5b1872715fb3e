package io.github.camelgemini.emulator;

/** A fault that waits for its requests. Thread-safe. */
public final class ScriptedFault {

    /** What {@link #left()} gives for a fault that is never used up. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    private final RequestMatcher matcher;
    private final Fault fault;
    private int left;
    private int skipped;
    private int served;

    ScriptedFault(RequestMatcher matcher, int times, Fault fault) {
        this.matcher = matcher;
        this.left = times;
        this.fault = fault;
    }

    /**
     * Sets for how many requests, from now on, the fault is there.
     *
     * @param requests at least 0, or {@link #ALWAYS}
     */
    public synchronized ScriptedFault times(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException(
                    "The number of requests with the fault must not be negative, but is " + requests);
        }
        left = requests;
        return this;
    }

    /**
     * Sets how many matching requests, from now on, go by as if the fault were not there; for what begins in the middle
     * of a run, such as the end of a model. They are not counted by {@link #times(int)}.
     *
     * @param requests at least 0
     */
    public synchronized ScriptedFault after(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException(
                    "The number of requests before the fault must not be negative, but is " + requests);
        }
        skipped = requests;
        return this;
    }

    /** For how many requests it is still there. */
    public synchronized int left() {
        return left;
    }

    /** How many requests it was used for. */
    public synchronized int served() {
        return served;
    }

    /** What happens. */
    public Fault fault() {
        return fault;
    }

    synchronized boolean takes(ReceivedRequest request) {
        if (left == 0 || !matcher.matches(request)) {
            return false;
        }
        if (skipped > 0) {
            skipped--;
            return false;
        }
        if (left != ALWAYS) {
            left--;
        }
        served++;
        return true;
    }
}
