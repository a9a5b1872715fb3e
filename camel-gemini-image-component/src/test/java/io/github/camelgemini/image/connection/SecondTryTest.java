package io.github.camelgemini.image.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a picture of an answer is asked for again. */
class SecondTryTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    private CompletableFuture<GeneratedImage> notThere(String uri, PictureFetch.By by) {
        asked.incrementAndGet();
        return CompletableFuture.failedFuture(new ReferenceImageException("HTTP 404"));
    }

    @Test
    void cancelledWaitAsksNobody() {
        CompletableFuture<GeneratedImage> picture =
                new SecondTry(this::notThere, timer).fetch("http://a", PictureFetch.By.SERVICE);
        assertThat(timer.getQueue()).hasSize(1);

        picture.cancel(true);

        assertThat(timer.getQueue())
                .allSatisfy(wait -> assertThat(((Future<?>) wait).isCancelled()).isTrue());
        assertThat(asked).hasValue(1);
    }

    @Test
    void pictureThatDoesNotComeTwiceIsNotToBeHad() {
        CompletableFuture<GeneratedImage> picture =
                new SecondTry(this::notThere, timer).fetch("http://a", PictureFetch.By.SERVICE);

        assertThatThrownBy(picture::join).hasMessageContaining("HTTP 404");
        assertThat(asked).hasValue(2);
    }

    @Test
    void addressThatIsRefusedIsNotWaitedFor() {
        PictureFetch refusing = (uri, by) -> {
            throw new ReferenceImageException("has no public address");
        };

        CompletableFuture<GeneratedImage> picture =
                new SecondTry(refusing, timer).fetch("http://a", PictureFetch.By.MODEL);

        assertThat(picture).isCompletedExceptionally();
        assertThat(timer.getQueue()).isEmpty();
    }
}
