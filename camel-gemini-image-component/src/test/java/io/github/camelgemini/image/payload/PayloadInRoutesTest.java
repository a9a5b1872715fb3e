package io.github.camelgemini.image.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ProcessorEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In each pattern, whoever has the exchange can read the picture as often as needed; afterwards no file is left. */
class PayloadInRoutesTest {

    private static final byte[] PICTURE = new byte[50_000];

    static {
        new Random(1).nextBytes(PICTURE);
    }

    private static final String START = "direct:start";

    @TempDir
    Path directory;

    private PayloadStore store;
    private CamelContext context;

    /** What the readers of a route have read: "the picture", or what went wrong. */
    private final Queue<String> read = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() {
        store = new PayloadStore(directory, 1000);
        context = new DefaultCamelContext();
    }

    @AfterEach
    void close() throws IOException {
        context.stop();
        store.close();
    }

    @Test
    void straightOn() throws Exception {
        run(b -> b.from(START).process(this::draw).process(this::read).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void readAsBytesByCamelsTypeConverter() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .process(e -> note(e.getMessage().getBody(byte[].class)))
                .process(e -> note(e.getMessage().getBody(byte[].class))));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void failingRoute() throws Exception {
        run(b -> b.from(START).process(this::draw).process(this::read).throwException(new IOException("later step")));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void bodyReplaced() throws Exception {
        run(b -> b.from(START).process(this::draw).process(this::read).setBody().constant("something else"));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void multicast() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .multicast()
                .to("direct:read", "direct:read2")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    @Test
    void parallelMulticast() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .multicast()
                .parallelProcessing()
                .to("direct:read", "direct:read2")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    @Test
    void drawnInBranchesOfAParallelMulticastAndUsedByTheParent() throws Exception {
        run(b -> b.from(START)
                .multicast(AggregationStrategies.groupedBody())
                .parallelProcessing()
                .to("direct:draw", "direct:draw")
                .end()
                .process(this::readList));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void wireTap() throws Exception {
        run(b -> b.from(START).process(this::draw).wireTap("direct:read").end().process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(3);
    }

    @Test
    void wireTapThatIsReadAfterTheRouteIsDone() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        run(
                b -> b.from(START).process(this::draw).wireTap("direct:later"),
                other -> other.from("direct:later").process(e -> done.await()).process(this::read));

        done.countDown();
        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void splitList() throws Exception {
        run(b -> b.from(START)
                .process(this::drawTwo)
                .split(b.body())
                .to("direct:read")
                .end()
                .process(this::readList));

        assertThatEachReadThePictureAndNothingIsLeft(6);
    }

    @Test
    void parallelSplitAndAggregate() throws Exception {
        run(b -> b.from(START)
                .setBody(e -> List.of("a cat", "a dog"))
                .split(b.body(), AggregationStrategies.groupedBody())
                .parallelProcessing()
                .to("direct:draw")
                .end()
                .process(this::readList));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void drawnInASplitThatDoesNotAggregate() throws Exception {
        run(b -> b.from(START)
                .setBody(e -> List.of("a cat", "a dog", "a bird"))
                .split(b.body())
                .process(this::draw)
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(3);
    }

    @Test
    void aggregate() throws Exception {
        start(b -> b.from(START).process(this::draw).to("direct:collect"), other -> other.from("direct:collect")
                .aggregate(other.constant(true), AggregationStrategies.groupedBody())
                .completionSize(2)
                .process(this::readList));

        context.createProducerTemplate().sendBody(START, "a cat");
        context.createProducerTemplate().sendBody(START, "a dog");

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void seda() throws Exception {
        run(
                b -> b.from(START).process(this::draw).to("seda:queue"),
                other -> other.from("seda:queue").process(this::read).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void sedaThatIsReadAfterTheRouteIsDone() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        run(
                b -> b.from(START).process(this::draw).to("seda:queue?waitForTaskToComplete=Never"),
                other -> other.from("seda:queue").process(e -> done.await()).process(this::read));

        done.countDown();
        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void sedaInAMulticast() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        run(
                b -> b.from(START)
                        .process(this::draw)
                        .multicast()
                        .to("seda:queue?waitForTaskToComplete=Never", "seda:queue?waitForTaskToComplete=Never"),
                other -> other.from("seda:queue").process(e -> done.await()).process(this::read));

        done.countDown();
        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void sedaWithSeveralConsumers() throws Exception {
        run(
                b -> b.from(START)
                        .process(this::draw)
                        .to("seda:queue?multipleConsumers=true&waitForTaskToComplete=Never"),
                one -> one.from("seda:queue?multipleConsumers=true").process(this::read),
                other -> other.from("seda:queue?multipleConsumers=true").process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void recipientList() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .recipientList(b.constant("direct:read,direct:read2"))
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    @Test
    void parallelRecipientList() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .recipientList(b.constant("direct:read,direct:read2"))
                .parallelProcessing()
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    @Test
    void loop() throws Exception {
        run(b -> b.from(START)
                .loop(3)
                .process(this::draw)
                .process(this::read)
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void loopWithCopies() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .loop(3)
                .copy()
                .process(this::read)
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void doTryDoCatchDoFinally() throws Exception {
        run(b -> b.from(START)
                .process(this::draw)
                .doTry()
                .process(this::read)
                .throwException(new IOException("upload"))
                .doCatch(IOException.class)
                .process(this::read)
                .doFinally()
                .process(this::read)
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void redelivery() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        run(b -> b.from(START)
                .errorHandler(b.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                .process(this::draw)
                .process(e -> {
                    read(e);
                    if (attempts.incrementAndGet() < 3) {
                        throw new IOException("upload");
                    }
                }));

        assertThatEachReadThePictureAndNothingIsLeft(3);
    }

    @Test
    void deadLetterChannel() throws Exception {
        run(b -> b.from(START)
                .errorHandler(b.deadLetterChannel("direct:read"))
                .process(this::draw)
                .throwException(new IOException("upload")));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void aggregateOfTheLatest() throws Exception {
        start(b -> b.from(START)
                .process(this::draw)
                .aggregate(b.constant(true), AggregationStrategies.useLatest())
                .completionSize(3)
                .process(this::read));

        for (int i = 0; i < 3; i++) {
            context.createProducerTemplate().sendBody(START, "a cat");
        }

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void parallelMulticastInAParallelMulticast() throws Exception {
        run(
                b -> b.from(START)
                        .process(this::draw)
                        .multicast(AggregationStrategies.useLatest())
                        .parallelProcessing()
                        .to("direct:inner", "direct:read")
                        .end()
                        .process(this::read)
                        .wireTap("direct:read2")
                        .end(),
                b -> b.from("direct:inner")
                        .multicast(AggregationStrategies.useLatest())
                        .parallelProcessing()
                        .to("direct:read", "direct:read2")
                        .end()
                        .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(10);
    }

    @Test
    void drawnWhenTheExchangeCompletes() throws Exception {
        run(b -> b.from(START)
                .onCompletion()
                .process(this::draw)
                .process(this::read)
                .end()
                .setBody()
                .constant("something else"));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void enrich() throws Exception {
        context.addComponent("draw", new DrawComponent());
        run(b -> b.from(START).enrich("draw:cat", (original, drawn) -> drawn).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void aThousandExchangesOfWhichSomeFail() throws Exception {
        AtomicInteger count = new AtomicInteger();
        start(
                b -> b.from(START)
                        .process(this::draw)
                        .wireTap("seda:queue?size=2000")
                        .end()
                        .multicast()
                        .parallelProcessing()
                        .to("direct:read", "direct:read2")
                        .end()
                        .process(e -> {
                            if (count.incrementAndGet() % 3 == 0) {
                                throw new IOException("upload");
                            }
                        }),
                other -> other.from("seda:queue").process(this::read));

        var template = context.createProducerTemplate();
        for (int i = 0; i < 1000; i++) {
            template.send(START, e -> {});
        }

        assertThatEachReadThePictureAndNothingIsLeft(5000);
        assertThat(openSpoolFiles()).isEmpty();
    }

    @Test
    void requestedAsBytesByATemplate() throws Exception {
        start(b -> b.from(START).process(this::draw));

        note(context.createProducerTemplate().requestBody(START, "a cat", byte[].class));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void requestedByATemplateWithoutAType() throws Exception {
        start(b -> b.from(START).process(this::draw));

        note(context.createProducerTemplate().requestBody(START, "a cat"));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void enrichedFromARoute() throws Exception {
        run(b -> b.from(START)
                .enrich("direct:draw", (original, drawn) -> drawn)
                .process(this::read)
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void sedaWithAReply() throws Exception {
        run(
                b -> b.from(START).to(ExchangePattern.InOut, "seda:draw").process(this::read),
                other -> other.from("seda:draw").process(this::draw).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void sedaThatIsWaitedForWithAReply() throws Exception {
        run(
                b -> b.from(START)
                        .to(ExchangePattern.InOut, "seda:draw?waitForTaskToComplete=Always")
                        .process(this::read),
                other -> other.from("seda:draw").process(this::draw));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void sedaThatIsWaitedForWithoutAReply() throws Exception {
        run(
                b -> b.from(START).to("seda:draw?waitForTaskToComplete=Always").process(this::read),
                other -> other.from("seda:draw").process(this::draw));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void enrichedFromAQueue() throws Exception {
        run(b -> b.from(START).enrich("seda:draw", (original, drawn) -> drawn).process(this::read), other -> other.from(
                        "seda:draw")
                .process(this::draw));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void circuitBreaker() throws Exception {
        run(b -> b.from(START)
                .circuitBreaker()
                .process(this::draw)
                .process(this::read)
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void circuitBreakerBehindAQueue() throws Exception {
        run(b -> b.from(START).to("seda:queue"), other -> other.from("seda:queue")
                .circuitBreaker()
                .resilience4jConfiguration()
                .timeoutEnabled(true)
                .timeoutDuration(60_000)
                .end()
                .process(this::draw)
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void routeTemplate() throws Exception {
        start(
                b -> b.routeTemplate("template")
                        .templateParameter("name")
                        .from("direct:{{name}}")
                        .process(this::draw),
                b -> b.from(START).to("direct:cat").process(this::read));
        TemplatedRouteBuilder.builder(context, "template")
                .parameter("name", "cat")
                .add();

        context.createProducerTemplate().sendBody(START, "a cat");

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void kamelet() throws Exception {
        run(
                kamelet("drawing", k -> k.process(this::draw).process(this::read)),
                b -> b.from(START).to("kamelet:drawing").process(this::read).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(3);
    }

    @Test
    void kameletThatAnswersLater() throws Exception {
        run(
                kamelet("drawing", k -> k.process(this::draw).delay(1).asyncDelayed()),
                b -> b.from(START).to("kamelet:drawing").process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void kameletWithStepsInIt() throws Exception {
        run(kamelet("drawing", k -> k.process(this::draw).to("kamelet:sink")), b -> b.from(START)
                .kamelet("drawing")
                .process(this::read)
                .to("direct:read")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void kameletInAKameletInAParallelSplit() throws Exception {
        run(
                kamelet("drawing", k -> k.process(this::draw)),
                kamelet("outer", k -> k.to("kamelet:drawing").process(this::read)),
                b -> b.from(START)
                        .setBody(e -> List.of("a cat", "a dog"))
                        .split(b.body(), AggregationStrategies.groupedBody())
                        .parallelProcessing()
                        .to("kamelet:outer")
                        .process(this::read)
                        .end()
                        .process(this::readList));

        assertThatEachReadThePictureAndNothingIsLeft(6);
    }

    @Test
    void multicastInAKamelet() throws Exception {
        run(
                kamelet("drawing", k -> k.multicast(AggregationStrategies.groupedBody())
                        .parallelProcessing()
                        .to("direct:draw", "direct:draw")
                        .end()),
                b -> b.from(START).to("kamelet:drawing").process(this::readList));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void wireTapInAKamelet() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        run(
                kamelet("drawing", k -> k.process(this::draw).wireTap("direct:later")),
                b -> b.from(START).to("kamelet:drawing").process(this::read),
                b -> b.from("direct:later").process(e -> done.await()).process(this::read));

        done.countDown();
        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void failingKamelet() throws Exception {
        run(kamelet("drawing", k -> k.process(this::draw).throwException(new IOException("later step"))), b -> b.from(
                        START)
                .doTry()
                .to("kamelet:drawing")
                .doCatch(IOException.class)
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void kameletAsSource() throws Exception {
        run(
                b -> b.routeTemplate("drawing-source")
                        .from(START)
                        .process(this::draw)
                        .to("kamelet:sink"),
                b -> b.from("kamelet:drawing-source").process(this::read).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void kameletRequestedAsBytesByATemplate() throws Exception {
        start(kamelet("drawing", k -> k.process(this::draw)));

        note(context.createProducerTemplate().requestBody("kamelet:drawing", "a cat", byte[].class));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void kameletOfKameletsRequestedAsBytesByATemplate() throws Exception {
        start(kamelet("other", k -> k.setHeader("any").constant("thing")), kamelet("drawing", k -> k.to("kamelet:other")
                .process(this::draw)));

        note(context.createProducerTemplate().requestBody("kamelet:drawing", "a cat", byte[].class));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    /** After each Kamelet in it, Camel has the exchange say that it is its own caller. */
    @Test
    void kameletOfKamelets() throws Exception {
        run(
                kamelet("other", k -> k.setHeader("any").constant("thing")),
                kamelet("drawing", k -> k.circuitBreaker().process(this::draw).end()),
                kamelet("outer", k -> k.to("kamelet:other")
                        .to("kamelet:drawing")
                        .process(this::read)
                        .to("kamelet:other")),
                b -> b.from(START).to("kamelet:outer").process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void kameletOfKameletsBehindAKameletAsSource() throws Exception {
        run(
                kamelet("drawing", k -> k.circuitBreaker().process(this::draw).end()),
                kamelet("outer", k -> k.to("kamelet:drawing").process(this::read)),
                b -> b.routeTemplate("any-source").from(START).to("kamelet:sink"),
                b -> b.from("kamelet:any-source").to("kamelet:outer").process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void enrichedFromAKamelet() throws Exception {
        run(kamelet("drawing", k -> k.process(this::draw)), b -> b.from(START)
                .enrich("kamelet:drawing", (original, drawn) -> drawn)
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void aContextThatStopsLeavesNothing() throws Exception {
        start(
                b -> b.from(START).process(this::draw).to("seda:queue?waitForTaskToComplete=Never"),
                other -> other.from("seda:queue").noAutoStartup().process(this::read));
        context.createProducerTemplate().sendBody(START, "a cat");
        assertThat(store.liveFiles()).isEqualTo(1);

        context.stop();
        store.close();

        assertThat(directory).isEmptyDirectory();
    }

    private void run(LambdaRouteBuilder... routes) throws Exception {
        start(routes);
        context.createProducerTemplate().send(START, exchange -> {});
    }

    private void start(LambdaRouteBuilder... routes) throws Exception {
        for (LambdaRouteBuilder route : routes) {
            RouteBuilder.addRoutes(context, route);
        }
        for (String reader : List.of("direct:read", "direct:read2")) {
            RouteBuilder.addRoutes(
                    context, b -> b.from(reader).process(this::read).process(this::read));
        }
        RouteBuilder.addRoutes(context, b -> b.from("direct:draw").process(this::draw));
        context.start();
    }

    private static LambdaRouteBuilder kamelet(String name, Consumer<ProcessorDefinition<?>> steps) {
        return b -> steps.accept(b.routeTemplate(name).from("kamelet:source"));
    }

    /** As the component does with an answer. */
    private void draw(Exchange exchange) throws IOException {
        exchange.getMessage().setBody(newPayload().handOut());
    }

    private void drawTwo(Exchange exchange) throws IOException {
        exchange.getMessage()
                .setBody(List.of(newPayload().handOut(), newPayload().handOut()));
    }

    private Payload newPayload() throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(PICTURE);
            return writer.finish();
        }
    }

    private void read(Exchange exchange) {
        note(exchange.getMessage().getBody());
    }

    private void readList(Exchange exchange) {
        exchange.getMessage().getBody(List.class).forEach(this::note);
    }

    private void note(Object body) {
        try {
            byte[] bytes = body instanceof byte[] array ? array : bytes((Payload) body);
            read.add(Arrays.equals(bytes, PICTURE) ? "the picture" : "other bytes");
        } catch (IOException | RuntimeException e) {
            read.add(e.toString());
        }
    }

    private static byte[] bytes(Payload payload) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        payload.writeTo(written);
        try (InputStream in = payload.newInputStream()) {
            return Arrays.equals(in.readAllBytes(), written.toByteArray()) ? written.toByteArray() : new byte[0];
        }
    }

    private void assertThatEachReadThePictureAndNothingIsLeft(int readers) throws IOException {
        await().untilAsserted(() -> assertThat(read).hasSize(readers));
        assertThat(read).containsOnly("the picture");
        await().untilAsserted(() -> {
            System.gc();
            assertThat(store.liveFiles()).isZero();
        });
        assertThat(store.liveBytes()).isZero();
        assertThat(spoolFiles()).isEmpty();
    }

    private List<Path> spoolFiles() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> !f.endsWith("lock"))
                    .toList();
        }
    }

    /** As Linux tells; elsewhere none. */
    private List<Path> openSpoolFiles() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        if (!Files.isDirectory(handles)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(handles)) {
            return all.map(PayloadInRoutesTest::target)
                    .filter(file -> file.startsWith(directory) && !file.endsWith("lock"))
                    .toList();
        }
    }

    private static Path target(Path handle) {
        try {
            return Files.readSymbolicLink(handle);
        } catch (IOException e) {
            return handle;
        }
    }

    /** An endpoint of its own, as the component is: what is behind direct: would be done before the enrich is. */
    private final class DrawComponent extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new ProcessorEndpoint(uri, getCamelContext(), PayloadInRoutesTest.this::draw);
        }
    }
}
