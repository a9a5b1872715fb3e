package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NotDrawnException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of Google from the message to its pictures. */
@Timeout(120)
class GoogleBatchTest {

    private static final int HALF_A_PICTURE = 33;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final Map<String, Message> pictures = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    @BeforeEach
    void bring() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GeminiImageException.class)
                        .handled(true)
                        .process(exchange -> failures.put(
                                exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class),
                                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("gemini-image:batchResults?initialDelay=0&delay=50")
                        .process(exchange -> pictures.put(
                                exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class),
                                exchange.getMessage().copy()));
            }
        });
    }

    private static Map<String, Object> products(int count) {
        Map<String, Object> products = new TreeMap<>();
        IntStream.rangeClosed(1, count)
                .forEach(i ->
                        products.put("p%03d".formatted(i), Map.of("prompt", "product " + i, "aspectRatio", "16:9")));
        return products;
    }

    private Message submit(Object body, Fault... faults) {
        if (faults.length > 0) {
            routes.emulator().on(RequestMatcher.operation("batches.create")).answer(faults);
        }
        Exchange exchange =
                routes.send("gemini-image:batch?imageSize=1K", body, Map.of(GeminiImageHeaders.BATCH_ID, "products"));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage();
    }

    private void drawn() {
        routes.emulator().clock().advance(Duration.ofHours(24));
    }

    @Test
    void picturesComeByTheirKeysAtHalfThePrice() {
        Message submitted = submit(products(3));

        assertThat(submitted.getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_ID, "products")
                .containsEntry(GeminiImageHeaders.BATCH_REQUEST_COUNT, 3L);
        drawn();
        await().until(() -> pictures.size() == 3);
        Message picture = pictures.get("p002");
        assertThat(picture.getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_ID, "products")
                .containsEntry(Exchange.CONTENT_TYPE, "image/jpeg")
                .containsEntry(GeminiImageHeaders.WIDTH, 1376)
                .containsEntry(GeminiImageHeaders.HEIGHT, 768);
        assertThat(picture.getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class) * 1000)
                .isBetween(HALF_A_PICTURE * 1.0, HALF_A_PICTURE + 2.0);
        assertThat(picture.getBody(byte[].class)).hasSizeGreaterThan(100_000);
        assertThat(failures).isEmpty();
    }

    @Test
    void theKameletSubmits() {
        Exchange exchange = routes.send(
                "kamelet:gemini-image-batch-action?imageSize=512&aspectRatio=RAW(16:9)",
                "[{\"key\":\"cat\",\"prompt\":\"a cat\"},{\"key\":\"dog\",\"prompt\":\"a dog\",\"aspectRatio\":\"1:1\"}]");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_REQUEST_COUNT, 2L)
                .containsKey(GeminiImageHeaders.BATCH_ID);
        drawn();
        await().until(() -> pictures.size() == 2);
        assertThat(pictures.get("cat").getHeader(GeminiImageHeaders.WIDTH)).isEqualTo(688);
        assertThat(pictures.get("dog").getHeader(GeminiImageHeaders.WIDTH)).isEqualTo(512);
    }

    @Test
    void manyGoAndComeAsFiles() {
        submit(products(40));
        drawn();

        await().atMost(Duration.ofMinutes(1)).until(() -> pictures.size() == 40);
        assertThat(routes.emulator().requests())
                .filteredOn(request -> request.operation().equals("files.download"))
                .isNotEmpty();
        assertThat(routes.emulator().batches()).isEqualTo(1);
    }

    /** Few go by a connection of their own, many by one that has uploaded them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void anAnswerThatWasLostIsLookedFor(int count) {
        submit(products(count), Fault.answerLost());
        drawn();

        await().until(() -> pictures.size() == count);
        assertThat(routes.emulator().batches()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 408, 499, 502, 504})
    void anAnswerThatAGatewayReplacedIsLookedFor(int status) {
        submit(products(2), Fault.answerReplaced(status));
        drawn();

        await().until(() -> pictures.size() == 2);
        assertThat(routes.emulator().batches()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files.create", "files.upload"})
    void anUploadOfAReferenceThatFailsIsTriedAgain(String operation) {
        byte[] reference = Arrays.copyOf(Pictures.draw("jpg", 64, 64), 200_000);
        String image = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(reference);
        routes.emulator()
                .on(RequestMatcher.operation(operation))
                .answer(Fault.overloaded())
                .times(1);

        submit(Map.of("mug", Map.of("prompt", "a mug", "images", List.of(image)), "vase", Map.of("prompt", "a vase")));
        drawn();

        await().until(() -> pictures.size() == 2);
        assertThat(routes.emulator().faults())
                .allSatisfy(fault -> assertThat(fault.served()).isEqualTo(1));
    }

    @Test
    void whatExpiresIsToldKeyByKey() {
        submit(products(2), Fault.batchExpires());
        drawn();

        await().until(() -> failures.size() == 2);
        assertThat(failures.values()).allSatisfy(failure -> assertThat(failure)
                .isInstanceOfSatisfying(NotDrawnException.class, told -> assertThat(told.getReason())
                        .isEqualTo(NotDrawnException.Reason.EXPIRED)));
        assertThat(pictures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void faultsOfLinesAreOfTheirLines(boolean shuffled) {
        Fault lines = Fault.lineMissing(3)
                .and(Fault.lineFails(5))
                .and(Fault.lineBroken(7))
                .and(Fault.lineTwice(9));
        submit(products(20), shuffled ? lines.and(Fault.linesShuffled()) : lines);
        drawn();

        await().until(() -> pictures.size() + failures.size() == 20);
        assertThat(failures).containsOnlyKeys("p003", "p005", "p007");
        assertThat(failures.get("p003")).isInstanceOf(NotDrawnException.class);
        assertThat(pictures).hasSize(17);
    }

    /** Few come within the batch, many as a file. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void resultsThatAreNotNamedYetAreWaitedFor(int count) {
        submit(products(count), Fault.resultsLate(Duration.ofDays(2)));
        drawn();
        await().until(() -> routes.emulator().requests().stream()
                        .filter(request -> request.operation().equals("batches.get"))
                        .count()
                > 2);
        assertThat(failures).isEmpty();

        routes.emulator().clock().advance(Duration.ofDays(2));

        await().atMost(Duration.ofMinutes(1)).until(() -> pictures.size() == count);
        assertThat(failures).isEmpty();
    }

    /** python-genai#2175: pictures of another size than asked for. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void everyPictureHasTheSizeOfItsRequest(int count) {
        Map<String, Object> products = new TreeMap<>();
        IntStream.range(0, count)
                .forEach(i -> products.put(
                        "p%03d".formatted(i),
                        i % 2 == 0
                                ? Map.of("prompt", "product", "aspectRatio", "16:9", "imageSize", "512")
                                : Map.of("prompt", "product")));
        submit(products);
        drawn();

        await().atMost(Duration.ofMinutes(1)).until(() -> pictures.size() == count);
        pictures.forEach((key, picture) -> assertThat(picture.getHeader(GeminiImageHeaders.WIDTH))
                .as(key)
                .isEqualTo(Integer.parseInt(key.substring(1)) % 2 == 0 ? 688 : 1024));
    }

    @Test
    void aBatchThatFailsAsAWholeIsToldKeyByKey() {
        submit(products(2), Fault.jobFails("The input could not be read."));
        drawn();

        await().until(() -> failures.size() == 2);
        assertThat(List.copyOf(failures.values()).get(0)).hasMessageContaining("The input could not be read.");
    }
}
