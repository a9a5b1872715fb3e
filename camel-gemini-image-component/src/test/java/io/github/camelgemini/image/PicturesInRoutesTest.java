package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.TransactedPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated pictures in files, in routes that use them, stop or start. They are read repeatedly, and afterwards no file
 * is left. {@link CompositionsTest} has the ways in which Camel passes them on.
 */
@Timeout(60)
class PicturesInRoutesTest {

    private static final String START = "direct:start";
    private static final String DRAW = "gemini-image:generate";
    private static final String DRAW_THREE = "gemini-image:generate?numImages=3";
    private static final int LENGTH = 300_000;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    /** What readers have read: "the picture", or what went wrong. */
    private final Queue<String> read = new ConcurrentLinkedQueue<>();

    private final CountDownLatch routeDone = new CountDownLatch(1);

    @BeforeEach
    void spoolEverything() throws Exception {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.pictureBytes(LENGTH));
        for (String reader : List.of("direct:read", "direct:read2")) {
            add(b -> b.from(reader).process(this::read).process(this::read));
        }
        add(b -> b.from("direct:later")
                .process(e -> routeDone.await())
                .process(this::read)
                .process(this::read));
    }

    @Test
    void straightOn() throws Exception {
        run(b -> b.from(START).to(DRAW).process(this::read).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void multicast() throws Exception {
        run(b -> b.from(START)
                .to(DRAW)
                .multicast()
                .to("direct:read", "direct:read2")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    @Test
    void parallelMulticast() throws Exception {
        run(b -> b.from(START)
                .to(DRAW)
                .multicast()
                .parallelProcessing()
                .to("direct:read", "direct:read2")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    @Test
    void drawnInParallelBranchesAndUsedByTheParent() throws Exception {
        run(
                b -> b.from(START)
                        .multicast(AggregationStrategies.groupedBody())
                        .parallelProcessing()
                        .to("direct:draw", "direct:draw")
                        .end()
                        .process(this::read),
                b -> b.from("direct:draw").to(DRAW));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void wireTapThatIsReadWhenTheRouteIsDone() throws Exception {
        run(b -> b.from(START).to(DRAW).wireTap("direct:later").end().process(this::read));
        routeDone.countDown();

        assertThatEachReadThePictureAndNothingIsLeft(3);
    }

    @Test
    void splitOfSeveralPictures() throws Exception {
        run(b -> b.from(START)
                .to(DRAW_THREE)
                .split(b.body())
                .to("direct:read")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(9);
    }

    @Test
    void parallelSplitOfSeveralPictures() throws Exception {
        run(b -> b.from(START)
                .to(DRAW_THREE)
                .split(b.body(), AggregationStrategies.groupedBody())
                .parallelProcessing()
                .to("direct:read")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(9);
    }

    @Test
    void splitIntoAQueueThatIsReadWhenTheRouteIsDone() throws Exception {
        run(b -> b.from(START).to(DRAW_THREE).split(b.body()).to("seda:queue"), b -> b.from("seda:queue")
                .to("direct:later"));
        routeDone.countDown();

        assertThatEachReadThePictureAndNothingIsLeft(6);
    }

    @Test
    void severalPicturesInAWireTapThatIsReadWhenTheRouteIsDone() throws Exception {
        run(b -> b.from(START).to(DRAW_THREE).wireTap("direct:later").end().process(this::read));
        routeDone.countDown();

        assertThatEachReadThePictureAndNothingIsLeft(9);
    }

    @Test
    void severalPicturesInAParallelMulticast() throws Exception {
        run(b -> b.from(START)
                .to(DRAW_THREE)
                .multicast(AggregationStrategies.useLatest())
                .parallelProcessing()
                .to("direct:read", "direct:read2")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(15);
    }

    @Test
    void severalPicturesInQueuesThatAreReadWhenTheRouteIsDone() throws Exception {
        run(
                b -> b.from(START)
                        .to(DRAW_THREE)
                        .multicast()
                        .to("seda:queue?waitForTaskToComplete=Never", "seda:queue?waitForTaskToComplete=Never"),
                b -> b.from("seda:queue").to("direct:later"));
        routeDone.countDown();

        assertThatEachReadThePictureAndNothingIsLeft(12);
    }

    @Test
    void severalPicturesAreAListForSimple() throws Exception {
        run(b -> b.from(START)
                .to(DRAW_THREE)
                .setProperty("words", b.simple("${body.size} of ${body[2].width} by ${body[0].height}"))
                .process(e -> read.add(e.getProperty("words", String.class)))
                .filter(b.simple("${body} is 'java.util.List'"))
                .process(e -> read.add("a list")));

        assertThat(read).containsExactly("3 of 16 by 16", "a list");
    }

    @Test
    void severalPicturesAreNoStreamAndSaySo() throws Exception {
        add(b -> b.from(START).to(DRAW_THREE).convertBodyTo(byte[].class));

        assertThat(routes.send(START, "a cat").getException())
                .hasStackTraceContaining("a list of 3 images")
                .hasStackTraceContaining("split(body())");
    }

    @Test
    void severalPicturesAreReferencesOfTheNextCall() throws Exception {
        run(b -> b.from(START)
                .to(DRAW_THREE)
                .to("gemini-image:edit?prompt=join them")
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
        assertThat(routes.emulator().requests().get(3).pictures()).hasSize(3);
    }

    @Test
    void aggregate() throws Exception {
        add(b -> b.from(START)
                .to(DRAW)
                .aggregate(b.constant(true), AggregationStrategies.groupedBody())
                .completionSize(2)
                .process(this::read)
                .process(this::read));

        routes.send(START, "a cat");
        routes.send(START, "a dog");

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void aggregateOfSeveralPicturesEach() throws Exception {
        add(b -> b.from(START)
                .to(DRAW_THREE)
                .aggregate(b.constant(true), AggregationStrategies.groupedBody())
                .completionSize(2)
                .split(b.body())
                .process(this::read));

        routes.send(START, "cats");
        routes.send(START, "dogs");

        assertThatEachReadThePictureAndNothingIsLeft(6);
    }

    @Test
    void queueThatIsReadWhenTheRouteIsDone() throws Exception {
        run(b -> b.from(START).to(DRAW).to("seda:queue?waitForTaskToComplete=Never"), b -> b.from("seda:queue")
                .to("direct:later"));
        routeDone.countDown();

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void drawnOutOfAQueue() throws Exception {
        run(
                b -> b.from(START).to("seda:prompts?waitForTaskToComplete=Never"),
                b -> b.from("seda:prompts").to(DRAW).process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void parallelRecipientList() throws Exception {
        run(b -> b.from(START)
                .to(DRAW)
                .recipientList(b.constant("direct:read,direct:read2"))
                .parallelProcessing()
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
    }

    /** Unlike multicast and split, Camel 4.18's recipientList does not tell branches whom their streams are for. */
    @Test
    void drawnByARecipientListAndUsedByTheParent() throws Exception {
        run(b -> b.from(START)
                .recipientList(b.constant(DRAW))
                .aggregationStrategy(AggregationStrategies.useLatest())
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void drawnByARecipientListThatWasToldWhomItsStreamsAreFor() throws Exception {
        run(b -> b.from(START)
                .process(e -> e.setProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, e.getUnitOfWork()))
                .recipientList(b.constant(DRAW + "," + DRAW + "?imageSize=2K"))
                .parallelProcessing()
                .aggregationStrategy(AggregationStrategies.groupedBody())
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void loopInWhichEachPictureIsTheReferenceOfTheNext() throws Exception {
        run(b -> b.from(START)
                .to(DRAW)
                .loop(3)
                .to("gemini-image:edit?prompt=older")
                .process(this::read)
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void loopWithCopies() throws Exception {
        run(b -> b.from(START)
                .to(DRAW)
                .loop(3)
                .copy()
                .process(this::read)
                .to("gemini-image:edit?prompt=older")
                .end()
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(4);
    }

    @Test
    void doTryDoCatchDoFinally() throws Exception {
        run(b -> b.from(START)
                .doTry()
                .to(DRAW)
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
    void redeliveryOfALaterStep() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        run(b -> b.from(START)
                .errorHandler(b.defaultErrorHandler()
                        .maximumRedeliveries(3)
                        .redeliveryDelay(1)
                        .asyncDelayedRedelivery())
                .to(DRAW)
                .process(exchange -> {
                    read(exchange);
                    if (attempts.incrementAndGet() < 4) {
                        throw new IOException("upload");
                    }
                })
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(5);
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void redeliveryOfTheComponentItself() throws Exception {
        routes.emulator().clearFaults();
        routes.emulator().next(Fault.truncate(50_000));
        routes.emulator().next(Fault.overloaded());
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.pictureBytes(LENGTH));
        run(b -> b.from(START)
                .errorHandler(b.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1))
                .to(DRAW + "?maxRetries=0")
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
    }

    @Test
    void deadLetterChannel() throws Exception {
        run(b -> b.from(START)
                .errorHandler(b.deadLetterChannel("direct:read"))
                .to(DRAW)
                .throwException(new IOException("upload")));

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void transactedRouteStaysOnItsThread() throws Exception {
        routes.context().getRegistry().bind("transactions", new MarkingTransactions());
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        run(b -> b.from(START)
                .transacted("transactions")
                .process(e -> threads.add(Thread.currentThread()))
                .to(DRAW)
                .process(e -> threads.add(Thread.currentThread()))
                .process(this::read));

        assertThatEachReadThePictureAndNothingIsLeft(1);
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @Test
    void routeThatStopsWhilePicturesAreInItsQueueReadsThemWhenItIsStartedAgain() throws Exception {
        add(b -> b.from(START).to(DRAW).to("seda:queue?waitForTaskToComplete=Never"));
        add(b -> b.from("seda:queue").routeId("reading").process(this::read));
        routes.context().getRouteController().stopRoute("reading");
        routes.send(START, "a cat");
        routes.send(START, "a dog");
        assertThat(SpoolFiles.in(spool)).hasSize(2);

        routes.context().getRouteController().startRoute("reading");

        assertThatEachReadThePictureAndNothingIsLeft(2);
    }

    @Test
    void contextThatStopsWhilePicturesAreInAQueueLeavesNothing() throws Exception {
        add(b -> b.from(START).to(DRAW_THREE).to("seda:queue?waitForTaskToComplete=Never"));
        add(b -> b.from("seda:queue").noAutoStartup().process(this::read));
        routes.send(START, "cats");
        assertThat(SpoolFiles.in(spool)).hasSize(3);

        routes.context().stop();

        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void picturesOfAQueueThatIsPurgedGoWithTheGarbage() throws Exception {
        add(b -> b.from(START).to(DRAW).to("seda:queue?waitForTaskToComplete=Never"));
        add(b -> b.from("seda:queue?purgeWhenStopping=true").routeId("reading").process(this::read));
        routes.context().getRouteController().suspendRoute("reading");
        routes.send(START, "a cat");
        routes.context().getRouteController().stopRoute("reading");

        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
    }

    private void add(LambdaRouteBuilder route) throws Exception {
        RouteBuilder.addRoutes(routes.context(), route);
    }

    private void run(LambdaRouteBuilder... added) throws Exception {
        for (LambdaRouteBuilder route : added) {
            add(route);
        }
        routes.send(START, "a cat");
    }

    private void read(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> images = body instanceof List<?> list ? list : List.of(body);
        images.forEach(image -> note((GeneratedImage) image, exchange));
    }

    /** Read twice: by itself, and as Camel's producers do. */
    private void note(GeneratedImage image, Exchange exchange) {
        try (var in = image.newInputStream()) {
            byte[] bytes = in.readAllBytes();
            byte[] converted =
                    exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, image);
            boolean whole = bytes.length == LENGTH && Arrays.equals(bytes, converted);
            read.add(whole && Pictures.describe(bytes).equals("image/jpeg 16x16") ? "the picture" : "other bytes");
        } catch (Exception e) {
            read.add(e.toString());
        }
    }

    private void assertThatEachReadThePictureAndNothingIsLeft(int readers) {
        await().untilAsserted(() -> assertThat(read).hasSize(readers));
        assertThat(read).containsOnly("the picture");
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
    }

    /** What every transaction policy has in common: the exchange is marked, and its route is run on one thread. */
    private static final class MarkingTransactions implements TransactedPolicy {

        @Override
        public void beforeWrap(Route route, NamedNode definition) {}

        @Override
        public Processor wrap(Route route, Processor processor) {
            return exchange -> {
                exchange.getUnitOfWork().beginTransactedBy(this);
                try {
                    processor.process(exchange);
                } finally {
                    exchange.getUnitOfWork().endTransactedBy(this);
                }
            };
        }
    }
}
