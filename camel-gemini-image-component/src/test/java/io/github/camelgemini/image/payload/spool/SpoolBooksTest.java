package io.github.camelgemini.image.payload.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpoolBooksTest {

    @Test
    void aCollectionIsAskedForAboveTheLimitAndNotAgainBeforeHalfOfItWasAdded() {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong clock = new AtomicLong();
        SpoolBooks books = new SpoolBooks(100, asked::incrementAndGet, () -> clock.addAndGet(1_000_000_000));

        books.grown(100);
        assertThat(asked).hasValue(0);

        books.grown(1);
        assertThat(asked).hasValue(1);

        books.grown(49);
        assertThat(asked).hasValue(1);

        books.grown(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void collectionsAreAskedForFourTimesASecondAtMost() {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong clock = new AtomicLong();
        SpoolBooks books = new SpoolBooks(10, asked::incrementAndGet, () -> clock.addAndGet(1_000_000));

        for (int millis = 0; millis < 1_000; millis++) {
            books.grown(11);
        }

        assertThat(asked).hasValue(4);
    }

    @Test
    void withoutALimitNothingIsAskedFor() {
        AtomicInteger asked = new AtomicInteger();

        new SpoolBooks(0, asked::incrementAndGet, System::nanoTime).grown(1L << 40);

        assertThat(asked).hasValue(0);
    }
}
