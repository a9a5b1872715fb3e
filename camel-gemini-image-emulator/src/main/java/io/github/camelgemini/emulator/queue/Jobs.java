package io.github.camelgemini.emulator.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All requests that a queue knows of, the latest 100,000 at most. Thread-safe. */
public final class Jobs {

    /** A standalone emulator must not fill its heap. */
    private static final int MOST = 100_000;

    private final Map<String, Job> jobs = new LinkedHashMap<>();

    /** Takes one in. */
    public synchronized void add(Job job) {
        jobs.put(job.id(), job);
        if (jobs.size() > MOST) {
            jobs.remove(jobs.keySet().iterator().next()).discard();
        }
    }

    /** The one of this name. */
    public synchronized Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** All, the latest first. */
    public synchronized List<Job> all() {
        List<Job> all = new ArrayList<>(jobs.values());
        Collections.reverse(all);
        return all;
    }

    /** Forgets one; false when there is none. */
    public synchronized boolean remove(String id) {
        Job job = jobs.remove(id);
        if (job != null) {
            job.discard();
        }
        return job != null;
    }

    /** Forgets all. */
    public synchronized void clear() {
        jobs.values().forEach(Job::discard);
        jobs.clear();
    }
}
