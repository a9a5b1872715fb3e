package io.github.camelgemini.image.backend.google;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.impl.DefaultCamelContext;

/** A backend of Google's dialect at some server, with what it is lent. */
final class OpenedGoogle implements AutoCloseable {

    static final String KEY = "key-of-the-route";
    static final String TOKEN = "token-of-the-route";

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final PayloadStore store;
    private final GoogleBackend backend;

    OpenedGoogle(String baseUrl, Path spool, PictureFetch pictures) {
        this(spool, developer(baseUrl, Duration.ofSeconds(30), ReferenceUpload.AUTO), pictures);
    }

    OpenedGoogle(String baseUrl, Path spool) {
        this(baseUrl, spool, Duration.ofSeconds(30), ReferenceUpload.AUTO);
    }

    OpenedGoogle(String baseUrl, Path spool, Duration idleTimeout, ReferenceUpload upload) {
        this(spool, developer(baseUrl, idleTimeout, upload), (uri, by) -> new CompletableFuture<>());
    }

    private static GoogleConnection developer(String baseUrl, Duration idleTimeout, ReferenceUpload upload) {
        return new GoogleConnection(
                Surface.DEVELOPER,
                KEY,
                ApiKeyPlacement.HEADER,
                null,
                null,
                null,
                baseUrl,
                null,
                Map.of(),
                Duration.ofSeconds(10),
                idleTimeout,
                null,
                null,
                upload,
                null);
    }

    private OpenedGoogle(Path spool, GoogleConnection connection, PictureFetch pictures) {
        this.store = new PayloadStore(spool, PayloadStore.LEAST_SPOOL_THRESHOLD);
        ServiceMeans means = new ServiceMeans(context, ModelCatalog.standard(), store, workers, timer, pictures, null);
        this.backend = GoogleBackend.connect(connection, means);
    }

    /** Vertex AI, with a token that anybody has. */
    static OpenedGoogle vertex(String baseUrl, Path spool, String batchGcsUri) {
        return new OpenedGoogle(
                spool,
                new GoogleConnection(
                        Surface.VERTEX,
                        null,
                        ApiKeyPlacement.HEADER,
                        "project-1",
                        "europe-west4",
                        GoogleCredentials.create(new AccessToken(TOKEN, null)),
                        baseUrl,
                        null,
                        Map.of(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        null,
                        null,
                        ReferenceUpload.AUTO,
                        batchGcsUri),
                (uri, by) -> new CompletableFuture<>());
    }

    ImageBatches batches() {
        return backend.batches();
    }

    PayloadStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        backend.close();
        workers.shutdownNow();
        timer.shutdownNow();
        context.stop();
        store.close();
    }
}
