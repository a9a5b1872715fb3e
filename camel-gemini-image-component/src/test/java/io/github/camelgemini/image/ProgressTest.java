package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The events for {@code progressUri}, which must not affect any call. */
@Timeout(60)
class ProgressTest {

    private static final String STREAMED =
            "gemini-image:generate?stream=true&includeThoughts=true&maxRetries=0" + "&progressUri=direct:progress";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final List<Map<String, Object>> heard = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();

    private void listen(org.apache.camel.Processor processor) throws Exception {
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:progress").process(processor));
    }

    @SuppressWarnings("unchecked")
    private void hear(Exchange exchange) {
        headers.add(Map.copyOf(exchange.getMessage().getHeaders()));
        heard.add(exchange.getMessage().getBody(Map.class));
    }

    private List<String> events() {
        return heard.stream().map(event -> (String) event.get("event")).toList();
    }

    private static Predicate<Map<String, Object>> is(String event) {
        return told -> told.get("event").equals(event);
    }

    @Test
    void tellsFromTheBeginningToTheEnd() throws Exception {
        listen(this::hear);
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32), Fault.pictureBytes(2_000_000));

        Exchange exchange = routes.send(STREAMED, "a cat", Map.of("client", "c7", "CamelHttpUri", "http://elsewhere"));
        await().until(() -> events().contains("done"));

        assertThat(events().get(0)).isEqualTo("started");
        assertThat(events().get(events().size() - 1)).isEqualTo("done");
        assertThat(events()).containsSubsequence("started", "thought", "text", "receiving", "received", "done");
        assertThat(heard).allSatisfy(event -> assertThat(event).containsEntry("exchangeId", exchange.getExchangeId()));
        assertThat(headers).allSatisfy(header -> assertThat(header)
                .containsEntry("client", "c7")
                .containsEntry(GeminiImageHeaders.PROGRESS_EXCHANGE_ID, exchange.getExchangeId())
                .containsKey(GeminiImageHeaders.PROGRESS)
                .doesNotContainKey("CamelHttpUri"));
        assertThat(heard.stream().filter(is("receiving")).map(event -> (long) event.get("bytes")))
                .isSorted()
                .as("steps of 128 KiB, of the picture and of two interim ones")
                .hasSizeBetween(1, 48);
        assertThat(heard.stream().filter(is("received"))).singleElement().satisfies(event -> assertThat(event)
                .containsEntry("bytes", 2_000_000L)
                .containsEntry("mimeType", "image/jpeg")
                .containsEntry("width", 64)
                .containsEntry("height", 32));
        String text = heard.stream()
                .filter(is("text"))
                .map(event -> (String) event.get("text"))
                .reduce("", String::concat);
        assertThat(text).isEqualTo("Here is your picture: a cat");
        assertThat(heard.get(heard.size() - 1))
                .containsEntry("imageCount", 1)
                .containsEntry("attempts", 1)
                .containsKeys("model", "totalTokens", "estimatedCost");
    }

    /** All at once at the end, where the API does not stream. */
    @Test
    void tellsOfAnswersInOnePieceToo() throws Exception {
        listen(this::hear);

        routes.send("gemini-image:generate?progressUri=direct:progress", "a cat");
        await().until(() -> events().contains("done"));

        assertThat(events()).containsSubsequence("started", "text", "received", "done");
    }

    @Test
    void tellsOfConversations() throws Exception {
        listen(this::hear);
        String uri = "gemini-image:chat?conversationId=cat&progressUri=direct:progress";
        routes.send(uri, "draw a cat");
        await().until(() -> events().contains("done"));
        assertThat(events())
                .filteredOn(event -> !event.equals("receiving"))
                .containsExactly("started", "text", "received", "done");
        heard.clear();

        routes.send(uri, null, Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "reset"));
        await().until(() -> events().contains("done"));
        assertThat(events()).containsExactly("started", "done");
        assertThat(heard.get(1)).containsEntry("imageCount", 0);
    }

    @Test
    void tellsOfFailuresOfCallsAndOfMessages() throws Exception {
        listen(this::hear);
        routes.emulator().next(Fault.overloaded());
        routes.failure(STREAMED, "a cat", Map.of(), ServiceUnavailableException.class);
        routes.failure(STREAMED, "", Map.of(), InvalidRequestException.class);
        await().until(() -> heard.size() == 4);

        assertThat(events().stream().sorted()).containsExactly("failed", "failed", "started", "started");
        assertThat(heard.stream().filter(is("failed")).map(event -> event.get("error")))
                .containsExactlyInAnyOrder("ServiceUnavailableException", "InvalidRequestException");
    }

    @Test
    void anEndpointThatFailsHurtsNobody() throws Exception {
        listen(exchange -> {
            hear(exchange);
            throw new IllegalStateException("no progress here");
        });

        assertThat(routes.send(STREAMED, "a cat").getException()).isNull();
        await().until(() -> events().contains("done"));
    }

    @Test
    void anEndpointThatHangsHoldsNobodyUp() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        listen(exchange -> {
            released.await();
            hear(exchange);
        });
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.pixels(16, 16), Fault.manyParts(1_000), Fault.pictureBytes(3_000_000));

        try {
            for (int i = 0; i < 10; i++) {
                assertThat(routes.send(STREAMED, "a cat").getException()).isNull();
            }
            assertThat(heard).isEmpty();
        } finally {
            released.countDown();
        }
        await().until(() -> events().stream().filter("done"::equals).count() == 10);

        assertThat(events().stream().filter("started"::equals)).hasSize(10);
        assertThat(heard).as("not all of the 1,000 texts of each").hasSizeLessThan(10 * 100);
        List<Object> ids = new ArrayList<>();
        heard.stream().filter(is("done")).forEach(event -> ids.add(event.get("exchangeId")));
        for (Object id : ids) {
            List<Object> ofOne = heard.stream()
                    .filter(event -> event.get("exchangeId").equals(id))
                    .map(event -> event.get("event"))
                    .toList();
            assertThat(ofOne.get(0)).isEqualTo("started");
            assertThat(ofOne.get(ofOne.size() - 1)).isEqualTo("done");
        }
    }

    @Test
    void aMessageCannotSayWhereTo() {
        routes.send("gemini-image:generate", "a cat", Map.of("CamelGeminiImageProgressUri", "direct:progress"));

        assertThat(routes.context().hasEndpoint("direct:progress")).isNull();
    }

    @Test
    void anEndpointThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:wrong")
                        .to("gemini-image:generate?progressUri=nosuch:thing")))
                .hasStackTraceContaining("nosuch");
    }
}
