package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What uploads keep, and those whose executor has no thread for them. */
@Timeout(60)
class ReferenceUploadsTest {

    private final GeminiEmulator emulator = GeminiEmulator.builder().start();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final OkHttpClient http = new OkHttpClient();
    private final AtomicInteger steps = new AtomicInteger();
    private int refused = -1;

    private final FilesApi files = new FilesApi(
            new GoogleConnection(
                    Surface.DEVELOPER,
                    "emulator",
                    ApiKeyPlacement.HEADER,
                    null,
                    null,
                    null,
                    emulator.baseUrl(),
                    null,
                    Map.of(),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    null,
                    null,
                    ReferenceUpload.FILES,
                    null),
            http,
            "a reference picture",
            Duration.ofSeconds(1));

    private final ReferenceUploads uploads = new ReferenceUploads(
            files,
            step -> {
                if (steps.incrementAndGet() == refused) {
                    throw new RejectedExecutionException("no thread");
                }
                step.run();
            },
            timer);

    @AfterEach
    void stop() {
        uploads.close();
        timer.shutdownNow();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
        emulator.close();
    }

    private static ReferenceImage.Inline picture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        PayloadSource bytes = PayloadSource.of(png.toByteArray());
        return new ReferenceImage.Inline(bytes, ImageInfo.read(bytes).orElseThrow());
    }

    @Test
    void refusedUploadFailsAndTheNextRequestUploadsAgain() throws IOException {
        ReferenceImage.Inline picture = picture();
        ImageRequest request = ImageRequest.builder()
                .set(Parameter.MODEL, "m")
                .addReferenceImage(picture)
                .build();
        refused = 2;
        CompletableFuture<ImageRequest> first = uploads.upload(request, Set.of(picture));

        assertThatThrownBy(first::join).hasMessageContaining("no thread");
        ImageRequest ready = uploads.upload(request, Set.of(picture)).join();

        assertThat(ready.referenceImages()).singleElement().isInstanceOf(ReferenceImage.Remote.class);
    }

    @Test
    void pictureThatIsProcessedWithoutEndIsAnError() throws IOException {
        emulator.on(RequestMatcher.operation("files.upload")).answer(Fault.fileProcessing(Duration.ofHours(1)));
        ReferenceImage.Inline picture = picture();
        ImageRequest request = ImageRequest.builder()
                .set(Parameter.MODEL, "m")
                .addReferenceImage(picture)
                .build();

        assertThatThrownBy(uploads.uploadForBatch(request, Set.of(picture))::join)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("still processes a reference image after 1 s");
    }

    @Test
    void fileThatIsProcessedWithoutEndIsATimeOut() throws IOException {
        emulator.on(RequestMatcher.operation("files.upload")).answer(Fault.fileProcessing(Duration.ofHours(1)));
        FilesApi.RemoteFile uploaded = files.upload(picture().source(), "image/png", call -> {});

        assertThatThrownBy(() -> files.processed(uploaded, call -> {}))
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessageContaining(uploaded.name() + ", after 1 s");
    }

    @Test
    void fileThatIsRememberedKeepsNoPicture(@TempDir Path directory) throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 0)) {
            uploadOneOf(store);

            await().untilAsserted(() -> {
                System.gc();
                assertThat(store.liveFiles()).isZero();
            });
        }
    }

    /** In a method of its own, whose frame keeps nothing. */
    private void uploadOneOf(PayloadStore store) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            picture().source().newInputStream().transferTo(writer);
            Payload payload = writer.finish();
            ReferenceImage.Inline spooled =
                    new ReferenceImage.Inline(payload, ImageInfo.read(payload).orElseThrow());
            ImageRequest request = ImageRequest.builder()
                    .set(Parameter.MODEL, "m")
                    .addReferenceImage(spooled)
                    .build();

            uploads.upload(request, Set.of(spooled)).join();

            assertThat(store.liveFiles()).isEqualTo(1);
        }
    }
}
