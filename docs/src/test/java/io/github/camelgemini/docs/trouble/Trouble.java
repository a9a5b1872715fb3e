package io.github.camelgemini.docs.trouble;

import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** A Camel context for provoking failures, with its error messages. */
public final class Trouble implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(1);

    private static final List<String> LOGGERS =
            List.of("io.github.camelgemini.image", "org.apache.camel.processor.errorhandler");

    private final GeminiEmulator emulator;
    private final Path folder;
    private final CamelContext context = new DefaultCamelContext();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("trouble", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            logged.add(
                    event.getMessage().getFormattedMessage().lines().findFirst().orElse(""));
        }
    };

    public Trouble(GeminiEmulator emulator, Path folder) {
        this.emulator = emulator;
        this.folder = folder;
        context.getShutdownStrategy().setTimeout(1);
        GeminiImageConfiguration configuration = component().getConfiguration();
        configuration.setBaseUrl(emulator.baseUrl());
        configuration.setApiKey("any-key");
        configuration.setModel("gemini-nano-banana-2.1");
        configuration.setMaxRetries(0);
        LOGGERS.forEach(logger -> ((Logger) LogManager.getLogger(logger)).addAppender(appender));
        appender.start();
    }

    public GeminiEmulator emulator() {
        return emulator;
    }

    public Path folder() {
        return folder;
    }

    public CamelContext context() {
        return context;
    }

    public GeminiImageComponent component() {
        return context.getComponent("gemini-image", GeminiImageComponent.class);
    }

    /** The message of the exception, from the message or from an endpoint that does not start. */
    public String failure(String uri, Object body) {
        return failure(uri, body, Map.of());
    }

    public String failure(String uri, Object body, Map<String, Object> headers) {
        try {
            return told(send(uri, body, headers).getException());
        } catch (RuntimeException e) {
            return told(e);
        }
    }

    public Exchange send(String uri, Object body, Map<String, Object> headers) {
        context.start();
        return context.createProducerTemplate().request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** Sends a message without waiting for it. */
    public CompletableFuture<String> sendAside(String uri, Object body) {
        return CompletableFuture.supplyAsync(() -> failure(uri, body));
    }

    /** The log line with these words, when it appears. */
    public String logged(String words) {
        return await().atMost(LIMIT)
                .until(
                        () -> logged.stream()
                                .filter(line -> line.contains(words))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /**
     * The message as the log prints it: that of the component's exception among the causes, or of the innermost one.
     */
    public static String told(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause.getClass().getName().startsWith("io.github.camelgemini.image.")) {
                break;
            }
        }
        return String.valueOf(innermost);
    }

    @Override
    public void close() {
        LOGGERS.forEach(logger -> ((Logger) LogManager.getLogger(logger)).removeAppender(appender));
        context.stop();
    }
}
