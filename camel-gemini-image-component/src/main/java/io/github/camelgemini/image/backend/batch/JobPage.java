package io.github.camelgemini.image.backend.batch;

import java.util.List;

/**
 * A part of a list of jobs.
 *
 * @param jobs the newest first
 * @param next cursor of the page after this one; null for the last
 */
public record JobPage(List<Job> jobs, String next) {

    /** Copies the list. */
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
