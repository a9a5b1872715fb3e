package io.github.camelgemini.image.resilience;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All that is asked of the backends of a component, so that none of it is left behind when that stops. */
public final class CallsUnderWay {

    private final Set<Attempts<?>> attempts = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** To be taken out again when it is over. */
    void add(Attempts<?> begun) {
        attempts.add(begun);
        // After it was added: who stops either sees it there, or is seen here.
        if (stopped) {
            begun.stopped();
        }
    }

    void remove(Attempts<?> over) {
        attempts.remove(over);
    }

    /** Fails what is under way, and whatever comes after that. */
    public void stop() {
        stopped = true;
        List.copyOf(attempts).forEach(Attempts::stopped);
    }
}
