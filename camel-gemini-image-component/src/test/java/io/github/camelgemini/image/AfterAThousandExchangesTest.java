package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A long run leaves no spool file, no open file and no additional thread behind. */
@Timeout(120)
class AfterAThousandExchangesTest {

    private static final int AT_ONCE = 8;

    private static final String CLOSED = "SocketException: Socket closed";

    /** One of ten exchanges each; the others get a picture. */
    private static final Map<String, Fault> FAILURES = new TreeMap<>(Map.of(
            "truncated", Fault.pictureBytes(200_000).and(Fault.truncate(100_000)),
            "reset", Fault.pictureBytes(200_000).and(Fault.resetMidBody(100_000)),
            "malformed", Fault.pictureBytes(200_000).and(Fault.trailingGarbage()),
            "undecodable", Fault.truncatedBase64(),
            "blocked", Fault.finish("IMAGE_SAFETY", "Unable to show the picture."),
            "overloaded", Fault.overloaded()));

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void route() throws Exception {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
        FAILURES.forEach((prompt, fault) ->
                routes.emulator().on(RequestMatcher.prompt(prompt)).answer(Fault.pixels(16, 16), fault));
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16));
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:start")
                .to("gemini-image:generate?maxRetries=0&numImages=2")
                .wireTap("direct:tap")
                .end()
                .split(b.body())
                .to("direct:tap"));
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:tap").convertBodyTo(String.class));
    }

    @Test
    void nothingIsLeft() throws Exception {
        send(100);
        List<String> filesBefore = openFiles();
        int threadsBefore = ownThreads().size();

        List<String> outcomes = send(1_000);

        // OkHttp's cancel() can close the connection of a call that ended at that moment, after another call took it
        // over.
        long closed = outcomes.stream().filter(CLOSED::equals).count();
        assertThat(closed).isLessThanOrEqualTo(3);
        Map.of(
                        "picture", 400L,
                        "ServiceUnavailableException", 300L,
                        "MalformedResponseException", 200L,
                        "ImageBlockedException", 100L)
                .forEach((outcome, count) -> assertThat(
                                outcomes.stream().filter(outcome::equals).count())
                        .as(outcome)
                        .isBetween(count - closed, count));
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
        assertThat(ownThreads()).hasSizeLessThanOrEqualTo(threadsBefore + AT_ONCE);
        assumeThat(Path.of("/proc/self/fd")).exists();
        await().untilAsserted(() -> assertThat(openFiles()).isEqualTo(filesBefore));
        // The client keeps 5 idle connections, and the emulator their other ends.
        assertThat(sockets()).isLessThanOrEqualTo(2 * (AT_ONCE + 5) + 10);
    }

    /** Sends some at a time. Gives the outcome of each: a picture, or the name of its exception. */
    private List<String> send(int exchanges) {
        List<String> prompts = List.copyOf(FAILURES.keySet());
        List<CompletableFuture<List<String>>> senders = IntStream.range(0, AT_ONCE)
                .mapToObj(sender -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, exchanges)
                                .filter(i -> i % AT_ONCE == sender)
                                .mapToObj(i -> i % 10 < prompts.size() ? prompts.get(i % 10) : "a cat")
                                .map(prompt -> outcome(routes.send("direct:start", prompt)))
                                .toList(),
                        task -> new Thread(task).start()))
                .toList();
        return senders.stream().flatMap(sender -> sender.join().stream()).toList();
    }

    private static String outcome(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure == null) {
            return "picture";
        }
        return failure.getMessage().endsWith(CLOSED)
                ? CLOSED
                : failure.getClass().getSimpleName();
    }

    /**
     * The open files of this process, including classes and libraries, without those that the JVM reads from the
     * kernel.
     */
    private static List<String> openFiles() throws IOException {
        return descriptors()
                .filter(target -> target.startsWith("/") && !target.matches("/(proc|sys)/.*"))
                .sorted()
                .toList();
    }

    private static long sockets() throws IOException {
        return descriptors().filter(target -> target.startsWith("socket:")).count();
    }

    private static Stream<String> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.map(AfterAThousandExchangesTest::target).toList().stream();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "gone";
        }
    }

    /** All threads except the emulator's, whose number varies. */
    private static List<String> ownThreads() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .map(ThreadInfo::getThreadName)
                .filter(name -> !name.startsWith("gemini-emulator"))
                .toList();
    }
}
