package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.util.List;

/**
 * How a batch stands.
 *
 * @param id of the batch
 * @param state of all its jobs together: done when all are, and succeeded when all have
 * @param requests that it has; -1 when nobody knows
 * @param succeeded of these, as far as the service says; -1 when it does not
 * @param failed of these, likewise
 * @param jobs that it is made of
 */
public record BatchStatus(String id, JobState state, long requests, long succeeded, long failed, List<Job> jobs) {

    /** Copies the list. */
    public BatchStatus {
        jobs = List.copyOf(jobs);
    }

    static BatchStatus of(String id, long requests, List<Job> jobs) {
        return new BatchStatus(
                id,
                state(jobs.stream().map(Job::state).toList()),
                requests,
                sum(jobs.stream().map(Job::succeeded).toList()),
                sum(jobs.stream().map(Job::failed).toList()),
                jobs);
    }

    private static JobState state(List<JobState> states) {
        if (states.isEmpty() || states.stream().allMatch(JobState.PENDING::equals)) {
            return JobState.PENDING;
        }
        if (!states.stream().allMatch(JobState::isDone)) {
            return JobState.RUNNING;
        }
        return states.stream()
                .filter(state -> state != JobState.SUCCEEDED)
                .findFirst()
                .orElse(JobState.SUCCEEDED);
    }

    private static long sum(List<Long> counts) {
        return counts.isEmpty() || counts.contains(-1L)
                ? -1
                : counts.stream().mapToLong(Long::longValue).sum();
    }
}
