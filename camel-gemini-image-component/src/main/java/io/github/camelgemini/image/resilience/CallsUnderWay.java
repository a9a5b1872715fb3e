package io.github.camelgemini.image.resilience;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls in flight of a component, which end when the component stops. */
public final class CallsUnderWay {

    private final Set<Attempts<?>> attempts = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** Registers a call; it must be removed when it ends. */
    void add(Attempts<?> begun) {
        attempts.add(begun);
        // Checked after it was added: either the stop sees the call, or the call sees the stop.
        if (stopped) {
            begun.stopped();
        }
    }

    void remove(Attempts<?> over) {
        attempts.remove(over);
    }

    /** Fails all calls in flight, and all that begin later. */
    public void stop() {
        stopped = true;
        List.copyOf(attempts).forEach(Attempts::stopped);
    }
}
