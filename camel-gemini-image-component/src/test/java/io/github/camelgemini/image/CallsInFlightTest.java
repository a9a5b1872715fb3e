package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code maxConcurrentRequests} is the number of calls in flight, and nothing else is. */
@Timeout(120)
class CallsInFlightTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 65, 200})
    void asManyAsAllowedAndNoMore(int allowed) throws Exception {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.stallBeforeHeaders());
        String uri = "gemini-image:generate?maxRetries=0&maxConcurrentRequests=" + allowed;

        List<CompletableFuture<Exchange>> calls = sendAtOnce(uri, allowed + 20);

        await().untilAsserted(() -> assertThat(routes.emulator().requests()).hasSize(allowed));
        await().during(Duration.ofMillis(200))
                .until(() -> routes.emulator().requests().size() == allowed);
        routes.emulator().clearFaults();
        assertThat(calls.stream().map(CompletableFuture::join).filter(Exchange::isFailed))
                .as("those that the stall broke off")
                .hasSize(allowed);
        assertThat(routes.emulator().requests()).hasSize(allowed + 20);
    }

    /** One of Camel's timers holds no more than 1,000 tasks; waiting calls must not count. */
    @Test
    void threeThousandCallsWaitTheirTurnOfWhichTwoHaveIt() throws Exception {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16));

        List<CompletableFuture<Exchange>> calls = sendAtOnce("gemini-image:generate?maxConcurrentRequests=2", 3_000);

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().getException()).isNull());
    }

    private List<CompletableFuture<Exchange>> sendAtOnce(String uri, int calls) throws Exception {
        AsyncProducer producer = routes.context().getEndpoint(uri).createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchange.getMessage().setBody("a cat");
            sent.add(producer.processAsync(exchange));
        }
        return sent;
    }

    /** A thousand concurrent calls on virtual threads; reports the duration and the observations. */
    static final class Thousand {

        private static final int CALLS = 1_000;

        private Thousand() {}

        public static void main(String[] args) throws Exception {
            Set<String> threads = ConcurrentHashMap.newKeySet();
            Path pinned = Path.of(args[1], "pinned.jfr");
            try (OtherRoutes routes = new OtherRoutes(args[0], args[1]);
                    Recording recording = new Recording()) {
                routes.add(b -> b.from("direct:start")
                        .to("gemini-image:generate?maxRetries=0&maxConcurrentRequests=" + CALLS)
                        .process(e -> threads.add(kind(Thread.currentThread()))));
                // Without a delay, so that what is measured then is not the JVM's compiler.
                routes.sendAtOnce("direct:start", CALLS, "warm");
                routes.sendAtOnce("direct:start", CALLS, "warm");
                recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(20));
                recording.start();
                long millis = Math.min(slowCalls(routes), slowCalls(routes));
                recording.dump(pinned);
                List<RecordedEvent> events = RecordingFile.readAllEvents(pinned);
                events.forEach(System.err::println);
                System.out.printf(
                        "%d calls in %d ms on %s threads, %d times pinned%n", CALLS, millis, threads, events.size());
            } finally {
                Files.deleteIfExists(pinned);
            }
        }

        private static long slowCalls(OtherRoutes routes) throws Exception {
            long start = System.nanoTime();
            routes.sendAtOnce("direct:start", CALLS, "slow");
            return (System.nanoTime() - start) / 1_000_000;
        }

        /** The API of Java 17 has no name for it. */
        private static String kind(Thread thread) {
            return thread.toString().startsWith("VirtualThread") ? "virtual" : "platform";
        }
    }

    @Test
    void aThousandCallsOfTwoSecondsOnVirtualThreadsTakeAboutTwoSeconds(@TempDir Path directory) throws Exception {
        Optional<Path> jdk25 = OtherJvm.jdk(25);
        assumeThat(jdk25)
                .as("a JDK 25: the one of the build, JAVA_HOME_25_X64, JAVA25_HOME, or one in /usr/lib/jvm")
                .isPresent();
        try (OtherJvm.Emulator emulator = new OtherJvm.Emulator()) {
            String pixels = "{'kind': 'pixels', 'width': 16, 'height': 16}";
            emulator.script(
                    "{'prompt': 'slow', 'faults': [" + pixels + ", {'kind': 'delay', 'duration': '2s'}]}",
                    "{'faults': [" + pixels + "]}");
            try (OtherJvm calling = OtherJvm.start(
                    jdk25.get(),
                    List.of("-Dcamel.threads.virtual.enabled=true"),
                    Thousand.class,
                    emulator.baseUrl(),
                    directory)) {
                String seen = calling.lineWith("calls in");
                System.out.println(seen);

                assertThat(seen).contains("on [virtual] threads, 0 times pinned");
                Matcher millis = Pattern.compile("in (\\d+) ms").matcher(seen);
                assertThat(millis.find()).isTrue();
                // 5 at a time, as the SDK alone does, would take 400 s; 64 at a time, 32 s.
                assertThat(Long.parseLong(millis.group(1))).isBetween(2_000L, 8_000L);
            }
        }
    }
}
