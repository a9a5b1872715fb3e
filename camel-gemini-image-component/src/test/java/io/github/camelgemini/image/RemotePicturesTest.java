package io.github.camelgemini.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that name a picture by its address instead of bringing it. */
class RemotePicturesTest {

    private static final String BUCKET = "gemini-image:generate?vertexAi=true&outputGcsUri=gs://my-bucket/pictures";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer elsewhere = new PictureServer();

    static Stream<Arguments> waysToName() {
        return Stream.of(
                Arguments.of("fileData", (Function<String, Fault>) Fault::fileData),
                Arguments.of("a text that is nothing else", (Function<String, Fault>) Fault::urlInText),
                Arguments.of("Markdown", (Function<String, Fault>) Fault::markdownInText));
    }

    // ---- By URL

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToName")
    void pictureAtTheServiceIsFetchedAndBecomesTheBody(String name, Function<String, Fault> way) {
        for (String options : List.of("", "&stream=true")) {
            routes.emulator().next(way.apply(null));

            Exchange exchange = routes.send("gemini-image:generate?allowPrivateReferences=true" + options, "a cat");

            assertThat(exchange.getException()).isNull();
            GeneratedImage picture = exchange.getMessage().getBody(GeneratedImage.class);
            assertThat(picture.length()).isGreaterThan(100_000);
            assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.WIDTH))
                    .isEqualTo(picture.width());
            assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo(picture.mimeType());
            assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.URI)).isNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToName")
    void privateHostsAreNotAskedAndTheRequestIsNotPaidForAgain(String name, Function<String, Fault> way) {
        elsewhere.page("/cat.png", 200, Map.of("Content-Type", "image/png"), Pictures.draw("png", 32, 32));
        routes.emulator().next(way.apply(elsewhere.url() + "/cat.png"));

        Exception failure = routes.send("gemini-image:generate", "a cat").getException();

        assertThat(failure)
                .isInstanceOfAny(MalformedResponseException.class, NoImageException.class)
                .hasMessageContaining(name.equals("fileData") ? "has no public address" : elsewhere.url());
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void hostsThatTheRouteAllowsAreAsked() {
        elsewhere.page("/cat.png", 200, Map.of("Content-Type", "image/png"), Pictures.draw("png", 32, 16));
        routes.emulator().next(Fault.urlInText(elsewhere.url() + "/cat.png"));

        Exchange exchange = routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat");

        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 32, 16));
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT)).isNull();
    }

    @Test
    void keyDoesNotGoAlong() {
        elsewhere.page("/cat.png", 200, Map.of(), Pictures.draw("png", 32, 16));
        routes.emulator().next(Fault.fileData(elsewhere.url() + "/cat.png"));

        routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat");

        assertThat(elsewhere.requests()).singleElement().satisfies(asked -> assertThat(
                        asked.headers().toString() + asked.path())
                .doesNotContain(EmulatedRoutes.KEY));
    }

    @Test
    void textThatHasAnAddressBesideAPictureIsAText() {
        elsewhere.page("/cat.png", 200, Map.of(), Pictures.draw("png", 32, 16));
        answers("{\"text\":\"" + elsewhere.url() + "/cat.png\"}," + inline(Pictures.draw("png", 8, 8)));

        Exchange exchange = routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat");

        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 8, 8));
        assertThat(elsewhere.requests()).isEmpty();
    }

    @Test
    void serverThatTheRouteHasChosenIsAskedWhereItSaysThatThePictureIsButNotWhereATextSays() {
        routes.emulator().next(Fault.fileData(null));
        Exchange said = routes.send("gemini-image:generate", "a cat");
        routes.emulator().next(Fault.urlInText(null));
        Exchange written = routes.send("gemini-image:generate", "a cat");

        assertThat(said.getMessage().getBody()).isInstanceOf(GeneratedImage.class);
        assertThat(written.getException()).isInstanceOf(NoImageException.class);
    }

    @Test
    void addressThatFailsIsAskedAgainAndTheModelIsNot() {
        AtomicInteger asked = new AtomicInteger();
        elsewhere.page("/cat.png", page -> {
            if (asked.incrementAndGet() == 1) {
                page.sendResponseHeaders(503, -1);
            } else {
                byte[] body = Pictures.draw("png", 32, 16);
                page.sendResponseHeaders(200, body.length);
                page.getResponseBody().write(body);
            }
            page.close();
        });
        routes.emulator().next(Fault.fileData(elsewhere.url() + "/cat.png"));

        Exchange exchange = routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat");

        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 32, 16));
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void pictureThatIsNotThereYetIsWaitedFor() {
        storeLate("/cat.png");
        routes.emulator().next(Fault.fileData(elsewhere.url() + "/cat.png"));

        Exchange exchange = routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat");

        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 32, 16));
        assertThat(elsewhere.requests()).hasSize(2);
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    /** Stores pictures a moment after the answer that names them. */
    private void storeLate(String path) {
        AtomicLong first = new AtomicLong();
        elsewhere.page(path, page -> {
            long now = System.nanoTime();
            boolean there = !first.compareAndSet(0, now) && now - first.get() > 300_000_000;
            byte[] body = there ? Pictures.draw("png", 32, 16) : new byte[0];
            page.sendResponseHeaders(there ? 200 : 404, there ? body.length : -1);
            page.getResponseBody().write(body);
        });
    }

    @Test
    void addressThatIsNotToBeHadTakesNoOtherPictureWithIt() {
        answers("{\"fileData\":{\"fileUri\":\"" + elsewhere.url() + "/gone.png\"}},"
                + inline(Pictures.draw("png", 8, 8)));

        Exchange exchange = routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat");

        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 8, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "![a cat](data:image/png;base64,%s)",
                "data:image/png;base64,%s",
                "Here: ![](DATA:image/png;base64,%s)"
            })
    void dataUriInTheTextIsThePicture(String text) {
        String base64 = Base64.getEncoder().encodeToString(Pictures.draw("png", 8, 8));
        answers("{\"text\":\"" + text.formatted(base64) + "\"}");

        Exchange exchange = routes.send("gemini-image:generate", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 8, 8));
    }

    @Test
    void textWithAnAddressThatIsNoPictureIsTheModelsAnswer() {
        elsewhere.page("/policy", 200, Map.of("Content-Type", "text/html"), "<p>No.</p>".getBytes(UTF_8));
        routes.emulator().next(Fault.urlInText(elsewhere.url() + "/policy"));

        Exception failure = routes.send("gemini-image:generate?allowPrivateReferences=true", "a cat")
                .getException();

        assertThat(failure).isInstanceOfSatisfying(NoImageException.class, none -> assertThat(none.getText())
                .isEqualTo(elsewhere.url() + "/policy"));
    }

    @Test
    void conversationGoesOnFromAPictureThatWasFetched() {
        String chat = "gemini-image:chat?conversationId=logo";
        routes.emulator().next(Fault.fileData(null));
        routes.send(chat, "a cat");

        Exchange exchange = routes.send(chat, "make it blue");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests()).last().satisfies(asked -> assertThat(
                        asked.body().at("/contents/1/parts").toString())
                .contains("inlineData")
                .doesNotContain("fileData"));
    }

    @Test
    void pictureOfAnAnswerThatIsBlockedInTheEndIsKept() {
        routes.emulator()
                .next(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"promptFeedback\":{\"blockReason\":\"OTHER\"},\"candidates\":[{\"content\":{\"parts\":["
                                + inline(Pictures.draw("png", 8, 8)) + "]},\"finishReason\":\"STOP\"}]}"));

        assertThat(routes.send("gemini-image:generate", "a cat").getMessage().getBody())
                .isInstanceOf(GeneratedImage.class);
    }

    private void answers(String parts) {
        routes.emulator()
                .next(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "]},\"finishReason\":\"STOP\"}]}"));
    }

    private static String inline(byte[] picture) {
        return "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}}";
    }

    // ---- In Cloud Storage

    @Test
    void pictureInABucketComesAsItsUri() {
        Exchange exchange = routes.send(BUCKET, "a cat");

        String uri = exchange.getMessage().getBody(String.class);
        assertThat(exchange.getMessage().getBody()).isInstanceOf(String.class);
        assertThat(uri).startsWith("gs://my-bucket/pictures");
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.URI)).isEqualTo(uri);
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                .isEqualTo(1);
        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKeys(
                        Exchange.CONTENT_TYPE,
                        GeminiImageHeaders.WIDTH,
                        GeminiImageHeaders.HEIGHT,
                        GeminiImageHeaders.EXTENSION);
        assertThat((Double) exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST))
                .isPositive();
    }

    @Test
    void severalPicturesComeAsAListOfUris() {
        Exchange exchange = routes.send(BUCKET + "&numImages=2", "a cat");

        assertThat(exchange.getMessage().getBody(List.class)).hasSize(2);
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                .isEqualTo(2);
    }

    @Test
    void jsonHasTheUri() {
        Exchange exchange = routes.send(BUCKET + "&output=json", "a cat");

        assertThat(exchange.getMessage().getBody(String.class))
                .contains("\"images\":[\"gs://my-bucket/pictures", "\"mime_type\":\"image/");
    }

    @Test
    void conversationGoesOnFromAPictureInABucket() {
        String chat = BUCKET.replace("generate", "chat") + "&conversationId=logo";
        routes.send(chat, "a cat");

        Exchange exchange = routes.send(chat, "make it blue");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).startsWith("gs://my-bucket/pictures");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-image:generate?outputGcsUri=gs://my-bucket,                      Vertex AI only",
        "gemini-image:generate?vertexAi=true&outputGcsUri=https://example.com/x, must be gs://bucket",
        "gemini-image:generate?vertexAi=true&outputGcsUri=my-bucket,             must be gs://bucket"
    })
    void wrongBucketStopsTheStart(String uri, String why) {
        assertThatThrownBy(() -> routes.send(uri, "a cat"))
                .hasStackTraceContaining("outputGcsUri")
                .hasStackTraceContaining(why);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"outputGcsUri", "output_gcs_uri"})
    void messageDoesNotChooseTheBucket(String field) {
        Exchange exchange = routes.send(
                "gemini-image:generate?vertexAi=true",
                "{\"prompt\": \"a cat\", \"" + field + "\": \"gs://theirs\"}",
                Map.of("CamelGeminiImageOutputGcsUri", "gs://theirs"));

        boolean refused = exchange.getException() instanceof InvalidRequestException;
        assertThat(refused || exchange.getMessage().getBody() instanceof GeneratedImage)
                .isTrue();
        assertThat(routes.emulator().requests())
                .allSatisfy(
                        asked -> assertThat(asked.body().has("outputConfig")).isFalse());
    }
}
