package io.github.camelgemini.image.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StepsTest {

    @Test
    void stepThatIsUnderWayEndsWithTheWhole() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Integer> whole = Steps.apply(Steps.apply(first, number -> number + 1), number -> number * 2);

        whole.cancel(true);

        assertThat(first).isCancelled();
    }
}
