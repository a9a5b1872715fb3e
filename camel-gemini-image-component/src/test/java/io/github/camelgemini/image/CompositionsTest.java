package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import jakarta.activation.DataHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Produce;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.aggregate.GroupedMessageAggregationStrategy;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.processor.aggregate.zipfile.ZipAggregationStrategy;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.support.PluginHelper;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The ways in which Camel passes bodies on, one in each row, with pictures in the heap and in files. The receiver keeps
 * the body without reading it. After the exchange and the route are done, and unreachable objects are collected, the
 * body is still the picture, byte for byte.
 */
@Timeout(120)
class CompositionsTest {

    private static final String START = "direct:start";
    private static final String DRAW = "gemini-image:generate";
    private static final String KEEP = "direct:keep";
    private static final String KEEP_TOO = "direct:keepToo";
    private static final String QUEUE = "seda:queue?waitForTaskToComplete=Never";

    private static GeminiEmulator emulator;

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

    private interface Row {
        void run(CompositionsTest test) throws Exception;
    }

    private static Arguments row(String name, int pictures, Row row) {
        return Arguments.of(name, pictures, row);
    }

    /** Routes that get {@code messages} prompts, one after the other. */
    private static Arguments routes(String name, int pictures, int messages, LambdaRouteBuilder... routes) {
        return row(name, pictures, test -> {
            test.add(routes);
            for (int i = 0; i < messages; i++) {
                test.template().sendBody(START, "a cat");
            }
        });
    }

    private static Arguments route(String name, int pictures, LambdaRouteBuilder... routes) {
        return routes(name, pictures, 1, routes);
    }

    private static Arguments aggregate(String name, AggregationStrategy strategy) {
        return routes("aggregate, " + name, 3, 3, b -> b.from(START)
                .to(DRAW)
                .aggregate(b.constant(true), strategy)
                .completionSize(3)
                .to(KEEP));
    }

    private static LambdaRouteBuilder kamelet(String name, ProcessorSteps steps) {
        return b -> steps.add(b.routeTemplate(name).from("kamelet:source"));
    }

    private interface ProcessorSteps {
        void add(ProcessorDefinition<?> route);
    }

    static Stream<Arguments> rows() {
        return Stream.of(sentOn(), collected(), aside(), wrapped(), asked()).flatMap(Collection::stream);
    }

    /** To several at a time, or one after the other. */
    private static List<Arguments> sentOn() {
        return List.of(
                route("straight on", 1, b -> b.from(START).to(DRAW).to(KEEP)),
                route("multicast", 3, b -> b.from(START)
                        .to(DRAW)
                        .multicast()
                        .to(KEEP, KEEP_TOO)
                        .end()
                        .to(KEEP)),
                route("multicast, parallel", 3, b -> b.from(START)
                        .to(DRAW)
                        .multicast()
                        .parallelProcessing()
                        .to(KEEP, KEEP_TOO)
                        .end()
                        .to(KEEP)),
                route("multicast, parallel and streaming", 3, b -> b.from(START)
                        .to(DRAW)
                        .multicast()
                        .parallelProcessing()
                        .streaming()
                        .to(KEEP, KEEP_TOO)
                        .end()
                        .to(KEEP)),
                route(
                        "multicast to two queues, fire and forget",
                        2,
                        b -> b.from(START).to(DRAW).multicast().to(QUEUE, QUEUE),
                        b -> b.from("seda:queue").delay(200).to(KEEP)),
                route("multicast whose branches draw", 2, b -> b.from(START)
                        .multicast(AggregationStrategies.groupedBody())
                        .parallelProcessing()
                        .to(DRAW, DRAW)
                        .end()
                        .to(KEEP)),
                route("split", 6, b -> b.from(START)
                        .to(DRAW + "?numImages=3")
                        .split(b.body())
                        .to(KEEP)
                        .end()
                        .to(KEEP)),
                route("split, parallel", 3, b -> b.from(START)
                        .to(DRAW + "?numImages=3")
                        .split(b.body())
                        .parallelProcessing()
                        .to(KEEP)),
                route("split, streaming", 3, b -> b.from(START)
                        .to(DRAW + "?numImages=3")
                        .split(b.body())
                        .streaming()
                        .to(KEEP)),
                route("recipientList", 3, b -> b.from(START)
                        .to(DRAW)
                        .recipientList(b.constant(KEEP + "," + KEEP_TOO))
                        .end()
                        .to(KEEP)),
                route("recipientList, parallel", 3, b -> b.from(START)
                        .to(DRAW)
                        .recipientList(b.constant(KEEP + "," + KEEP_TOO))
                        .parallelProcessing()
                        .end()
                        .to(KEEP)),
                route("routingSlip", 2, b -> b.from(START).to(DRAW).routingSlip(b.constant(KEEP + "," + KEEP_TOO))),
                route("dynamicRouter", 2, b -> b.from(START).to(DRAW).dynamicRouter(b.method(new TwoSteps(), "next"))),
                route("loop", 2, b -> b.from(START).to(DRAW).loop(2).to(KEEP)),
                route("loop, copies", 3, b -> b.from(START)
                        .to(DRAW)
                        .loop(2)
                        .copy()
                        .to(KEEP)
                        .end()
                        .to(KEEP)),
                route("multicast and UseOriginalAggregationStrategy", 2, b -> b.from(START)
                        .to(DRAW)
                        .multicast(AggregationStrategies.useOriginal())
                        .to(KEEP)
                        .end()
                        .to(KEEP)));
    }

    /** Until there are several. */
    private static List<Arguments> collected() {
        return List.of(
                aggregate("GroupedBodyAggregationStrategy", AggregationStrategies.groupedBody()),
                aggregate("GroupedExchangeAggregationStrategy", AggregationStrategies.groupedExchange()),
                aggregate("GroupedMessageAggregationStrategy", new GroupedMessageAggregationStrategy()),
                aggregate(
                        "FlexibleAggregationStrategy",
                        AggregationStrategies.flexible().accumulateInCollection(ArrayList.class)),
                aggregate("a list of one's own", CompositionsTest::intoAList),
                routes("aggregate, UseLatestAggregationStrategy", 1, 3, b -> b.from(START)
                        .to(DRAW)
                        .aggregate(b.constant(true), AggregationStrategies.useLatest())
                        .completionSize(3)
                        .to(KEEP)),
                row("aggregate, ZipAggregationStrategy", 3, test -> {
                    test.add(b -> b.from(START)
                            .to(DRAW)
                            .aggregate(b.constant(true), new ZipAggregationStrategy(false, true))
                            .completionSize(3)
                            // The archive goes with its exchange: it is Camel's.
                            .process(
                                    e -> test.kept.addAll(entries(e.getMessage().getBody(File.class)))));
                    for (int i = 0; i < 3; i++) {
                        test.template().sendBody(START, "a cat");
                    }
                }),
                routes("aggregate by time", 3, 3, b -> b.from(START)
                        .to(DRAW)
                        .aggregate(b.constant(true), AggregationStrategies.groupedBody())
                        .completionTimeout(1_000)
                        .to(KEEP)),
                row("aggregate by the batch of a consumer", 2, test -> {
                    Files.writeString(test.folder.resolve("one.txt"), "a cat");
                    Files.writeString(test.folder.resolve("two.txt"), "a cat");
                    test.add(b -> b.from("file:" + test.folder + "?noop=true&initialDelay=0&include=.*txt")
                            .to(DRAW)
                            .aggregate(b.constant(true), AggregationStrategies.groupedBody())
                            .completionFromBatchConsumer()
                            .to(KEEP));
                }),
                row(
                        "aggregate, persistent repository",
                        1,
                        test -> test.aggregateInto((old, added) -> {
                            Exchange result = old == null ? added : old;
                            result.getMessage().setBody(added.getMessage().getBody());
                            return result;
                        })),
                row(
                        "aggregate of several, persistent repository",
                        3,
                        test -> test.aggregateInto(CompositionsTest::intoAList)),
                route("split and GroupedExchangeAggregationStrategy", 2, b -> b.from(START)
                        .setBody(b.constant(List.of("a cat", "a cat")))
                        .split(b.body(), AggregationStrategies.groupedExchange())
                        .to(DRAW)
                        .end()
                        .to(KEEP)),
                route("split, parallel, and GroupedBodyAggregationStrategy", 2, b -> b.from(START)
                        .setBody(b.constant(List.of("a cat", "a cat")))
                        .split(b.body(), AggregationStrategies.groupedBody())
                        .parallelProcessing()
                        .to(DRAW)
                        .end()
                        .to(KEEP)),
                routes("resequence", 3, 3, b -> b.from(START)
                        .to(DRAW)
                        .resequence(b.header(GeminiImageHeaders.RESPONSE_ID))
                        .batch()
                        .size(3)
                        .to(KEEP)),
                row("resequence, streaming", 2, test -> {
                    test.add(b -> b.from(START).to(DRAW).resequence(b.header("number")).stream()
                            .to(KEEP));
                    test.template().sendBodyAndHeader(START, "a cat", "number", 2L);
                    test.template().sendBodyAndHeader(START, "a cat", "number", 1L);
                }));
    }

    /** Out of the message, and back. */
    private static List<Arguments> aside() {
        return List.of(
                route("claimCheck, push and pop", 1, b -> b.from(START)
                        .to(DRAW)
                        .claimCheck(ClaimCheckOperation.Push)
                        .setBody(b.constant("words"))
                        .claimCheck(ClaimCheckOperation.Pop)
                        .to(KEEP)),
                route("claimCheck, set and get", 1, b -> b.from(START)
                        .to(DRAW)
                        .claimCheck(ClaimCheckOperation.Set, "picture")
                        .setBody(b.constant("words"))
                        .claimCheck(ClaimCheckOperation.Get, "picture")
                        .to(KEEP)),
                route("variable", 1, b -> b.from(START)
                        .toV(DRAW, null, "picture")
                        .setBody(b.variable("picture"))
                        .to(KEEP)),
                route("property and header", 2, b -> b.from(START)
                        .to(DRAW)
                        .setProperty("picture", b.body())
                        .setHeader("picture", b.body())
                        .setBody(b.exchangeProperty("picture"))
                        .to(KEEP)
                        .setBody(b.header("picture"))
                        .to(KEEP)),
                route(
                        "wireTap",
                        2,
                        b -> b.from(START).to(DRAW).wireTap(KEEP).end().to(KEEP_TOO)),
                route("seda", 1, b -> b.from(START).to(DRAW).to(QUEUE), b -> b.from("seda:queue")
                        .to(KEEP)),
                route(
                        "seda with a reply",
                        1,
                        b -> b.from(START)
                                .to(ExchangePattern.InOut, "seda:draw")
                                .to(KEEP),
                        b -> b.from("seda:draw").to(DRAW)),
                route(
                        "seda that is waited for without a reply",
                        1,
                        b -> b.from(START)
                                .to("seda:draw?waitForTaskToComplete=Always")
                                .to(KEEP),
                        b -> b.from("seda:draw").to(DRAW)),
                route(
                        "seda, several consumers",
                        2,
                        b -> b.from(START).to(DRAW).to(QUEUE + "&multipleConsumers=true"),
                        b -> b.from("seda:queue?multipleConsumers=true").to(KEEP),
                        b -> b.from("seda:queue?multipleConsumers=true").to(KEEP_TOO)),
                route(
                        "enrich from a route",
                        1,
                        b -> b.from(START)
                                .enrich("direct:draw", (old, drawn) -> drawn)
                                .to(KEEP),
                        b -> b.from("direct:draw").to(DRAW)),
                route(
                        "enrich from a queue",
                        1,
                        b -> b.from(START)
                                .enrich("seda:draw", (old, drawn) -> drawn)
                                .to(KEEP),
                        b -> b.from("seda:draw").to(DRAW)),
                route("enrich", 1, b -> b.from(START)
                        .enrich(DRAW, (old, drawn) -> drawn)
                        .to(KEEP)),
                route("pollEnrich", 1, b -> b.from(START)
                        .to(DRAW)
                        .to("seda:store?waitForTaskToComplete=Never")
                        .setBody(b.constant("words"))
                        .pollEnrich("seda:store")
                        .to(KEEP)),
                route("threads", 1, b -> b.from(START).to(DRAW).threads(2).to(KEEP)),
                route("delay", 1, b -> b.from(START)
                        .to(DRAW)
                        .delay(10)
                        .asyncDelayed()
                        .end()
                        .to(KEEP)),
                row("a map of the user's", 1, test -> {
                    Map<String, Object> map = new HashMap<>();
                    test.add(b -> b.from(START)
                            .to(DRAW)
                            .process(e -> map.put("a cat", e.getMessage().getBody())));
                    test.template().sendBody(START, "a cat");
                    test.kept.addAll(map.values());
                }));
    }

    /** Within something that copies exchanges, tries again, or runs when they are done. */
    private static List<Arguments> wrapped() {
        AtomicInteger deliveries = new AtomicInteger();
        return List.of(
                route("circuitBreaker", 2, b -> b.from(START)
                        .circuitBreaker()
                        .to(DRAW)
                        .to(KEEP)
                        .end()
                        .to(KEEP)),
                route("circuitBreaker with a limit of time", 1, b -> b.from(START)
                        .circuitBreaker()
                        .resilience4jConfiguration()
                        .timeoutEnabled(true)
                        .timeoutDuration(60_000)
                        .end()
                        .to(DRAW)
                        .end()
                        .to(KEEP)),
                route("circuitBreaker, fallback", 1, b -> b.from(START)
                        .circuitBreaker()
                        .throwException(new IOException("broken"))
                        .onFallback()
                        .to(DRAW)
                        .end()
                        .to(KEEP)),
                row("saga", 2, test -> {
                    test.context.addService(new InMemorySagaService());
                    test.add(
                            b -> b.from(START)
                                    .saga()
                                    .to(DRAW)
                                    .to("direct:member")
                                    .to(KEEP),
                            b -> b.from("direct:member").saga().to(KEEP));
                    test.template().sendBody(START, "a cat");
                }),
                route("onCompletion", 2, b -> b.from(START)
                        .onCompletion()
                        .to(KEEP)
                        .end()
                        .to(DRAW)
                        .to(KEEP)),
                route("interceptSendToEndpoint", 2, b -> {
                    b.interceptSendToEndpoint("mock:out").to(KEEP);
                    b.from(START).to(DRAW).to("mock:out").to(KEEP);
                }),
                route("doTry", 3, b -> b.from(START)
                        .to(DRAW)
                        .doTry()
                        .throwException(new IOException("upload"))
                        .doCatch(IOException.class)
                        .to(KEEP)
                        .doFinally()
                        .to(KEEP)
                        .end()
                        .to(KEEP)),
                row("redelivery", 3, test -> {
                    deliveries.set(0);
                    test.add(b -> b.from(START)
                            .errorHandler(b.defaultErrorHandler()
                                    .maximumRedeliveries(2)
                                    .redeliveryDelay(0))
                            .to(DRAW)
                            .process(e -> {
                                test.kept.add(e.getMessage().getBody());
                                if (deliveries.incrementAndGet() < 3) {
                                    throw new IOException("upload");
                                }
                            }));
                    test.template().sendBody(START, "a cat");
                }),
                route("dead letter channel", 1, b -> b.from(START)
                        .errorHandler(b.deadLetterChannel(KEEP))
                        .to(DRAW)
                        .throwException(new IOException("upload"))),
                route("onException", 1, b -> b.from(START)
                        .onException(IOException.class)
                        .handled(true)
                        .to(KEEP)
                        .end()
                        .to(DRAW)
                        .throwException(new IOException("upload"))),
                route("Kamelet", 2, kamelet("drawing", k -> k.to(DRAW).to(KEEP)), b -> b.from(START)
                        .to("kamelet:drawing")
                        .to(KEEP)),
                route(
                        "Kamelet of Kamelets",
                        2,
                        kamelet("other", k -> k.setHeader("any").constant("thing")),
                        kamelet("drawing", k -> k.to("kamelet:other")
                                .circuitBreaker()
                                .to(DRAW)
                                .end()),
                        kamelet("outer", k -> k.to("kamelet:drawing").to(KEEP).to("kamelet:other")),
                        b -> b.from(START).to("kamelet:outer").to(KEEP)),
                route(
                        "Kamelet as EIP",
                        2,
                        kamelet("drawing", k -> k.to(DRAW).to("kamelet:sink")),
                        b -> b.from(START).kamelet("drawing").to(KEEP).end().to(KEEP)),
                route(
                        "Kamelet as source",
                        1,
                        b -> b.routeTemplate("drawing-source")
                                .from(START)
                                .to(DRAW)
                                .to("kamelet:sink"),
                        b -> b.from("kamelet:drawing-source").to(KEEP)),
                row("route template", 1, test -> {
                    test.add(
                            b -> b.routeTemplate("template")
                                    .templateParameter("name")
                                    .from("direct:{{name}}")
                                    .to(DRAW),
                            b -> b.from(START).to("direct:cat").to(KEEP));
                    TemplatedRouteBuilder.builder(test.context, "template")
                            .parameter("name", "cat")
                            .add();
                    test.template().sendBody(START, "a cat");
                }),
                route("converted to InputStream", 2, b -> b.from(START)
                        .to(DRAW)
                        .convertBodyTo(InputStream.class)
                        .multicast()
                        .to(KEEP)
                        .end()
                        .to(KEEP)),
                route(
                        "converted to File",
                        1,
                        b -> b.from(START).to(DRAW).convertBodyTo(File.class).to(KEEP)),
                route(
                        "converted to Path",
                        1,
                        b -> b.from(START).to(DRAW).convertBodyTo(Path.class).to(KEEP)),
                route("several", 3, b -> b.from(START).to(DRAW + "?numImages=3").to(KEEP)),
                row("attachments", 2, test -> {
                    test.add(b -> b.from(START)
                            .to(DRAW + "?numImages=2&output=attachments")
                            .process(e -> test.kept.addAll(e.getMessage(AttachmentMessage.class)
                                    .getAttachments()
                                    .values())));
                    test.template().sendBody(START, "a cat");
                }));
    }

    /** Who asks from outside. */
    private static List<Arguments> asked() {
        return List.of(
                asked("requestBody", t -> t.requestBody(START, (Object) "a cat")),
                asked("requestBody as byte[]", t -> t.requestBody(START, "a cat", byte[].class)),
                asked("requestBody as InputStream", t -> t.requestBody(START, "a cat", InputStream.class)),
                asked("requestBody as File", t -> t.requestBody(START, "a cat", File.class)),
                asked("requestBody as Path", t -> t.requestBody(START, "a cat", Path.class)),
                asked("request", t -> t.request(START, e -> e.getMessage().setBody("a cat"))),
                asked("send", t -> t.send(START, e -> e.getMessage().setBody("a cat"))),
                asked("asyncRequestBody", t -> t.asyncRequestBody(START, (Object) "a cat")
                        .get()),
                asked("asyncRequestBody as File", t -> t.asyncRequestBody(START, "a cat", File.class)
                        .get()),
                asked("asyncSend", t -> t.asyncSend(START, e -> e.getMessage().setBody("a cat"))),
                asked("endpoint itself", t -> t.requestBody(DRAW, (Object) "a cat")),
                row("fluent template", 2, test -> {
                    test.add(b -> b.from(START).to(DRAW));
                    test.kept.add(test.context
                            .createFluentProducerTemplate()
                            .withBody("a cat")
                            .to(START)
                            .request(Object.class));
                    test.kept.add(test.context
                            .createFluentProducerTemplate()
                            .withBody("a cat")
                            .to(START)
                            .asyncRequest(File.class)
                            .get());
                }),
                row("interface proxy", 2, test -> {
                    test.add(b -> b.from(START).to(DRAW));
                    Caller caller = new Caller();
                    PluginHelper.getBeanPostProcessor(test.context).postProcessBeforeInitialization(caller, "caller");
                    test.kept.add(caller.drawing.draw("a cat"));
                    test.kept.add(caller.filing.draw("a cat"));
                }),
                row("mock", 2, test -> {
                    test.add(b -> b.from(START).to(DRAW).to("mock:out"));
                    MockEndpoint mock = test.context.getEndpoint("mock:out", MockEndpoint.class);
                    mock.expectedMessageCount(2);
                    test.template().sendBody(START, "a cat");
                    test.template().sendBody(START, "a cat");
                    mock.assertIsSatisfied();
                    test.kept.addAll(mock.getReceivedExchanges());
                }),
                row("consumer template", 2, test -> {
                    test.add(b -> b.from(START).to(DRAW).to(QUEUE));
                    test.template().sendBody(START, "a cat");
                    test.template().sendBody(START, "a cat");
                    ConsumerTemplate consumer = test.context.createConsumerTemplate();
                    Exchange received = consumer.receive("seda:queue");
                    test.kept.add(received);
                    consumer.doneUoW(received);
                    test.kept.add(consumer.receiveBody("seda:queue"));
                }));
    }

    private interface Asking {
        Object of(ProducerTemplate template) throws Exception;
    }

    private static Arguments asked(String name, Asking asking) {
        return row("template, " + name, 1, test -> {
            test.add(b -> b.from(START).to(DRAW));
            test.kept.add(asking.of(test.template()));
        });
    }

    /** Where pictures are, by the option that says so. */
    enum Place {
        HEAP(Long.MAX_VALUE),
        FILE(0);

        private final long spoolThreshold;

        Place(long spoolThreshold) {
            this.spoolThreshold = spoolThreshold;
        }
    }

    static Stream<Arguments> rowsByPlace() {
        return rows().flatMap(row ->
                Stream.of(Place.values()).map(place -> Arguments.of(row.get()[0], place, row.get()[1], row.get()[2])));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rowsByPlace")
    void whoHasTheBodyHasThePicture(String name, Place place, int pictures, Row row) throws Exception {
        assertThatEachIsThePicture(1_000_000, place, pictures, row);
    }

    /** Those in which a file that belonged to its exchange was gone. */
    private static final List<String> ONCE_LOST = List.of(
            "template, request",
            "template, asyncRequestBody",
            "template, requestBody as File",
            "mock",
            "aggregate, GroupedBodyAggregationStrategy",
            "aggregate, a list of one's own",
            "split and GroupedExchangeAggregationStrategy",
            "resequence",
            "a map of the user's",
            "multicast to two queues, fire and forget");

    static Stream<Arguments> rowsOnceLost() {
        return rowsByPlace().filter(row -> ONCE_LOST.contains(row.get()[0]));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rowsOnceLost")
    void largePicturesToo(String name, Place place, int pictures, Row row) throws Exception {
        assertThatEachIsThePicture(30_000_000, place, pictures, row);
    }

    private void assertThatEachIsThePicture(int length, Place place, int pictures, Row row) throws Exception {
        byte[] picture = drawnBy(length);
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(emulator.baseUrl());
        options.setApiKey("any-key");
        options.setSpoolDirectory(folder.resolve("spool").toString());
        options.setSpoolThreshold(place.spoolThreshold);
        for (String keep : List.of(KEEP, KEEP_TOO)) {
            add(b -> b.from(keep).process(e -> kept.add(e.getMessage().getBody())));
        }
        context.start();

        row.run(this);
        await().untilAsserted(() -> assertThat(bodies()).hasSize(pictures));
        await().until(() -> context.getInflightRepository().size() == 0);
        context.getRouteController().stopAllRoutes();
        System.gc();

        for (Object body : bodies()) {
            assertThat(Arrays.equals(bytes(body), picture)).as("the picture").isTrue();
        }
    }

    /** What the emulator draws from now on. */
    private static byte[] drawnBy(int length) throws Exception {
        emulator.clearFaults();
        emulator.on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.pictureBytes(length));
        try (OtherRoutes routes = new OtherRoutes(emulator.baseUrl(), null)) {
            return routes.send(DRAW, "a cat", Map.of()).getMessage().getBody(byte[].class);
        }
    }

    private ProducerTemplate template() {
        return context.createProducerTemplate();
    }

    private void add(LambdaRouteBuilder... routes) throws Exception {
        for (LambdaRouteBuilder route : routes) {
            RouteBuilder.addRoutes(context, route);
        }
    }

    private List<?> bodies() {
        return kept.stream().flatMap(CompositionsTest::bodies).toList();
    }

    private static Stream<?> bodies(Object holder) {
        try {
            if (holder instanceof Collection<?> items) {
                return items.stream().flatMap(CompositionsTest::bodies);
            }
            if (holder instanceof Exchange exchange) {
                return bodies(exchange.getMessage());
            }
            if (holder instanceof Message message) {
                return bodies(message.getBody());
            }
            return holder instanceof Future<?> future ? bodies(future.get()) : Stream.of(holder);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] bytes(Object body) throws Exception {
        if (body instanceof DataHandler attachment) {
            return attachment.getInputStream().readAllBytes();
        }
        return body instanceof Path path
                ? Files.readAllBytes(path)
                : context.getTypeConverter().mandatoryConvertTo(byte[].class, body);
    }

    private static List<byte[]> entries(File archive) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive)) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                entries.add(zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static Exchange intoAList(Exchange old, Exchange added) {
        Exchange result = old == null ? added : old;
        List<Object> list = old == null ? new ArrayList<>() : old.getMessage().getBody(List.class);
        list.add(added.getMessage().getBody());
        result.getMessage().setBody(list);
        return result;
    }

    /**
     * Three, into a repository that has Java serialize the body. Camel's grouping strategies are not for it: they keep their lists
     * in a property, which it leaves out.
     */
    private void aggregateInto(AggregationStrategy strategy) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + folder.resolve("database"));
        for (String table : List.of("collected", "collected_completed")) {
            new JdbcTemplate(database)
                    .execute("CREATE TABLE " + table
                            + " (id VARCHAR(255) PRIMARY KEY, exchange BLOB NOT NULL, version BIGINT NOT NULL)");
        }
        JdbcAggregationRepository repository =
                new JdbcAggregationRepository(new DataSourceTransactionManager(database), "collected", database);
        add(b -> b.from(START)
                .to(DRAW)
                .aggregate(b.constant("all"), strategy)
                .completionSize(3)
                .aggregationRepository(repository)
                .to(KEEP));
        for (int i = 0; i < 3; i++) {
            template().sendBody(START, "a cat");
        }
    }

    /** For the bean language. */
    public static final class TwoSteps {

        public String next(@ExchangeProperty(Exchange.SLIP_ENDPOINT) String last) {
            return last == null ? KEEP : last.endsWith("keepToo") ? null : KEEP_TOO;
        }
    }

    /** An interface by which a program calls a route. */
    public interface Drawing {
        byte[] draw(String prompt);
    }

    /** Another one. */
    public interface Filing {
        File draw(String prompt);
    }

    /** A program that does. */
    public static final class Caller {

        @Produce(START)
        Drawing drawing;

        @Produce(START)
        Filing filing;
    }

    @BeforeAll
    static void startEmulator() {
        emulator = GeminiEmulator.builder().start();
    }

    @AfterAll
    static void stopEmulator() throws Exception {
        emulator.close();
    }

    @AfterEach
    void close() throws IOException {
        context.close();
    }
}
