package io.github.camelgemini.emulator;

/** A fault that was scripted for requests. Thread-safe. */
public final class ScriptedFault {

    /** The value of {@link #left()} for a fault that is never used up. */
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
     * Sets how many requests, from now on, have the fault.
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
     * Sets how many matching requests, from now on, are answered without the fault. For faults that begin during a run.
     * {@link #times(int)} does not count these requests.
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

    /** For how many more requests the fault applies. */
    public synchronized int left() {
        return left;
    }

    /** For how many requests the fault was used. */
    public synchronized int served() {
        return served;
    }

    /** The fault. */
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
