package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.result.ImageResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What the component lends to any service. */
class LentMeansTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    private Path folder;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<ImageResult> drawn = new CompletableFuture<>();
    private final OwnService painter = new OwnService(new OwnBackend(request -> {
        asked.countDown();
        return drawn;
    }));

    @BeforeEach
    void bindThePainter() {
        routes.context().getRegistry().bind("painter", painter);
    }

    private ServiceMeans means(String options) {
        fail();
        routes.failure("gemini-image:generate?service=#painter&" + options, "a cat", Map.of(), NoImageException.class);
        return painter.means();
    }

    private void fail() {
        drawn.completeExceptionally(new NoImageException("none", null, null, null, ProviderError.NONE));
    }

    @Test
    void threadsOfTheComponentHaveTheMdcOfWhoBegins() {
        ServiceMeans means = means("model=m");
        CompletableFuture<String> seen = new CompletableFuture<>();
        MDC.put("camel.breadcrumbId", "b-1");
        try {
            means.workers()
                    .execute(() ->
                            seen.complete(Thread.currentThread().getName() + " " + MDC.get("camel.breadcrumbId")));
        } finally {
            MDC.remove("camel.breadcrumbId");
        }

        assertThat(seen.join()).contains("GeminiImage").endsWith(" b-1");
    }

    @Test
    void storeIsThatOfTheOptions() throws Exception {
        ServiceMeans means = means("spoolThreshold=0&spoolDirectory=RAW(" + folder + ")");

        try (PayloadStore.Writer writer = means.store().newWriter()) {
            writer.write(new byte[1000]);
            writer.finish();
        }

        assertThat(folder)
                .isDirectoryRecursivelyContaining(path -> path.toFile().length() == 1000);
    }

    @Test
    void picturesAreFetchedBehindTheGuard() {
        ServiceMeans means = means("model=m");

        assertThat(means.pictures().fetch("http://127.0.0.1:1/picture.png", PictureFetch.By.MODEL))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("is not fetched");
    }

    @Test
    void callsAreLimited() throws Exception {
        String uri = "gemini-image:generate?service=#painter&maxConcurrentRequests=1&maxQueued=0";
        CompletableFuture<Exchange> first = routes.context()
                .createProducerTemplate()
                .asyncSend(uri, exchange -> exchange.getMessage().setBody("a cat"));
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        Exchange second = routes.send(uri, "a cat");

        assertThat(second.getException()).hasMessageContaining("maxQueued");
        fail();
        assertThat(first.join().getException()).isInstanceOf(NoImageException.class);
    }
}
