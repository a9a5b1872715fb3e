package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of repositories that several processes may share. */
abstract class SharedBatchRepositoryContract extends BatchRepositoryContract {

    /** Another repository with the same batches. */
    abstract BatchRepository another() throws Exception;

    @Test
    void anotherSeesTheSame() throws Exception {
        BatchRepository another = another();
        repository.put("products", "first", 0);

        assertThat(another.get("products")).contains(new BatchRepository.Entry("first", 1));
        assertThat(another.batches()).containsExactly("products");
        assertThat(another.put("products", "second", 1)).hasValue(2);

        assertThat(repository.put("products", "late", 1)).isEmpty();
        assertThat(repository.get("products")).contains(new BatchRepository.Entry("second", 2));
        another.remove("products");
        assertThat(repository.get("products")).isEmpty();
    }

    @Test
    void oneOfTwoHolds() throws Exception {
        BatchRepository another = another();
        Optional<BatchRepository.Hold> hold = repository.hold("products");

        assertThat(hold).isPresent();
        assertThat(another.hold("products")).isEmpty();
        try (BatchRepository.Hold other = another.hold("others").orElseThrow()) {
            assertThat(other.lasts()).isTrue();
            assertThat(repository.hold("others")).isEmpty();
        }
        hold.get().close();
        assertThat(another.hold("products")).isPresent();
        assertThat(repository.hold("products")).isEmpty();
    }

    @Test
    void oneOfTwoWinsAtTheSameTime() throws Exception {
        BatchRepository another = another();
        for (int version = 0; version < 10; version++) {
            long known = version;
            int[] turn = {0};
            long winners = atOnce(4, () -> {
                        BatchRepository of;
                        synchronized (turn) {
                            of = turn[0]++ % 2 == 0 ? repository : another;
                        }
                        return of.put("products", "text", known);
                    })
                    .stream()
                    .filter(outcome -> outcome.isPresent())
                    .count();

            assertThat(winners).isOne();
        }
    }
}
