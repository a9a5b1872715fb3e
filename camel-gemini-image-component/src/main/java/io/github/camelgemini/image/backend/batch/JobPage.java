package io.github.camelgemini.image.backend.batch;

import java.util.List;

/**
 * A page of the list of jobs.
 *
 * @param jobs the newest first
 * @param next cursor of the next page; null after the last
 */
public record JobPage(List<Job> jobs, String next) {

    /** Copies the list. */
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
