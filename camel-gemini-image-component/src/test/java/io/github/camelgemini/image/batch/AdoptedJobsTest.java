package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which jobs of a list are of somebody else. */
class AdoptedJobsTest {

    private static final Job NAMELESS = Job.of("t1", null, JobState.RUNNING);

    private final Batches batches = new Batches(new InMemoryBatchRepository());
    private final AdoptedJobs adopted = new AdoptedJobs(batches, "own", null);

    private void remember(String jobOfPartAgain) throws Exception {
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            Instant now = Instant.now();
            held.save(Batch.begin("b", "own", null, null)
                    .withPart(1)
                    .submitted("f")
                    .withPartAgain());
            held.save(new BatchPart(1, "b.0001", "d", "f", now, "t0", JobState.EXPIRED, 1, 0, true, false));
            held.save(new BatchPart(2, "b.0002", "d", "f", now, jobOfPartAgain, null, 1, 0, false, true));
        }
    }

    @Test
    void aJobThatMayBeOneWhichAsksAgainIsNotAdopted() throws Exception {
        remember(null);

        assertThat(adopted.adopt(List.of(NAMELESS))).isFalse();

        assertThat(batches.ids()).containsExactly("b");
    }

    @Test
    void aJobOfSomebodyElseIsAdoptedOnce() throws Exception {
        remember("t2");

        assertThat(adopted.adopt(List.of(NAMELESS))).isTrue();
        assertThat(adopted.adopt(List.of(NAMELESS, Job.of("t2", null, JobState.RUNNING))))
                .isFalse();

        assertThat(batches.ids()).containsExactlyInAnyOrder("b", "job-t1");
    }
}
