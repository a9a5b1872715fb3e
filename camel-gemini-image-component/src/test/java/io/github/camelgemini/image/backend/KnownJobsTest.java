package io.github.camelgemini.image.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownJobsTest {

    private final KnownJobs known = new KnownJobs();

    private static Job job(String id) {
        return Job.of(id, null, JobState.RUNNING);
    }

    private static KnownJobs.Listed listed(String... ids) {
        return new KnownJobs.Listed(Stream.of(ids).map(KnownJobsTest::job).toList(), List.of(), true);
    }

    private CompletableFuture<Optional<Job>> take(KnownJobs.Listed listed, String name) {
        return known.take(listed, new ImageBatches.Mark(name, "cat", Instant.EPOCH, Set.of("others")), "Sketch");
    }

    @Test
    void jobOfAnAnswerIsNotTakenByWhoWaitedForThatAnswer() {
        CompletableFuture<Job> answer = new CompletableFuture<>();
        known.submit("first", "cat", () -> answer);

        CompletableFuture<Optional<Job>> taken = take(listed("1"), "second");

        assertThat(taken).isNotDone();
        answer.complete(job("1"));
        assertThat(taken.join()).isEmpty();
    }

    @Test
    void submissionIsKnownBeforeItIsSent() {
        List<CompletableFuture<Optional<Job>>> taken = new ArrayList<>();
        CompletableFuture<Job> answer = new CompletableFuture<>();

        known.submit("first", "cat", () -> {
            taken.add(take(listed("1"), "second"));
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
        assertThat(take(listed("1"), "second").join()).contains(job("1"));
    }

    @Test
    void eachLostSubmissionTakesAJobOfItsOwnAndTheSameAgain() {
        KnownJobs.Listed jobs = listed("2", "1");

        Optional<Job> first = take(jobs, "first").join();
        Optional<Job> second = take(jobs, "second").join();

        assertThat(first).contains(job("1"));
        assertThat(second).contains(job("2"));
        assertThat(take(jobs, "first").join()).isEqualTo(first);
        assertThat(take(jobs, "third").join()).isEmpty();
    }

    @Test
    void listThatDoesNotTellIsNoProofThatThereIsNone() {
        known.submit("first", "dog", () -> CompletableFuture.completedFuture(job("1")));

        assertThat(take(new KnownJobs.Listed(List.of(), List.of("1", "others"), true), "second")
                        .join())
                .isEmpty();
        for (KnownJobs.Listed listed : List.of(
                new KnownJobs.Listed(List.of(), List.of("1", "2"), true),
                new KnownJobs.Listed(List.of(), List.of(), false))) {
            assertThat(take(listed, "second"))
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ServiceUnavailableException.class);
        }
    }
}
