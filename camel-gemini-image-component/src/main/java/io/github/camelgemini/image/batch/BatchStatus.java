package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.util.List;

/**
 * The state of a batch.
 *
 * @param id of the batch
 * @param state over all its jobs: done when all are done, and succeeded when all succeeded
 * @param requests number of requests; -1 if not known
 * @param succeeded number of requests that succeeded; -1 when the service does not say
 * @param failed number of requests that failed; -1 when the service does not say
 * @param jobs of the batch
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
