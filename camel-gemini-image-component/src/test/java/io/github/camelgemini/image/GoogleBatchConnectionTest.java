package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of a connection: every picture of a batch of Google comes, once, and is paid once. */
@Timeout(120)
class GoogleBatchConnectionTest {

    private static final int PICTURES = 12;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final Map<String, AtomicInteger> pictures = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    static Stream<Arguments> faultsOfConnections() {
        List<Fault> ofAll = List.of(
                Fault.resetBeforeHeaders(),
                Fault.overloaded(),
                Fault.rateLimited(Duration.ofMillis(10)),
                Fault.badGateway(),
                Fault.html(502),
                Fault.gzip(),
                Fault.chunked());
        List<Fault> ofDownloads = List.of(
                Fault.resetAfterHeaders(),
                Fault.resetMidBody(300_000),
                Fault.truncate(300_000),
                Fault.stallMidBody(300_000),
                Fault.stallBeforeHeaders());
        List<Fault> ofSubmissions = List.of(Fault.answerLost(), Fault.truncate(10), Fault.stallBeforeHeaders());
        return Stream.of(
                        ofAll.stream().flatMap(fault -> Stream.of(
                                        "files.download", "batches.get", "batches.create", "files.create")
                                .map(operation -> Arguments.of(operation, fault))),
                        ofDownloads.stream().map(fault -> Arguments.of("files.download", fault)),
                        ofSubmissions.stream().map(fault -> Arguments.of("batches.create", fault)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("faultsOfConnections")
    void everyPictureComesOnce(String operation, Fault fault) throws Exception {
        routes.component().getConfiguration().setIdleTimeout(500);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(exchange -> failures.incrementAndGet());
                from("gemini-image:batchResults?initialDelay=0&delay=50").process(exchange -> pictures.computeIfAbsent(
                                exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class),
                                key -> new AtomicInteger())
                        .incrementAndGet());
            }
        });
        routes.emulator().on(RequestMatcher.operation(operation)).answer(fault).times(1);
        List<String> prompts =
                IntStream.range(0, PICTURES).mapToObj(i -> "product " + i).toList();

        assertThat(routes.send("gemini-image:batch", prompts, Map.of()).getException())
                .isNull();
        routes.emulator().clock().advance(Duration.ofHours(24));

        await().atMost(Duration.ofSeconds(20)).until(() -> pictures.size() == PICTURES);
        assertThat(pictures.values()).allMatch(times -> times.get() == 1);
        assertThat(failures).hasValue(0);
        assertThat(routes.emulator().batches()).isEqualTo(1);
    }
}
