package io.github.camelgemini.image.backend;

import java.util.ArrayList;
import java.util.List;

/** What ends with a call that is cancelled. */
public final class Ends {

    private final List<Runnable> ends = new ArrayList<>();
    private boolean came;

    /** Runs at once when the end came before. */
    public void add(Runnable end) {
        synchronized (this) {
            if (!came) {
                ends.add(end);
                return;
            }
        }
        end.run();
    }

    /** What was added has ended by itself. */
    public synchronized void forget() {
        ends.clear();
    }

    /** The call is cancelled; what is added from now on ends at once. */
    public void run() {
        List<Runnable> now;
        synchronized (this) {
            came = true;
            now = List.copyOf(ends);
            ends.clear();
        }
        now.forEach(Runnable::run);
    }

    /** Whether the call was cancelled. */
    public synchronized boolean came() {
        return came;
    }
}
