package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ServiceTier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server sends as results of a batch is understood or refused, and leaves nothing. See CONTRIBUTING.md on fuzzing. */
class ResultsFuzzTest {

    private static final String BATCH =
            "{'name':'batches/b1','metadata':{'model':'models/gemini-3.1-flash-image','state':"
                    + "'BATCH_STATE_SUCCEEDED','output':{'responsesFile':'files/batch-b1'}},'done':true}";

    @TempDir
    static Path spool;

    private static volatile byte[] lines = {};
    private static BatchServer server;
    private static OpenedGoogle google;

    @BeforeAll
    static void start() throws IOException {
        server = new BatchServer();
        google = new OpenedGoogle(server.url(), spool);
        server.page("GET /v1beta/batches/b1", 200, BATCH);
        server.page("GET /download/v1beta/files/batch-b1:download", exchange -> {
            exchange.sendResponseHeaders(200, lines.length == 0 ? -1 : lines.length);
            exchange.getResponseBody().write(lines);
        });
    }

    @AfterAll
    static void stop() throws IOException {
        google.close();
        server.close();
    }

    @FuzzTest(maxDuration = "5m")
    void linesAreUnderstoodOrRefused(byte[] sent) {
        lines = sent;
        try (JobResults results = google.batches()
                .results("batches/b1", key -> new Asked("gemini-3.1-flash-image", null, 0, ServiceTier.STANDARD, false))
                .join()) {
            for (JobResult next = results.next(); next != null; next = results.next()) {
                if (next.result() != null) {
                    next.result().discard();
                } else {
                    assertThat(next.failure().getMessage()).isNotBlank();
                }
            }
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(GeminiImageException.class);
        } catch (IOException e) {
            // As when nobody can say what is missing: they are read again.
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(google.store().liveFiles()).isZero();
        assertThat(google.store().liveBytes()).isZero();
        server.asked().clear();
    }
}
