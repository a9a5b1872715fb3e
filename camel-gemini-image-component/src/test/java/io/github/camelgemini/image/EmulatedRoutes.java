package io.github.camelgemini.image;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An emulator, and a Camel context whose component calls it; both are new for each test. */
final class EmulatedRoutes implements BeforeEachCallback, AfterEachCallback {

    static final String KEY = "marked-key-4711";

    private GeminiEmulator emulator;
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @Override
    public void beforeEach(ExtensionContext test) {
        emulator = GeminiEmulator.builder()
                .apiKey(KEY)
                .allowedHosts("gemini.invalid", "tokens.invalid")
                .start();
        context = new DefaultCamelContext();
        context.getExecutorServiceManager().setThreadPoolFactory(new ShortPauses());
        GeminiImageConfiguration options = component().getConfiguration();
        options.setBaseUrl(emulator.baseUrl());
        options.setApiKey(KEY);
        options.setRetryInitialDelay(1);
        context.start();
        template = context.createProducerTemplate();
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        template.close();
        context.close();
        emulator.close();
    }

    /** The component's, whose looks for lost jobs come at once after the first pause of two seconds. */
    private static final class ShortPauses extends DefaultThreadPoolFactory {

        private static final Set<Duration> PAUSES =
                Set.of(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));

        @Override
        public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
            if (!"GeminiImageTimer".equals(profile.getId())) {
                return super.newScheduledThreadPool(profile, threads);
            }
            return new ScheduledThreadPoolExecutor(1, threads) {
                @Override
                public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
                    boolean pause = PAUSES.contains(Duration.of(delay, unit.toChronoUnit()));
                    return super.schedule(step, pause ? 1 : delay, unit);
                }
            };
        }
    }

    GeminiEmulator emulator() {
        return emulator;
    }

    DefaultCamelContext context() {
        return context;
    }

    GeminiImageComponent component() {
        return context.getComponent("gemini-image", GeminiImageComponent.class);
    }

    void add(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
    }

    /** Puts a file of this name into the Files API. */
    void upload(String name, byte[] picture) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest begin = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/upload/v1beta/files"))
                .header("x-goog-api-key", KEY)
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .POST(BodyPublishers.ofString("{\"file\":{\"name\":\"" + name + "\",\"mimeType\":\"image/png\"}}"))
                .build();
        try {
            String url = http.send(begin, BodyHandlers.discarding())
                    .headers()
                    .firstValue("X-Goog-Upload-URL")
                    .orElseThrow();
            HttpRequest send = HttpRequest.newBuilder(URI.create(url))
                    .header("X-Goog-Upload-Command", "upload, finalize")
                    .header("X-Goog-Upload-Offset", "0")
                    .POST(BodyPublishers.ofByteArray(picture))
                    .build();
            http.send(send, BodyHandlers.discarding());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        emulator.clearRequests();
    }

    Exchange send(String uri, Object body) {
        return send(uri, body, Map.of());
    }

    /** Sends a message and returns the exchange, failed or not. */
    Exchange send(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        return template.send(uri, exchange);
    }

    /** The failure of an exchange; null when it has none. */
    <T extends Throwable> T failure(String uri, Object body, Map<String, Object> headers, Class<T> type) {
        Exception failure = send(uri, body, headers).getException();
        if (failure instanceof CamelExecutionException wrapped) {
            failure = (Exception) wrapped.getCause();
        }
        if (!type.isInstance(failure)) {
            throw new AssertionError("Expected " + type.getSimpleName() + " but got " + failure, failure);
        }
        return type.cast(failure);
    }
}
