package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.result.ImageResult;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server repeats what was sent to it, in every place of an answer and in every encoding. None of it appears in
 * exceptions and their causes, headers, bodies and properties, the log, JMX, the console, health checks or spans.
 */
@Timeout(60)
class EchoedSecretsTest {

    private static final String KEY = "AIzaSyD4711keymark-0815_Of.Test+x/Y=";
    private static final String HEADER = "Team4711hdrmark/0815+of-test_z";
    private static final String TOKEN = "oauth4711tokmark-0815_Of.Test";
    private static final List<String> MARKS = List.of("keymark", "hdrmark", "tokmark");

    private static final String GOOD_TOKEN =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"access_token\":\"" + TOKEN
                    + "\",\"token_type\":\"Bearer\",\"expires_in\":%d}";
    /** Whose odd answers about a job that is paid are asked for again until the time is over. */
    private static final Set<String> QUEUES = Set.of("inferencesh", "gmi");

    private static final String OURS = "io.github.camelgemini";

    /** In groups that are short enough to be told whole. */
    private static final List<List<UnaryOperator<String>>> ENCODINGS = List.of(
            List.of(
                    text -> text,
                    text -> text.toUpperCase(Locale.ROOT),
                    text -> each(text, "\\u%04x"),
                    text -> each(text, "%%%02X"),
                    EchoedSecretsTest::base64),
            List.of(
                    text -> text.substring(0, 9) + " " + text.substring(9),
                    text -> base64("u" + text).replace('+', '-').replace('/', '_'),
                    text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)),
                    text -> each(text, "&#x%x;")),
            List.of(text -> each(text, "\\\\u%04x"), text -> each(text, "%%25%02X")));

    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();
    private static final SdkTracerProvider TRACES = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(SPANS))
            .build();
    private static final Map<String, DefaultCamelContext> CONTEXTS = new LinkedHashMap<>();
    private static final Map<DefaultCamelContext, ProducerTemplate> TEMPLATES = new LinkedHashMap<>();
    private static EchoingServer server;
    private static EchoingServer tokens;

    private final List<LogEvent> lines = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("echoes", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLoggerName().startsWith(OURS)) {
                lines.add(event.toImmutable());
            }
        }
    };
    private Logger root;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        server = new EchoingServer();
        tokens = new EchoingServer();
        Path account = folder.resolve("account.json");
        Files.writeString(account, account());
        for (String service : EchoPosition.SERVICES) {
            DefaultCamelContext context = new DefaultCamelContext();
            GeminiImageConfiguration options = context.getComponent("gemini-image", GeminiImageComponent.class)
                    .getConfiguration();
            options.setBaseUrl(server.url());
            options.setMaxRetries(0);
            options.setRequestTimeout(QUEUES.contains(service) ? 200L : 20_000L);
            options.setAdditionalHeader(Map.of("X-Team-Token", HEADER));
            if (service.equals("vertex")) {
                options.setProject("p");
                options.setServiceAccountKey("file:" + account);
                options.setBatchGcsUri("gs://pictures/batches");
            } else {
                options.setService(service);
                options.setApiKey(KEY);
            }
            context.start();
            CONTEXTS.put(service, context);
            TEMPLATES.put(context, context.createProducerTemplate());
        }
        // So that the token is one that was sent; it lasts no longer, so that the server of tokens is asked each time.
        tokens.answer(line -> GOOD_TOKEN.formatted(1));
        server.answer(line -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        exchange(CONTEXTS.get("vertex"), "countTokens");
    }

    private static String account() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
        return """
                {"type":"service_account","project_id":"p","private_key_id":"1","client_id":"2","client_email":"a@b.example",
                 "token_uri":"%s/token",
                 "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
                """
                .formatted(tokens.url(), key.replace("\n", "\\n"));
    }

    @AfterAll
    static void close() throws Exception {
        for (DefaultCamelContext context : CONTEXTS.values()) {
            context.close();
        }
        CONTEXTS.clear();
        TEMPLATES.clear();
        server.close();
        tokens.close();
        TRACES.close();
    }

    @BeforeEach
    void listen() {
        appender.start();
        root = ((LoggerContext) LogManager.getContext(false)).getRootLogger();
        root.addAppender(appender);
        Configurator.setLevel(OURS, Level.TRACE);
        SPANS.reset();
    }

    @AfterEach
    void listenNoMore() {
        Configurator.setLevel(OURS, (Level) null);
        root.removeAppender(appender);
    }

    private static String each(String text, String format) {
        return text.chars().mapToObj(unit -> String.format(format, unit)).collect(Collectors.joining());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<EchoPosition> positions() {
        return EchoPosition.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("positions")
    void whatIsEchoedIsToldNowhere(EchoPosition position) throws Exception {
        boolean ofTokens = position.service().equals("tokens");
        DefaultCamelContext context = CONTEXTS.get(ofTokens ? "vertex" : position.service());
        StringBuilder told = new StringBuilder();
        for (List<UnaryOperator<String>> encodings : ENCODINGS) {
            String echo = encodings.stream()
                    .flatMap(how -> Stream.of(KEY, HEADER, TOKEN).map(how))
                    .collect(Collectors.joining(" "));
            AtomicInteger calls = new AtomicInteger();
            UnaryOperator<String> answer = line -> {
                calls.incrementAndGet();
                return position.answer().apply(line).apply(echo);
            };
            server.answer(ofTokens ? line -> position.answer().apply(line).apply(echo) : answer);
            tokens.answer(ofTokens ? answer : line -> GOOD_TOKEN.formatted(1));

            told.append(exchange(context, position.operation()));
            // Lists of models are kept.
            assertThat(calls.get() > 0 || position.operation().equals("models"))
                    .as("the server was called")
                    .isTrue();
            assertThat(QUEUES.contains(position.service()) || told.indexOf("RequestTimeoutException") < 0)
                    .as("told in time: %s", told)
                    .isTrue();
        }
        lines.forEach(line -> told.append(line.getLoggerName())
                .append(' ')
                .append(line.getMessage().getFormattedMessage())
                .append(line.getThrown() == null ? "" : trace(line.getThrown()))
                .append('\n'));
        told.append(console(context)).append(management()).append(health(context));
        SPANS.getFinishedSpanItems().forEach(span -> told.append(span).append('\n'));

        assertThat(leaks(told.toString())).isEmpty();
    }

    /** The lines that tell a mark, as it is or encoded. */
    private static List<String> leaks(String told) {
        return told.lines()
                .filter(line -> ENCODINGS.stream()
                        .flatMap(List::stream)
                        .anyMatch(how -> Stream.of(KEY, HEADER, TOKEN).anyMatch(secret -> isIn(line, how.apply(secret)))
                                || MARKS.stream().anyMatch(mark -> isIn(line, mark))))
                .map(line -> line.length() > 400 ? line.substring(0, 400) : line)
                .toList();
    }

    /** Not the ends, where encodings of what is beside it begin. */
    private static boolean isIn(String line, String secret) {
        String middle = secret.length() < 20 ? secret : secret.substring(secret.length() / 3, secret.length() * 2 / 3);
        return line.toLowerCase(Locale.ROOT).contains(middle.toLowerCase(Locale.ROOT));
    }

    private static String exchange(DefaultCamelContext context, String operation) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(operation.equals("batch") ? List.of("a cat", "a dog") : "a cat");
        if (operation.startsWith("batch") && !operation.equals("batch") && !operation.equals("batchList")) {
            exchange.getMessage()
                    .setHeader(GeminiImageHeaders.BATCH_ID, context == CONTEXTS.get("google") ? "batches/a" : "a");
        }
        Span span = TRACES.get("test").spanBuilder(operation).startSpan();
        try (Scope current = span.makeCurrent()) {
            TEMPLATES.get(context).send("gemini-image:" + operation, exchange);
        } finally {
            span.end();
        }
        StringBuilder told = new StringBuilder();
        if (exchange.getException() != null) {
            told.append(trace(exchange.getException()));
        }
        if (exchange.getMessage().getBody() instanceof Iterator<?> results) {
            while (results.hasNext()) {
                tell((org.apache.camel.Message) results.next(), told);
            }
        }
        tell(exchange.getMessage(), told);
        exchange.getProperties().forEach((name, value) -> tell(name, value, told));
        return told.toString();
    }

    private static void tell(org.apache.camel.Message message, StringBuilder told) {
        message.getHeaders().forEach((name, value) -> tell(name, value, told));
        tell("body", message.getBody(), told);
    }

    private static void tell(String name, Object value, StringBuilder told) {
        told.append(name).append('=').append(value).append('\n');
        if (value instanceof Throwable failure) {
            told.append(trace(failure));
        }
        if (value instanceof ImageResult result) {
            told.append(result.turn()).append(result.remoteImages()).append(result.grounding());
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof io.github.camelgemini.image.error.GeminiImageException ours) {
                text.append(ours.getProviderMessage()).append(' ').append(ours.getProviderStatus());
            }
        }
        return text.append('\n').toString();
    }

    private static String console(DefaultCamelContext context) {
        return String.valueOf(context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("gemini-image")
                .call(DevConsole.MediaType.TEXT, Map.of()));
    }

    private static String management() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        StringBuilder told = new StringBuilder();
        for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            if (name.toString().contains("gemini")) {
                for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                    told.append(name).append(' ').append(attribute.getName()).append(' ');
                    told.append(beans.getAttribute(name, attribute.getName())).append('\n');
                }
            }
        }
        return told.toString();
    }

    private static String health(DefaultCamelContext context) {
        return HealthCheckHelper.invoke(context).stream()
                .map(result -> result.getMessage() + " " + result.getDetails() + " "
                        + result.getError().map(EchoedSecretsTest::trace).orElse(""))
                .collect(Collectors.joining("\n"));
    }
}
