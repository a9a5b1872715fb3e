package io.github.camelgemini.image.backend.anyfast;

import java.util.ArrayList;
import java.util.List;

/** What ends with a call that is cancelled. */
final class Ends {

    private final List<Runnable> ends = new ArrayList<>();
    private boolean came;

    /** Runs at once when the end came before. */
    void add(Runnable end) {
        synchronized (this) {
            if (!came) {
                ends.add(end);
                return;
            }
        }
        end.run();
    }

    void run() {
        List<Runnable> now;
        synchronized (this) {
            came = true;
            now = List.copyOf(ends);
            ends.clear();
        }
        now.forEach(Runnable::run);
    }

    synchronized boolean came() {
        return came;
    }
}
