package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** What the log says of a picture, and to which route it belongs. */
@Timeout(60)
class CallLogTest {

    private static final String OURS = "io.github.camelgemini.image";
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String CALLS = "io.github.camelgemini.image.observation.CallLog";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final List<LogEvent> lines = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            lines.add(event.toImmutable());
        }
    };
    private final DefaultCamelContext context = new DefaultCamelContext();
    private Logger root;

    @BeforeEach
    void listen() throws Exception {
        appender.start();
        root = ((LoggerContext) LogManager.getContext(false)).getRootLogger();
        root.addAppender(appender);
        Configurator.setLevel(CALLS, Level.DEBUG);
        Configurator.setLevel("io.github.camelgemini.image.resilience.Attempts", Level.INFO);
        context.setUseMDCLogging(true);
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(routes.emulator().baseUrl());
        options.setApiKey(EmulatedRoutes.KEY);
        options.setRetryInitialDelay(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:posters")
                        .routeId("posters")
                        .to("gemini-image:generate")
                        .process(exchange -> exchange.setProperty("mdc", MDC.get("camel.routeId")));
            }
        });
        context.start();
    }

    @AfterEach
    void end() throws Exception {
        context.close();
        root.removeAppender(appender);
        Configurator.setLevel(CALLS, (Level) null);
        Configurator.setLevel("io.github.camelgemini.image.resilience.Attempts", (Level) null);
    }

    @Test
    void pictureIsOneLineWithSizesAndTimesAndWithoutPrompt() {
        send("a secret cat");

        List<LogEvent> ofCalls = of(CALLS);
        assertThat(ofCalls).hasSize(1);
        assertThat(ofCalls.get(0).getMessage().getFormattedMessage())
                .matches(
                        "generate with gemini-3\\.1-flash-image: image/jpeg 1024x1024, \\d+ bytes in \\d+ ms, of which \\d+ ms"
                                + " queued, in 1 calls; sent 0 bytes of images; tokens: \\d+ input, \\d+ output, \\d+ thoughts; 0\\.\\d+ USD")
                .doesNotContain("secret cat", EmulatedRoutes.KEY);
    }

    @Test
    void promptsAndPicturesAreInNoLineAtAnyLevel() {
        Configurator.setLevel(OURS, Level.TRACE);
        try {
            routes.emulator().next(Fault.overloaded());
            send("a secret cat");
            send("{\"prompt\": \"a secret cat\", \"images\": [\"data:image/png;base64," + PICTURE + "\"]}");
            send("{\"prompt\": \"a secret cat\", \"imageSize\": \"wrong\"}");

            assertThat(lines.stream().filter(line -> line.getLoggerName().startsWith(OURS)))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(line.getMessage().getFormattedMessage() + line.getThrown())
                            .doesNotContain("secret cat", PICTURE));
        } finally {
            Configurator.setLevel(OURS, (Level) null);
        }
    }

    @Test
    void failureIsOneLineToo() {
        routes.emulator().next(Fault.dailyQuota());
        send("a cat");

        assertThat(of(CALLS)).hasSize(1);
        assertThat(of(CALLS).get(0).getMessage().getFormattedMessage()).contains("QuotaExhaustedException (HTTP 429)");
    }

    @Test
    void linesOfOtherThreadsBelongToTheRoute() {
        routes.emulator().next(Fault.overloaded());
        routes.emulator().next(Fault.overloaded());
        Exchange exchange = send("a cat");

        List<LogEvent> retries = of("io.github.camelgemini.image.resilience.Attempts");
        assertThat(retries).hasSize(2);
        assertThat(List.of(retries.get(0), retries.get(1), of(CALLS).get(0))).allSatisfy(line -> {
            Map<String, String> context = line.getContextData().toMap();
            assertThat(line.getThreadName()).contains("GeminiImage");
            assertThat(context)
                    .containsEntry("camel.routeId", "posters")
                    .containsEntry("camel.exchangeId", exchange.getExchangeId());
        });
        assertThat(exchange.getProperty("mdc")).isEqualTo("posters");
    }

    private Exchange send(String prompt) {
        return context.createProducerTemplate()
                .send("direct:posters", exchange -> exchange.getMessage().setBody(prompt));
    }

    private List<LogEvent> of(String logger) {
        return lines.stream()
                .filter(line -> line.getLoggerName().equals(logger))
                .toList();
    }
}
