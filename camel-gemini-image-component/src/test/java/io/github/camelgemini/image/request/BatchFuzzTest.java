package io.github.camelgemini.image.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the body of a batch says is understood or refused, and leaves nothing behind. See CONTRIBUTING.md on fuzzing. */
class BatchFuzzTest {

    private static final int LONGEST_MESSAGE = 2_500;
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    /** Of hosts that messages name only one may be fetched from, and that does not exist. */
    private static final FetchSettings NOWHERE = new FetchSettings(
            List.of("nowhere.invalid"), false, Duration.ofSeconds(1), Duration.ofSeconds(1), null, null);

    @TempDir
    static Path spool;

    private static PayloadStore store;
    private static ReferenceFetcher fetcher;

    @BeforeAll
    static void open() {
        store = new PayloadStore(spool, 16);
        fetcher = new ReferenceFetcher(NOWHERE, store, Runnable::run);
    }

    @AfterAll
    static void close() throws IOException {
        fetcher.close();
        store.close();
    }

    @FuzzTest(maxDuration = "5m")
    void linesAreUnderstoodOrRefused(byte[] lines) throws IOException {
        read(lines, "application/jsonl");
    }

    @FuzzTest(maxDuration = "5m")
    void bodyIsUnderstoodOrRefused(byte[] body) throws IOException {
        read(body, null);
    }

    private static void read(byte[] body, String type) throws IOException {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, type);
        try (BatchReader requests = new BatchReader(reader(), exchange)) {
            while (requests.hasNext()) {
                requests.next().close();
            }
        } catch (GeminiImageException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(LONGEST_MESSAGE);
        }
        assertThat(store.liveFiles()).isZero();
        assertThat(store.liveBytes()).isZero();
    }

    private static RequestReader reader() {
        ImageRequest template = ImageRequest.builder()
                .set(Parameter.MODEL, "gemini-3.1-flash-image")
                .build();
        return new RequestReader(
                CONTEXT,
                template,
                false,
                false,
                new RequestCheck(ModelCatalog.standard().at("developer")),
                store,
                fetcher,
                new ReferencesOfService(null, false, true, request -> {}),
                "apiKey"::equalsIgnoreCase,
                true,
                InputLimits.NONE);
    }
}
