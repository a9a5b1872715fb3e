package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Test;

/** The contract of batch repositories that store delivered results. */
interface DeliveredContract {

    BatchRepository repository();

    private IdempotentRepository delivered() {
        return repository().delivered().orElseThrow();
    }

    @Test
    default void aResultIsDeliveredOnce() throws IOException {
        repository().put("products", "{}", 0);

        assertThat(delivered().contains("products/p-1")).isFalse();
        assertThat(delivered().add("products/p-1")).isTrue();
        assertThat(delivered().contains("products/p-1")).isTrue();
        assertThat(delivered().add("products/p-1")).isFalse();
        assertThat(delivered().confirm("products/p-1")).isTrue();
        assertThat(delivered().contains("products/p-10")).isFalse();
        assertThat(delivered().contains("Products/p-1")).isFalse();
    }

    @Test
    default void aResultCanBeTakenBack() throws IOException {
        repository().put("products", "{}", 0);
        delivered().add("products/p-1");

        assertThat(delivered().remove("products/p-1")).isTrue();
        assertThat(delivered().remove("products/p-1")).isFalse();
        assertThat(delivered().contains("products/p-1")).isFalse();
        assertThat(delivered().add("products/p-1")).isTrue();
    }

    @Test
    default void noResultIsForgottenForOthers() throws IOException {
        repository().put("products", "{}", 0);
        IntStream.range(0, 3_000).forEach(number -> delivered().add("products/" + number));

        assertThat(IntStream.range(0, 3_000)).allMatch(number -> delivered().contains("products/" + number));
        assertThat(delivered().contains("products/3000")).isFalse();
    }

    @Test
    default void anyKeyIsKept() throws IOException {
        repository().put("products", "{}", 0);
        List<String> keys = List.of(
                "products/",
                "products/a/b",
                "products/a\nb",
                "products/a\\nb",
                "products/a\\",
                "products/a\rb",
                "products/Größe 图片 \uD83D\uDDBC",
                "products/" + "x".repeat(5_000),
                "none-of-a-batch",
                "batches/7f3a/p-1",
                "unknown/p-1",
                "/",
                "");
        keys.forEach(delivered()::add);
        reopen();

        assertThat(keys).allMatch(delivered()::contains);
        assertThat(delivered().contains("products/a")).isFalse();
    }

    @Test
    default void resultsGoWithTheirBatch() throws IOException {
        repository().put("products", "{}", 0);
        repository().put("others", "{}", 0);
        delivered().add("products/p-1");
        delivered().add("others/p-1");

        repository().remove("products");

        assertThat(delivered().contains("products/p-1")).isFalse();
        assertThat(delivered().contains("others/p-1")).isTrue();
        repository().put("products", "{}", 0);
        assertThat(delivered().contains("products/p-1")).isFalse();
        assertThat(delivered().add("products/p-1")).isTrue();
    }

    @Test
    default void allCanBeForgotten() throws IOException {
        repository().put("products", "{}", 0);
        delivered().add("products/p-1");
        delivered().add("unknown/p-1");

        delivered().clear();

        assertThat(delivered().contains("products/p-1")).isFalse();
        assertThat(delivered().contains("unknown/p-1")).isFalse();
    }

    /** Drops what is in the heap only, if it is also stored elsewhere. */
    void reopen() throws IOException;
}
