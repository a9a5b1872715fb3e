package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in several turns. The emulator refuses what Gemini 3 refuses, missing and wrong thought signatures above all. */
@Timeout(60)
class ChatTest {

    private static final String BY_ID = "gemini-image:chat?conversationId=cat&maxRetries=0";
    private static final String STATELESS = "gemini-image:chat?maxRetries=0";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void smallPictures() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32));
    }

    private Exchange draw(String uri, Object body) {
        return draw(uri, body, Map.of());
    }

    private Exchange draw(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private JsonNode contents(int request) {
        return routes.emulator().requests().get(request).body().path("contents");
    }

    private static List<String> texts(JsonNode contents, String role) {
        return StreamSupport.stream(contents.spliterator(), false)
                .filter(turn -> turn.path("role").asText().equals(role))
                .map(turn -> turn.path("parts").path(0).path("text").asText())
                .toList();
    }

    /** What was asked in each request, turn by turn. */
    private List<List<String>> asked() {
        return routes.emulator().requests().stream()
                .map(request -> texts(request.body().path("contents"), "user"))
                .toList();
    }

    @Test
    void theSecondTurnGivesTheFirstBackWithItsSignatures() throws IOException {
        Exchange first = draw(BY_ID, List.of("draw a cat", Pictures.draw("png", 32, 32)));
        Exchange second = draw(BY_ID, "make it blue");

        JsonNode sent = contents(1);
        assertThat(sent).hasSize(3);
        assertThat(sent.path(0).path("parts").path(0).path("text").asText()).isEqualTo("draw a cat");
        assertThat(sent.path(0)
                        .path("parts")
                        .path(1)
                        .path("inlineData")
                        .path("mimeType")
                        .asText())
                .isEqualTo("image/png");
        JsonNode model = sent.path(1);
        assertThat(model.path("role").asText()).isEqualTo("model");
        assertThat(model.path("parts").path(0).path("text").asText()).contains("draw a cat");
        assertThat(model.path("parts").path(0).path("thoughtSignature").asText())
                .isNotEmpty();
        assertThat(model.path("parts").path(1).path("thoughtSignature").asText())
                .isNotEmpty()
                .isNotEqualTo(
                        model.path("parts").path(0).path("thoughtSignature").asText());
        assertThat(texts(sent, "user")).containsExactly("draw a cat", "make it blue");
        assertThat(routes.emulator().requests().get(1).pictures().get(1).length())
                .isEqualTo(first.getMessage().getBody(GeneratedImage.class).length());
        assertThat(second.getMessage().getHeader(GeminiImageHeaders.CONVERSATION_TURNS))
                .isEqualTo(2);
        assertThat(second.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
    }

    @Test
    void whatTheModelThoughtIsNotSentBack() {
        draw(BY_ID + "&includeThoughts=true", "draw a cat");
        draw(BY_ID + "&includeThoughts=true", "make it blue");

        assertThat(contents(1).path(1).path("parts")).hasSize(2);
        assertThat(contents(1).findValues("thought")).isEmpty();
    }

    /** Longer than what stays in the heap: as bytes of their own, to the last one. */
    @Test
    void longSignaturesComeBackUnchanged() {
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32), Fault.signatureBytes(300_001));

        draw(BY_ID, "draw a cat");
        draw(BY_ID, "make it blue");
        draw(BY_ID, "and green");

        assertThat(contents(2)
                        .path(1)
                        .path("parts")
                        .path(1)
                        .path("thoughtSignature")
                        .asText())
                .hasSize((300_001 + 2) / 3 * 4);
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).hasSize(1));
    }

    /** The signature belongs to the picture that the model drew, not to the one that was made of it. */
    @Test
    void aConvertedPictureIsGivenBackAsItWasDrawn() throws Exception {
        Exchange png = draw(BY_ID + "&outputFormat=png", "draw a cat");
        draw(BY_ID + "&outputFormat=png", "make it blue");

        assertThat(Pictures.describe(png.getMessage().getBody(byte[].class))).isEqualTo("image/png 64x32");
        assertThat(contents(1)
                        .path(1)
                        .path("parts")
                        .path(1)
                        .path("inlineData")
                        .path("mimeType")
                        .asText())
                .isEqualTo("image/jpeg");
    }

    @Test
    void conversationsDoNotMix() {
        draw(STATELESS, "draw a cat", Map.of(GeminiImageHeaders.CONVERSATION_ID, "one"));
        draw(STATELESS, "draw a dog", Map.of(GeminiImageHeaders.CONVERSATION_ID, "two"));
        draw(STATELESS, "make it blue", Map.of(GeminiImageHeaders.CONVERSATION_ID, "one"));

        assertThat(asked().get(2)).containsExactly("draw a cat", "make it blue");
    }

    @Test
    void endpointsShareConversations() {
        draw(BY_ID, "draw a cat");
        draw("gemini-image:chat?imageSize=2K", "larger", Map.of(GeminiImageHeaders.CONVERSATION_ID, "cat"));

        assertThat(asked().get(1)).containsExactly("draw a cat", "larger");
    }

    @Test
    void aFailedTurnLeavesTheConversationAsItWas() {
        draw(BY_ID, "draw a cat");
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.prompt("rude")).answer(Fault.finish("IMAGE_SAFETY", "No."));
        routes.failure(BY_ID, "something rude", Map.of(), ImageBlockedException.class);
        routes.failure(
                BY_ID,
                "something rude",
                Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "undo"),
                ImageBlockedException.class);

        draw(BY_ID, "make it blue");

        assertThat(asked().get(3)).containsExactly("draw a cat", "make it blue");
    }

    @Test
    void aTurnWhosePictureCannotBeStoredIsNotKept() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:store").process(exchange -> {
            if (stored.incrementAndGet() == 2) {
                throw new IOException("bucket is full");
            }
            exchange.getMessage().setHeader(GeminiImageHeaders.URI, "s3://pictures/" + stored.get());
        }));
        String uri = BY_ID + "&output=json&imageStore=direct:store";
        draw(uri, "draw a cat");

        assertThat(routes.send(uri, "make it blue").getException()).hasMessageContaining("bucket is full");
        Exchange again = draw(uri, "make it blue");

        assertThat(again.getMessage().getHeader(GeminiImageHeaders.CONVERSATION_TURNS))
                .isEqualTo(2);
        assertThat(asked().get(2)).containsExactly("draw a cat", "make it blue");
    }

    @Test
    void noMoreTurnsWaitThanAreAllowedTo() throws Exception {
        routes.emulator().clearFaults();
        CompletableFuture<Exchange> first;
        CompletableFuture<Exchange> second;
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32), Fault.delay(Duration.ofSeconds(2)));
        first = sendAsync(BY_ID + "&maxQueued=1", "one");
        await().until(() -> routes.emulator().requests().size() == 1);
        second = sendAsync(BY_ID + "&maxQueued=1", "two");

        await().untilAsserted(() -> assertThat(
                        routes.failure(BY_ID + "&maxQueued=1", "one too many", Map.of(), RateLimitException.class))
                .hasMessageContaining("maxQueued=1 messages of conversations are already waiting"));
        assertThat(first.join().getException()).isNull();
        assertThat(second.join().getException()).isNull();
    }

    @Test
    void aTurnWaitsNoLongerThanItsTimeAllows() {
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32), Fault.delay(Duration.ofSeconds(3)));
        CompletableFuture<Exchange> first = sendAsync(BY_ID, "one");
        await().until(() -> routes.emulator().requests().size() == 1);

        assertThat(routes.failure(BY_ID + "&requestTimeout=200", "two", Map.of(), RequestTimeoutException.class))
                .hasMessageContaining(
                        "This message waited for earlier messages of conversation 'cat' longer than requestTimeout=200 ms");
        assertThat(first.join().getException()).isNull();
        assertThat(asked()).containsExactly(List.of("one"));
    }

    @Test
    void waitingForTheTurnCountsAsTimeOfTheCall() {
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32), Fault.delay(Duration.ofSeconds(2)));
        CompletableFuture<Exchange> first = sendAsync(BY_ID, "one");
        await().until(() -> routes.emulator().requests().size() == 1);

        routes.failure(BY_ID + "&requestTimeout=3500", "two", Map.of(), RequestTimeoutException.class);

        assertThat(first.join().getException()).isNull();
    }

    @Test
    void aTurnThatWaitedHasTheMdcOfItsRoute() throws Exception {
        routes.context().setUseMDCLogging(true);
        List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:mdc")
                .routeId("pictures-of-cats")
                .to(BY_ID)
                .process(exchange -> seen.add(org.slf4j.MDC.get("camel.routeId"))));

        CompletableFuture.allOf(sendAsync("direct:mdc", "one"), sendAsync("direct:mdc", "two"))
                .join();

        assertThat(seen).containsExactly("pictures-of-cats", "pictures-of-cats");
    }

    private CompletableFuture<Exchange> sendAsync(String uri, String body) {
        return CompletableFuture.supplyAsync(() -> routes.send(uri, body), task -> new Thread(task).start());
    }

    @Test
    void undoTakesBackTheLastPromptAndItsAnswer() throws Exception {
        byte[] cat = draw(BY_ID, "draw a cat").getMessage().getBody(byte[].class);
        draw(BY_ID, "make it blue");

        Exchange undone = draw(BY_ID, null, Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "undo"));

        assertThat(routes.emulator().requests()).hasSize(2);
        assertThat(undone.getMessage().getBody(byte[].class))
                .as("the picture of before")
                .isEqualTo(cat);
        assertThat(undone.getMessage().getHeader(GeminiImageHeaders.CONVERSATION_TURNS))
                .isEqualTo(1);
        assertThat(undone.getMessage().getHeaders()).doesNotContainKey(GeminiImageHeaders.CONVERSATION_ACTION);
        draw(BY_ID, "make it red");
        assertThat(asked().get(2)).containsExactly("draw a cat", "make it red");
    }

    @Test
    void undoAndAPromptGoOnFromTheAnswerBefore() {
        draw(BY_ID, "draw a cat");
        draw(BY_ID, "make it blue");
        draw(BY_ID, "make it red", Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "undo"));

        assertThat(asked().get(2)).containsExactly("draw a cat", "make it red");
    }

    @Test
    void resetForgets() {
        draw(BY_ID, "draw a cat");
        Exchange reset = draw(BY_ID, null, Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "RESET"));

        assertThat(reset.getMessage().getBody()).isNull();
        assertThat(reset.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT)).isEqualTo(0);
        assertThat(reset.getMessage().getHeader(GeminiImageHeaders.CONVERSATION_TURNS))
                .isEqualTo(0);
        draw(BY_ID, "draw a dog");
        assertThat(asked().get(1)).containsExactly("draw a dog");
        draw(BY_ID, "draw a bird", Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "reset"));
        assertThat(asked().get(2)).containsExactly("draw a bird");
    }

    @Test
    void turnsOfOneConversationWaitForEachOtherInOrder() throws Exception {
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.prompt("elsewhere")).answer(Fault.pixels(16, 16));
        routes.emulator().on(RequestMatcher.prompt("turn 0")).answer(Fault.stallBeforeHeaders());
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16));

        List<CompletableFuture<Exchange>> turns = sendAtOnce(BY_ID, 9);
        await().until(() -> routes.emulator().requests().size() == 1);
        draw(STATELESS, "elsewhere", Map.of(GeminiImageHeaders.CONVERSATION_ID, "other"));
        assertThat(routes.emulator().requests()).hasSize(2);
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16));

        assertThat(turns.get(0).join().getException())
                .as("which the stall broke off")
                .isNotNull();
        turns.forEach(CompletableFuture::join);
        List<List<String>> asked = asked().subList(2, 10);
        for (int i = 0; i < 8; i++) {
            assertThat(asked.get(i))
                    .isEqualTo(IntStream.rangeClosed(1, i + 1)
                            .mapToObj(n -> "turn " + n)
                            .toList());
        }
    }

    private List<CompletableFuture<Exchange>> sendAtOnce(String uri, int messages) throws Exception {
        AsyncProducer producer = routes.context().getEndpoint(uri).createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchange.getMessage().setBody("turn " + i);
            sent.add(producer.processAsync(exchange));
        }
        return sent;
    }

    @Test
    void turnsThatWaitFailWhenTheComponentStops() throws Exception {
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.any()).answer(Fault.stallBeforeHeaders());
        List<CompletableFuture<Exchange>> turns = sendAtOnce(BY_ID, 5);
        await().until(() -> routes.emulator().requests().size() == 1);

        routes.context().stop();

        assertThat(turns)
                .allSatisfy(turn -> assertThat(turn.join().getException()).isNotNull());
        assertThat(spool).isEmptyDirectory();
    }

    /** The rest of a route runs when the next turn is let in, or this would wait for itself. */
    @Test
    void aRouteMayGoOnWithTheSameConversation() throws Exception {
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:twice")
                .to(BY_ID)
                .setBody(b.constant("make it blue"))
                .to(BY_ID));

        draw("direct:twice", "draw a cat");

        assertThat(asked().get(1)).containsExactly("draw a cat", "make it blue");
    }

    static Stream<Object> forms() {
        return Stream.of("text", "bytes", "payload", "object", "stream", "property");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theNextMessageBringsTheConversationBack(String form) throws Exception {
        List<byte[]> contents = new ArrayList<>();
        RouteBuilder.addRoutes(routes.context(), b -> {
            b.from("direct:first").to(STATELESS).process(e -> contents.add(next(e)));
            b.from("direct:next")
                    .process(e -> bring(e, form, contents.get(0)))
                    .to(STATELESS)
                    .process(e -> contents.add(next(e)));
        });

        draw("direct:first", "draw a cat");
        Exchange second = draw("direct:next", "make it blue");

        assertThat(asked().get(1)).containsExactly("draw a cat", "make it blue");
        assertThat(second.getMessage().getHeader(GeminiImageHeaders.CONVERSATION_TURNS))
                .isEqualTo(2);
        assertThat(second.getMessage().getHeaders()).doesNotContainKey(GeminiImageHeaders.CONTENTS);
        assertThat(new ObjectMapper().readTree(contents.get(1))).hasSize(4);
    }

    private static byte[] next(Exchange exchange) throws IOException {
        Payload contents = exchange.getProperty(ResultWriter.NEXT_TURN_CONTENTS_PROPERTY, Payload.class);
        try (InputStream in = contents.newInputStream()) {
            return in.readAllBytes();
        }
    }

    private static void bring(Exchange exchange, String form, byte[] contents) {
        Object value =
                switch (form) {
                    case "text" -> new String(contents, java.nio.charset.StandardCharsets.UTF_8);
                    case "object" ->
                        "{\"next_turn_contents\":" + new String(contents, java.nio.charset.StandardCharsets.UTF_8)
                                + "}";
                    case "payload" -> Payload.of(contents);
                    case "stream" -> new java.io.ByteArrayInputStream(contents);
                    default -> contents;
                };
        if (form.equals("property")) {
            exchange.setProperty(GeminiImageHeaders.CONTENTS, value);
        } else {
            exchange.getMessage().setHeader(GeminiImageHeaders.CONTENTS, value);
        }
    }

    /** As other services of this model have it: the last turn is in the contents, and there is no prompt beside them. */
    @Test
    void contentsThatEndWithTheUserAreAllThatIsSent() {
        String contents = "[{\"role\":\"user\",\"parts\":[{\"text\":\"draw a cat\"}]}]";

        draw(STATELESS, null, Map.of(GeminiImageHeaders.CONTENTS, contents));
        draw("gemini-image:generate", null, Map.of(GeminiImageHeaders.CONTENTS, contents));

        assertThat(asked()).containsExactly(List.of("draw a cat"), List.of("draw a cat"));
    }

    @Test
    void theResultHasTheTurnOfTheModel() throws Exception {
        List<Object> seen = new ArrayList<>();
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:turn")
                .to("gemini-image:generate")
                .process(e -> seen.addAll(e.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class)
                        .turn()
                        .parts())));

        draw("direct:turn", "draw a cat");

        assertThat(seen).hasSize(2);
    }

    @Test
    void theConversationConvertsToWhatRoutesNeed() throws Exception {
        List<Object> seen = new ArrayList<>();
        RouteBuilder.addRoutes(
                routes.context(), b -> b.from("direct:convert").to(STATELESS).process(e -> {
                    for (Class<?> type : List.of(String.class, byte[].class, InputStream.class)) {
                        Object converted = e.getProperty(ResultWriter.NEXT_TURN_CONTENTS_PROPERTY, type);
                        seen.add(new ObjectMapper()
                                .readTree(e.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, converted))
                                .size());
                    }
                }));

        draw("direct:convert", "draw a cat");

        assertThat(seen).containsExactly(2, 2, 2);
    }

    record Wrong(String what, Map<String, Object> headers, Object body, String error) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Wrong contentsThat(String what, String contents, String error) {
        return new Wrong(what, Map.of(GeminiImageHeaders.CONTENTS, contents), "go on", error);
    }

    static Stream<Wrong> wrong() {
        String id = GeminiImageHeaders.CONVERSATION_ID;
        String action = GeminiImageHeaders.CONVERSATION_ACTION;
        String pixel = new String(java.util.Base64.getEncoder().encode(Pictures.draw("png", 1, 1)));
        return Stream.of(
                new Wrong("an empty id", Map.of(id, ""), "a cat", "must have 1 to 256 characters"),
                new Wrong("a blank id", Map.of(id, " \t"), "a cat", "must have 1 to 256 characters"),
                new Wrong("a huge id", Map.of(id, "x".repeat(1_000_000)), "a cat", "x…' must have 1 to 256 characters"),
                new Wrong("an id that is no text", Map.of(id, List.of("x")), "a cat", "must be text"),
                new Wrong(
                        "an unknown action",
                        Map.of(action, "redo", id, "x"),
                        "a cat",
                        "'redo' must be one of continue, undo, reset"),
                new Wrong(
                        "undo of nothing",
                        Map.of(action, "undo", id, "new"),
                        null,
                        "conversation 'new' has no answer to undo"),
                new Wrong("undo without an id", Map.of(action, "undo"), null, "has no answer to undo"),
                new Wrong(
                        "several pictures",
                        Map.of(GeminiImageHeaders.NUM_IMAGES, 2),
                        "a cat",
                        "numImages '2' must be 1 for chat"),
                new Wrong(
                        "id and contents",
                        Map.of(
                                id,
                                "x",
                                GeminiImageHeaders.CONTENTS,
                                "[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]}]"),
                        null,
                        "both a conversationId and contents"),
                contentsThat("no JSON", "draw a cat", "must be the JSON of a conversation"),
                contentsThat("an empty text", "", "must be the JSON of a conversation"),
                contentsThat("JSON that ends too early", "[{\"role\":\"user\",", "must be the JSON of a conversation"),
                contentsThat("no array", "42", "/contents '42' must be an array of turns"),
                contentsThat("an empty array", "[]", "must be an array of turns"),
                contentsThat("a turn that is none", "[7]", "/contents/0 '7' must be a turn"),
                contentsThat(
                        "an unknown role",
                        "[{\"role\":\"assistant\",\"parts\":[{\"text\":\"x\"}]}]",
                        "/contents/0/role 'assistant' must be user or model"),
                contentsThat("no parts", "[{\"role\":\"user\"}]", "/contents/0/parts 'nothing' must be an array"),
                contentsThat(
                        "a part that is nothing",
                        "[{\"role\":\"user\",\"parts\":[{\"colour\":\"blue\"}]}]",
                        "/contents/0/parts/0 'an object or array' must have text, inlineData or fileData"),
                contentsThat(
                        "a file of this machine",
                        "[{\"role\":\"user\",\"parts\":[{\"file_data\":{\"file_uri\":\"file:///etc/passwd\"}}]}]",
                        "'file:///etc/passwd' must be gs:// or a file of the Files API"),
                contentsThat(
                        "a picture that is none",
                        "[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aGVsbG8=\"}}]}]",
                        "/contents/0/parts/0/inlineData/data is not an image"),
                contentsThat(
                        "Base64 that is none",
                        "[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"data\":\"????\"}}]}]",
                        "a character that is not Base64"),
                contentsThat(
                        "a signature that is none",
                        "[{\"role\":\"model\",\"parts\":[{\"text\":\"x\",\"thoughtSignature\":\"?\"}]}]",
                        "/contents/0/parts/0/thoughtSignature '?' must be the Base64"),
                contentsThat(
                        "a missing signature",
                        "[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]},{\"role\":\"model\",\"parts\":[{\"inlineData\":"
                                + "{\"mimeType\":\"image/png\",\"data\":\"" + pixel + "\"}}]}]",
                        "/contents/1/parts/0 is in a turn of the model but has no thoughtSignature"),
                contentsThat(
                        "a last turn of the user, and a prompt",
                        "[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]}]",
                        "the contents end with a turn of the user"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void badInputIsRefusedBeforeAnyCall(Wrong wrong) {
        GeminiImageException failure =
                routes.failure(STATELESS, wrong.body(), wrong.headers(), GeminiImageException.class);

        assertThat(failure.getMessage()).contains(wrong.error()).hasSizeLessThan(500);
        assertThat(routes.emulator().requests()).isEmpty();
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    /** The API, not we: this signature is well-formed. */
    @Test
    void aWrongSignatureIsRefusedByTheApi() {
        String pixel = new String(java.util.Base64.getEncoder().encode(Pictures.draw("png", 1, 1)));
        String contents =
                "[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]},{\"role\":\"model\",\"parts\":[{\"inlineData\":"
                        + "{\"mimeType\":\"image/png\",\"data\":\"" + pixel + "\"},\"thoughtSignature\":\"AAAA\"}]}]";

        assertThat(routes.failure(
                        STATELESS,
                        "go on",
                        Map.of(GeminiImageHeaders.CONTENTS, contents),
                        InvalidRequestException.class))
                .hasMessageContaining("Thought signature is not valid");
    }

    @Test
    void aConversationHasAnEnd() {
        String uri = BY_ID + "&conversationMaxTurns=2";
        draw(uri, "draw a cat");
        draw(uri, "make it blue");

        assertThat(routes.failure(uri, "make it red", Map.of(), InvalidRequestException.class))
                .hasMessageContaining("conversation 'cat' has 2 answers")
                .hasMessageContaining("conversationMaxTurns");
        draw(uri, "make it red", Map.of(GeminiImageHeaders.CONVERSATION_ACTION, "undo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-image:chat?numImages=2",
                "gemini-image:chat?conversationMaxTurns=0",
                "gemini-image:generate?conversationId=x"
            })
    void wrongOptionsStopTheStart(String uri) {
        assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                        Exception.class,
                        () -> RouteBuilder.addRoutes(
                                routes.context(), b -> b.from("direct:wrong").to(uri))))
                .hasRootCauseInstanceOf(InvalidRequestException.class);
    }

    @Test
    void nothingIsLeftOfManyTurns() {
        routes.emulator().clearFaults();
        routes.emulator().on(RequestMatcher.prompt("blocked")).answer(Fault.finish("IMAGE_SAFETY", "No."));
        routes.emulator()
                .on(RequestMatcher.prompt("broken"))
                .answer(Fault.pictureBytes(100_000), Fault.truncate(50_000));
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.signatureBytes(20_000));
        List<String> prompts = List.of("a cat", "blocked", "make it blue", "broken", "and green");

        for (int conversation = 0; conversation < 20; conversation++) {
            for (String prompt : prompts) {
                routes.send(
                        STATELESS,
                        List.of(prompt, Pictures.draw("png", 8, 8)),
                        Map.of(GeminiImageHeaders.CONVERSATION_ID, "c" + conversation));
            }
            routes.send(STATELESS, "stateless");
        }
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool))
                .as("one for each conversation")
                .hasSize(20));

        for (int conversation = 0; conversation < 20; conversation++) {
            Map<String, Object> reset = Map.of(
                    GeminiImageHeaders.CONVERSATION_ID,
                    "c" + conversation,
                    GeminiImageHeaders.CONVERSATION_ACTION,
                    "reset");
            assertThat(routes.send(STATELESS, null, reset).getException()).isNull();
        }
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
    }

    @Test
    void whatIsKeptGoesWithTheComponent() {
        draw(BY_ID, "draw a cat");
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).hasSize(1));

        routes.context().stop();

        assertThat(spool).isEmptyDirectory();
    }
}
