package io.github.camelgemini.image.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a message says is either understood or refused, and leaves nothing behind. See CONTRIBUTING.md on fuzzing. */
class RequestFuzzTest {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    /** Of hosts that messages name only one may be fetched from, and that does not exist. */
    private static final FetchSettings NOWHERE = new FetchSettings(
            List.of("nowhere.invalid"), false, Duration.ofSeconds(1), Duration.ofSeconds(1), null, null);

    private static final ReferencesOfService SERVICE = new ReferencesOfService(null, false, true, request -> {});

    @TempDir
    static Path spool;

    private static PayloadStore store;
    private static ReferenceFetcher fetcher;

    /** Once, since each has a thread, and there are a thousand inputs a second. */
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
    void jsonRequestIsUnderstoodOrRefused(byte[] body) {
        read(body, "application/json", true);
        read(body, "application/json", false);
    }

    @FuzzTest(maxDuration = "5m")
    void bodyIsUnderstoodOrRefused(byte[] body) {
        read(body, null, true);
    }

    private static void read(byte[] body, String type, boolean strict) {
        ImageRequest template = ImageRequest.builder()
                .set(Parameter.MODEL, "gemini-3.1-flash-image")
                .build();
        RequestReader reader = new RequestReader(
                CONTEXT,
                template,
                false,
                false,
                new RequestCheck(ModelCatalog.standard().at("developer")),
                store,
                fetcher,
                SERVICE,
                "apiKey"::equalsIgnoreCase,
                strict,
                InputLimits.NONE);
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, type);
        try {
            reader.read(exchange).join().close();
        } catch (CompletionException e) {
            assertRefusal(e.getCause());
        }
        assertThat(store.liveFiles()).isZero();
        assertThat(store.liveBytes()).isZero();
    }

    @FuzzTest(maxDuration = "5m")
    void uriOfAMessageReachesNothingOfThisMachine(byte[] bytes) {
        String uri = new String(bytes, StandardCharsets.UTF_8);
        ImageRequest.Builder request = ImageRequest.builder().set(Parameter.REFERENCE_IMAGES, List.of(uri));
        try {
            new ReferenceUris(CONTEXT, new BodyReader(store, InputLimits.NONE), fetcher, SERVICE).read(request, true);
            try (ImageRequest read = request.build()) {
                assertThat(read.referenceImages()).hasSize(1).allSatisfy(image -> assertKind(image, uri));
            }
        } catch (GeminiImageException e) {
            request.discard();
            assertRefusal(e);
        }
        assertThat(store.liveFiles()).isZero();
    }

    private static void assertKind(ReferenceImage image, String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (image instanceof ReferenceImage.ByUrl named) {
            assertThat(named.target().url().host()).isEqualTo("nowhere.invalid");
            assertThat(named.target().trusted()).isFalse();
        } else if (image instanceof ReferenceImage.Remote) {
            assertThat(lower).matches("(?s)gs:.*|files/.*|https://generativelanguage\\.googleapis\\.com/.*");
        } else {
            assertThat(lower).matches("(?s)data:.*|[^:]*");
        }
    }

    private static void assertRefusal(Throwable failure) {
        assertThat(failure).isInstanceOf(GeminiImageException.class);
        assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(LONGEST_MESSAGE);
    }
}
