package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every batch repository. */
abstract class BatchRepositoryContract {

    BatchRepository repository;

    /** Opens an empty repository. */
    abstract BatchRepository open() throws Exception;

    @BeforeEach
    final void openRepository() throws Exception {
        repository = open();
    }

    @Test
    void aTextIsKeptUnderVersionsThatCountUp() throws IOException {
        assertThat(repository.get("products")).isEmpty();

        assertThat(repository.put("products", "{\"stage\":\"SUBMITTING\"}", 0)).hasValue(1);
        assertThat(repository.get("products")).contains(new BatchRepository.Entry("{\"stage\":\"SUBMITTING\"}", 1));

        assertThat(repository.put("products", "{}", 1)).hasValue(2);
        assertThat(repository.put("products", "", 2)).hasValue(3);
        assertThat(repository.get("products")).contains(new BatchRepository.Entry("", 3));
    }

    @Test
    void aTextThatSomebodyElseChangedIsNotReplaced() throws IOException {
        repository.put("products", "first", 0);
        repository.put("products", "second", 1);

        assertThat(repository.put("products", "of one who knows of none", 0)).isEmpty();
        assertThat(repository.put("products", "of one who knows the first", 1)).isEmpty();
        assertThat(repository.put("products", "of the future", 7)).isEmpty();
        assertThat(repository.put("others", "of one who knows one that is gone", 1))
                .isEmpty();

        assertThat(repository.get("products")).contains(new BatchRepository.Entry("second", 2));
        assertThat(repository.get("others")).isEmpty();
    }

    @Test
    void oneOfSeveralAtTheSameTimeWins() throws Exception {
        for (int version = 0; version < 10; version++) {
            long known = version;
            List<OptionalLong> outcomes = atOnce(6, () -> repository.put("products", "text", known));

            assertThat(outcomes).filteredOn(OptionalLong::isPresent).containsExactly(OptionalLong.of(known + 1));
        }
    }

    @Test
    void oneOfSeveralAtTheSameTimeHolds() throws Exception {
        List<BatchRepository.Hold> holds = new ArrayList<>();
        atOnce(6, () -> repository.hold("products")).forEach(outcome -> outcome.ifPresent(holds::add));

        assertThat(holds).hasSize(1);
    }

    static <T> List<T> atOnce(int number, Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            List<T> outcomes = new ArrayList<>();
            List<Callable<T>> calls = new ArrayList<>();
            for (int at = 0; at < number; at++) {
                calls.add(call);
            }
            for (Future<T> outcome : threads.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void onlyBatchesAreListed() throws IOException {
        repository.put("products", "{}", 0);
        repository.put("products#0001", "{}", 0);
        repository.put("products#0001.0001", "{}", 0);
        repository.put("only-a-part#0001", "{}", 0);
        repository.hold("only-held");

        assertThat(repository.batches()).containsExactly("products");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "a",
                "A",
                "con",
                "NUL.txt",
                "ends.with.dots..",
                "a-b_c.d",
                "012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
                "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ",
                "batch",
                "delivered",
                "hold"
            })
    void everyIdIsUnderstood(String id) throws IOException {
        repository.put(id, "the batch", 0);
        repository.put(id + "#0001", "a part", 0);

        assertThat(repository.get(id).orElseThrow().text()).isEqualTo("the batch");
        assertThat(repository.get(id + "#0001").orElseThrow().text()).isEqualTo("a part");
        assertThat(repository.batches()).containsExactly(id);
        BatchRepository.Hold hold = repository.hold(id).orElseThrow();
        assertThat(repository.hold(id)).isEmpty();
        hold.close();
        repository.remove(id);
        assertThat(repository.batches()).isEmpty();
    }

    @Test
    void jobsOfAServiceAreHeldToo() throws IOException {
        BatchRepository.Hold hold = repository.hold("batches/7f3a+=:ä").orElseThrow();

        assertThat(repository.hold("batches/7f3a+=:ä")).isEmpty();
        hold.close();
        assertThat(repository.hold("batches/7f3a+=:ä")).isPresent();
        assertThat(repository.batches()).isEmpty();
    }

    @Test
    void idsThatDifferInCapitalsOnlyAreDifferent() throws IOException {
        repository.put("products", "small", 0);
        repository.put("Products", "capital", 0);

        assertThat(repository.get("products").orElseThrow().text()).isEqualTo("small");
        assertThat(repository.get("Products").orElseThrow().text()).isEqualTo("capital");
        assertThat(repository.batches()).containsExactlyInAnyOrder("products", "Products");
    }

    @Test
    void anyTextIsKept() throws IOException {
        String text = "{\"key\": \"Größe 图片 \uD83D\uDDBC\", \"lines\": \"a\r\nb\n\"}\n" + "x".repeat(300_000) + "\n\n";

        repository.put("products#0001.0001", text, 0);

        assertThat(repository.get("products#0001.0001").orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void whatBelongsToABatchGoesWithItAndNothingElse() throws IOException {
        for (String id : List.of("a", "a#0001", "a#0001.0001", "a.b", "a.b#0001", "ab", "ab#0001", "A", "A#0001")) {
            repository.put(id, "text", 0);
        }

        repository.remove("a");

        assertThat(repository.get("a")).isEmpty();
        assertThat(repository.get("a#0001")).isEmpty();
        assertThat(repository.get("a#0001.0001")).isEmpty();
        assertThat(repository.batches()).containsExactlyInAnyOrder("a.b", "ab", "A");
        assertThat(repository.get("a.b#0001")).isPresent();
        assertThat(repository.get("ab#0001")).isPresent();
        assertThat(repository.get("A#0001")).isPresent();
        assertThat(repository.put("a", "another", 0)).hasValue(1);
    }

    @Test
    void aPartCanBeForgottenAlone() throws IOException {
        repository.put("products", "batch", 0);
        repository.put("products#0001", "part", 0);

        repository.remove("products#0001");
        repository.remove("products#0001");
        repository.remove("none");
        repository.remove("none#0001");

        assertThat(repository.get("products#0001")).isEmpty();
        assertThat(repository.get("products")).isPresent();
        assertThat(repository.put("products#0001", "again", 0)).hasValue(1);
    }

    @Test
    void aBatchIsHeldByOneUntilHeEnds() throws IOException {
        BatchRepository.Hold hold = repository.hold("products").orElseThrow();

        assertThat(hold.lasts()).isTrue();
        assertThat(repository.hold("products")).isEmpty();
        BatchRepository.Hold other = repository.hold("others").orElseThrow();

        hold.close();
        assertThat(hold.lasts()).isFalse();
        assertThat(other.lasts()).isTrue();
        BatchRepository.Hold next = repository.hold("products").orElseThrow();

        // Whoever ended ends nothing of those after him.
        hold.close();
        assertThat(next.lasts()).isTrue();
        assertThat(repository.hold("products")).isEmpty();
        next.close();
        other.close();
        assertThat(repository.hold("products")).isPresent();
    }

    @Test
    void aBatchIsHeldAgainAfterItWasForgotten() throws IOException {
        repository.put("products", "batch", 0);
        try (BatchRepository.Hold hold = repository.hold("products").orElseThrow()) {
            assertThat(hold.lasts()).isTrue();
            repository.remove("products");
        }

        assertThat(repository.hold("products")).isPresent();
        assertThat(repository.batches()).isEmpty();
    }
}
