package io.github.camelgemini.emulator.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All requests of a queue, at most the latest 100,000. Thread-safe. */
public final class Jobs {

    /** A standalone emulator must not fill its heap. */
    private static final int MOST = 100_000;

    private final Map<String, Job> jobs = new LinkedHashMap<>();

    /** Adds a request. */
    public synchronized void add(Job job) {
        jobs.put(job.id(), job);
        if (jobs.size() > MOST) {
            jobs.remove(jobs.keySet().iterator().next()).discard();
        }
    }

    /** Finds a request by its id. */
    public synchronized Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** All requests, the latest first. */
    public synchronized List<Job> all() {
        List<Job> all = new ArrayList<>(jobs.values());
        Collections.reverse(all);
        return all;
    }

    /** Removes a request; false when there is none. */
    public synchronized boolean remove(String id) {
        Job job = jobs.remove(id);
        if (job != null) {
            job.discard();
        }
        return job != null;
    }

    /** Removes all requests. */
    public synchronized void clear() {
        jobs.values().forEach(Job::discard);
        jobs.clear();
    }
}
