package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.repository.FileResultRepository;
import io.github.camelgemini.image.repository.InMemoryResultRepository;
import io.github.camelgemini.image.repository.ResultRepository;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code requestId} with {@code resultRepository}: what was answered is answered again without a call. */
@Timeout(60)
class RequestIdTest {

    private static final String ID = "?requestId=RAW(${header.id})&imageSize=512&maxRetries=0";
    private static final String IN_MEMORY = "gemini-image:generate" + ID + "&resultRepository=#memory";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path folder;

    private ResultRepository files;

    @BeforeEach
    void bindRepositories() throws Exception {
        files = new FileResultRepository(folder);
        routes.context().getRegistry().bind("memory", new InMemoryResultRepository());
        routes.context().getRegistry().bind("files", files);
    }

    private Exchange send(String uri, String id, Object prompt) {
        return routes.send(uri, prompt, id == null ? Map.of() : Map.of("id", id));
    }

    private static byte[] picture(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(byte[].class);
    }

    private static Map<String, Object> facts(Exchange exchange) {
        Map<String, Object> facts = new HashMap<>(exchange.getMessage().getHeaders());
        facts.remove(GeminiImageHeaders.FROM_REPOSITORY);
        facts.remove(GeminiImageHeaders.ESTIMATED_COST);
        facts.remove(GeminiImageHeaders.ATTEMPTS);
        // That is of the exchange.
        facts.remove(Exchange.FILE_NAME);
        return facts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "files"})
    void theSameRequestIsAnsweredByWhatIsKept(String repository) {
        String uri = "gemini-image:generate" + ID + "&resultRepository=#" + repository;

        Exchange first = send(uri, "one", "a cat");
        Exchange second = send(uri, "one", "a cat");

        assertThat(routes.emulator().requests()).hasSize(1);
        assertThat(picture(second)).isEqualTo(picture(first)).hasSizeGreaterThan(10_000);
        assertThat(facts(second)).isEqualTo(facts(first));
        assertThat(first.getMessage().getHeaders())
                .doesNotContainKey(GeminiImageHeaders.FROM_REPOSITORY)
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 1);
        assertThat(second.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.FROM_REPOSITORY, true)
                .containsEntry(GeminiImageHeaders.ESTIMATED_COST, 0.0)
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 0);
    }

    @Test
    void messagesOfOneIdAtOnceAreDrawnOnce() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(300)));

        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(CompletableFuture.supplyAsync(
                    () -> send(IN_MEMORY, "one", "a cat"), task -> new Thread(task).start()));
        }

        byte[] picture = picture(sent.get(0).join());
        assertThat(sent).allSatisfy(each -> assertThat(picture(each.join())).isEqualTo(picture));
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void oneThatFailedIsDrawnAgain() {
        routes.emulator().next(Fault.rateLimitedWithoutDetails());

        assertThat(send(IN_MEMORY, "one", "a cat").getException()).isInstanceOf(RateLimitException.class);
        picture(send(IN_MEMORY, "one", "a cat"));

        assertThat(routes.emulator().requests()).hasSize(2);
    }

    @Test
    void anotherRequestOfTheSameIdIsAnErrorAndNotTheOthersPicture() {
        picture(send(IN_MEMORY, "one", "a cat"));

        assertThat(send(IN_MEMORY, "one", "a dog").getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("requestId one");
        picture(send(IN_MEMORY, "two", "a dog"));

        assertThat(routes.emulator().requests()).hasSize(2);
    }

    @Test
    void ofSeveralPicturesOnlyThoseAreDrawnThatAreMissing() {
        routes.emulator().next(Fault.internal());
        String uri = IN_MEMORY + "&numImages=4&partialResults=keep";

        Exchange first = send(uri, "one", "a cat");
        Exchange second = send(uri, "one", "a cat");
        Exchange third = send(uri, "one", "a cat");

        assertThat(first.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT)).isEqualTo(3);
        assertThat(second.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                .isEqualTo(4);
        assertThat(second.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 1)
                .doesNotContainKey(GeminiImageHeaders.FROM_REPOSITORY);
        assertThat(third.getMessage().getHeaders()).containsEntry(GeminiImageHeaders.FROM_REPOSITORY, true);
        assertThat(routes.emulator().requests()).hasSize(5);
    }

    /** Those that are drawn already are paid, so that they are kept. */
    @Test
    void whenOneOfSeveralPicturesFailsTheOthersAreKept() {
        routes.emulator().next(Fault.internal());
        routes.emulator().on(RequestMatcher.any()).answer(Fault.takes(Duration.ofMillis(300)));
        String uri = IN_MEMORY + "&numImages=4";

        assertThat(send(uri, "one", "a cat").getException()).isNotNull();
        assertThat(send(uri, "one", "a cat").getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                .isEqualTo(4);

        assertThat(routes.emulator().requests()).hasSize(5);
    }

    @Test
    void theIdIsOfOneCall() {
        Exchange first = routes.send(IN_MEMORY, "a cat", Map.of("id", "one", GeminiImageHeaders.REQUEST_ID, "other"));

        assertThat(first.getMessage().getHeader(GeminiImageHeaders.REQUEST_ID)).isNull();
        assertThat(routes.send("gemini-image:chat", "a cat", Map.of(GeminiImageHeaders.REQUEST_ID, "x"))
                        .getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("gemini-image:chat stores no results");
    }

    @Test
    void theHeaderWinsOverTheOption() {
        Map<String, Object> headers = Map.of("id", "one", GeminiImageHeaders.REQUEST_ID, "other");
        routes.send(IN_MEMORY, "a cat", headers);

        picture(send(IN_MEMORY, "other", "a cat"));

        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void anEditIsKnownByItsPictures() {
        String uri = "gemini-image:edit" + ID + "&prompt=brighter&resultRepository=#memory";

        picture(send(uri, "one", Pictures.draw("png", 30, 20)));
        picture(send(uri, "one", Pictures.draw("png", 30, 20)));

        assertThat(send(uri, "one", Pictures.draw("png", 30, 21)).getException())
                .isInstanceOf(InvalidRequestException.class);
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void whatSomebodyElseDrawsIsWaitedFor() throws Exception {
        String uri = "gemini-image:generate" + ID + "&resultFolder=" + folder + "&requestTimeout=1500";
        routes.context().start();
        try (Closeable held = files.hold("one").orElseThrow()) {
            assertThat(send(uri, "one", "a cat").getException())
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageContaining("requestId one");
            assertThat(routes.emulator().requests()).isEmpty();
        }

        picture(send(uri, "one", "a cat"));
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsNoFaultOfTheMessageAndNotDrawn() throws Exception {
        picture(send(ofFolder(), "one", "a cat"));
        Path file;
        try (Stream<Path> all = Files.list(folder)) {
            file = all.filter(each -> each.toString().endsWith(".result"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] kept = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(kept, kept.length - 1));

        assertThat(send(ofFolder(), "one", "a cat").getException())
                .isInstanceOf(LocalStorageException.class)
                .hasMessageContaining("requestId one");
        Files.writeString(file, "not of ours");
        assertThat(send(ofFolder(), "one", "a cat").getException()).isInstanceOf(LocalStorageException.class);

        assertThat(routes.emulator().requests()).hasSize(1);
    }

    private String ofFolder() {
        return "gemini-image:generate" + ID + "&resultFolder=" + folder;
    }

    @Test
    void theMemoryIsBounded() throws Exception {
        try (InMemoryResultRepository small = new InMemoryResultRepository(1_000, Duration.ofHours(1))) {
            for (int i = 0; i < 100; i++) {
                small.save("id" + i, PayloadSource.of(new byte[90]));
            }

            long kept = 0;
            for (int i = 0; i < 100; i++) {
                kept += small.load("id" + i).isPresent() ? 1 : 0;
            }
            assertThat(kept).isBetween(1L, 11L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate?requestId=RAW(${header.id})|requires resultRepository or resultFolder",
                "generate?requestId=constant&resultRepository=#memory|option requestId 'constant'",
                "chat?requestId=RAW(${header.id})&resultRepository=#memory|requestId is only for gemini-image:generate",
                "batch?requestId=RAW(${header.id})&resultRepository=#memory|identified by its batchId",
                "generate?resultFolder=/tmp&resultRepository=#memory|both set"
            })
    void whatCannotBeMeantIsRefusedAtTheStart(String uri, String says) {
        assertThatThrownBy(() -> routes.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("gemini-image:" + uri);
                    }
                }))
                .rootCause()
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(says);
    }

    @Test
    void aMessageWithoutAnIdIsRefused() {
        assertThat(send(IN_MEMORY, null, "a cat").getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("option requestId");
        assertThat(send(IN_MEMORY, "x".repeat(1_001), "a cat").getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1001");
        assertThat(send(IN_MEMORY, "a\nb", "a cat").getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("control characters");
        assertThat(routes.send("gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.REQUEST_ID, "x"))
                        .getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("resultFolder");
        assertThat(routes.emulator().requests()).isEmpty();
    }
}
