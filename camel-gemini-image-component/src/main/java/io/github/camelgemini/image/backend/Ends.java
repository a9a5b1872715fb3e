package io.github.camelgemini.image.backend;

import java.util.ArrayList;
import java.util.List;

/** The tasks to run when a call is cancelled. Thread-safe. */
public final class Ends {

    private final List<Runnable> ends = new ArrayList<>();
    private boolean came;

    /** Adds a task. Runs it at once if the call is already cancelled. */
    public void add(Runnable end) {
        synchronized (this) {
            if (!came) {
                ends.add(end);
                return;
            }
        }
        end.run();
    }

    /** Forgets all tasks, because they have ended by themselves. */
    public synchronized void forget() {
        ends.clear();
    }

    /** Cancels the call: runs all tasks, and from now on every task that is added. */
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
