package io.github.camelgemini.image.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KnownJobsTest {

    private final KnownJobs known = new KnownJobs();

    private static Job job(String id) {
        return Job.of(id, null, JobState.RUNNING);
    }

    @Test
    void jobOfAnAnswerIsNotTakenByWhoWaitedForThatAnswer() {
        CompletableFuture<Job> answer = new CompletableFuture<>();
        known.submit("first", "cat", () -> answer);

        CompletableFuture<Optional<Job>> taken = known.take(List.of(job("1")), "cat", "second");

        assertThat(taken).isNotDone();
        answer.complete(job("1"));
        assertThat(taken.join()).isEmpty();
    }

    @Test
    void submissionIsKnownBeforeItIsSent() {
        List<CompletableFuture<Optional<Job>>> taken = new ArrayList<>();
        CompletableFuture<Job> answer = new CompletableFuture<>();

        known.submit("first", "cat", () -> {
            taken.add(known.take(List.of(job("1")), "cat", "second"));
            return answer;
        });

        answer.complete(job("1"));
        assertThat(taken.get(0).join()).isEmpty();
    }

    @Test
    void submissionThatCouldNotBeSentIsNotWaitedFor() {
        CompletableFuture<Job> failed = known.submit("first", "cat", () -> {
            throw new IllegalStateException("no");
        });

        assertThat(failed).isCompletedExceptionally();
        assertThat(known.take(List.of(job("1")), "cat", "second").join()).contains(job("1"));
    }

    @Test
    void eachLostSubmissionTakesAJobOfItsOwnAndTheSameAgain() {
        List<Job> jobs = List.of(job("2"), job("1"));

        Optional<Job> first = known.take(jobs, "cat", "first").join();
        Optional<Job> second = known.take(jobs, "cat", "second").join();

        assertThat(first).contains(job("1"));
        assertThat(second).contains(job("2"));
        assertThat(known.take(jobs, "cat", "first").join()).isEqualTo(first);
        assertThat(known.take(jobs, "cat", "third").join()).isEmpty();
    }
}
