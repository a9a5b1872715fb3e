package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code service=anyfast} with its emulator, which refuses what AnyFast's documents do not list. */
@Timeout(120)
class AnyFastTest {

    private static final String KEY = "any-fast-marked-key-4711";
    private static final String SMALL = "gemini-image:generate?maxRetries=0";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer pictures = new PictureServer();

    @TempDir
    Path spool;

    @BeforeEach
    void callAnyFast() {
        GeminiImageConfiguration options = routes.component().getConfiguration();
        options.setService("anyfast");
        options.setBaseUrl(routes.emulator().anyfastUrl());
        options.setApiKey(KEY);
        options.setSpoolDirectory(spool.toString());
        options.setSpoolThreshold(0L);
    }

    @Test
    void fileOfGoogleIsRefusedWithWhoReadsIt() {
        String file = "https://generativelanguage.googleapis.com/v1beta/files/abc";

        assertThat(routes.failure(
                        SMALL,
                        "a cat",
                        Map.of(GeminiImageHeaders.REFERENCE_IMAGES, file),
                        InvalidRequestException.class))
                .hasMessage(
                        "referenceImages '" + file + "' is not supported by AnyFast; services that support it: google");
    }

    private ReceivedRequest onlyRequest() {
        assertThat(routes.emulator().requests()).hasSize(1);
        return routes.emulator().requests().get(0);
    }

    private Exchange picture(String uri, Object body) {
        Exchange exchange = routes.send(uri, body);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(GeneratedImage.class);
        return exchange;
    }

    private static GeneratedImage image(Exchange exchange) {
        return exchange.getMessage().getBody(GeneratedImage.class);
    }

    @Test
    void pictureIsDrawn() {
        Exchange exchange = picture("gemini-image:generate?aspectRatio=16:9&imageSize=512", "a lighthouse");

        assertThat(image(exchange).info().width()).isEqualTo(688);
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class))
                .isPositive();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_MODEL))
                .isEqualTo("gemini-3.1-flash-image");
        ReceivedRequest request = onlyRequest();
        assertThat(request.service()).isEqualTo(EmulatedService.ANYFAST);
        assertThat(request.path()).endsWith("/v1beta/models/gemini-3.1-flash-image:generateContent");
        assertThat(request.queryParameter("key")).contains(KEY);
        assertThat(request.header("x-goog-api-key")).isEmpty();
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.body().at("/generationConfig/responseModalities")).hasSize(2);
        assertThat(request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("16:9");
    }

    @ParameterizedTest
    @CsvSource({
        "/gw/v1, &apiVersion=v1beta, /gw/v1/v1beta/models/",
        "/gw/v1, &apiVersion=, /gw/v1/models/",
        "/gw, &apiVersion=, /gw/models/",
        "/gw/v1, '', /gw/v1/models/"
    })
    void versionIsReadOnce(String path, String option, String asked) {
        pictures.page("/gw", 404, Map.of(), new byte[0]);

        routes.send("gemini-image:generate?maxRetries=0&baseUrl=" + pictures.url() + path + option, "a cat");

        assertThat(pictures.requests()).singleElement().satisfies(request -> assertThat(request.path())
                .startsWith(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.1-flash-image, gemini-3.1-flash-image",
        "models/gemini-3.1-flash-image, gemini-3.1-flash-image",
        "gemini-3.1-flash-image-preview-c, gemini-3.1-flash-image-preview-c"
    })
    void modelIsCalledByTheNameThatItHasThere(String model, String name) {
        picture("gemini-image:generate?model=" + model, "a cat");

        assertThat(onlyRequest().model()).isEqualTo(name);
    }

    @Test
    void whatItCostsIsNotKnown() {
        assertThat(picture("gemini-image:generate", "a cat").getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST))
                .isNull();
    }

    @Test
    void parametersGoWhereItsDocumentsHaveThem() {
        picture(
                "gemini-image:generate?systemInstruction=be brief&temperature=0.5&topP=0.25&topK=3&safetyThreshold=BLOCK_NONE"
                        + "&responseModalities=IMAGE&imageSize=2K",
                "a cat");

        var body = onlyRequest().body();
        assertThat(body.at("/systemInstruction/parts/0/text").asText()).isEqualTo("be brief");
        assertThat(body.at("/generationConfig/temperature").asDouble()).isEqualTo(0.5);
        assertThat(body.at("/generationConfig/topP").asDouble()).isEqualTo(0.25);
        assertThat(body.at("/generationConfig/topK").asInt()).isEqualTo(3);
        assertThat(body.at("/generationConfig/imageConfig/imageSize").asText()).isEqualTo("2K");
        assertThat(body.at("/generationConfig/responseModalities")).hasSize(1);
        assertThat(body.at("/safetySettings")).hasSize(4);
    }

    @Test
    void referencesGoAlongInline() {
        byte[] cat = Pictures.draw("png", 30, 20);

        picture("gemini-image:edit?prompt=brighter", cat);

        assertThat(onlyRequest().pictures()).singleElement().satisfies(sent -> {
            assertThat(sent.width()).isEqualTo(30);
            assertThat(sent.mimeType()).isEqualTo("image/png");
        });
        assertThat(onlyRequest().body().at("/contents/0/parts/1").has("inline_data"))
                .isTrue();
    }

    @Test
    void referenceByAddressIsFetchedHereAndSentInline() {
        pictures.page("/cat.png", 200, Map.of("Content-Type", "image/png"), Pictures.draw("png", 32, 16));

        picture(
                "gemini-image:edit?allowPrivateReferences=true&referenceImages=" + pictures.url() + "/cat.png",
                "brighter");

        assertThat(onlyRequest().pictures()).singleElement().satisfies(sent -> assertThat(sent.width())
                .isEqualTo(32));
        assertThat(pictures.requests()).singleElement().satisfies(asked -> assertThat(asked.path() + asked.headers())
                .doesNotContain(KEY));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void conversationGoesOnWithPicturesAndSignatures(boolean stream) {
        String uri = "gemini-image:chat?conversationId=cat&stream=" + stream;
        picture(uri, "a cat");
        picture(uri, "with a hat");
        Exchange third = picture(uri, "in the rain");

        List<ReceivedRequest> requests = routes.emulator().requests();
        assertThat(requests).hasSize(3);
        var contents = requests.get(2).body().path("contents");
        assertThat(contents).hasSize(5);
        assertThat(contents.get(1).path("role").asText()).isEqualTo("model");
        assertThat(contents.get(1).toString()).contains("thoughtSignature", "inline_data");
        assertThat(requests.get(2).pictures()).hasSize(2);
        assertThat(third.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(1);
    }

    @Test
    void streamIsReadAsEvents() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32));

        Exchange exchange = picture("gemini-image:generate?stream=true", "a cat");

        assertThat(image(exchange).info().width()).isEqualTo(64);
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class))
                .isPositive();
        assertThat(onlyRequest().path()).endsWith(":streamGenerateContent");
        assertThat(onlyRequest().queryParameter("alt")).contains("sse");
        assertThat(onlyRequest().queryParameter("key")).contains(KEY);
    }

    @Test
    void smallestSizeIsRefusedForStreamsBeforeAnyCall() {
        InvalidRequestException failure = routes.failure(
                "gemini-image:generate?stream=true",
                "a cat",
                Map.of(GeminiImageHeaders.IMAGE_SIZE, "512"),
                InvalidRequestException.class);

        assertThat(failure).hasMessageContaining("imageSize '512'");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    static Stream<Fault> casings() {
        return Stream.of(Fault.camelCase(), Fault.snakeCase(), Fault.pixels(32, 32));
    }

    @ParameterizedTest
    @MethodSource("casings")
    void namesAreUnderstoodInEitherCase(Fault casing) {
        routes.emulator().on(RequestMatcher.any()).answer(casing, Fault.pixels(32, 32));

        Exchange exchange = picture("gemini-image:generate", "a cat");

        assertThat(image(exchange).info().width()).isEqualTo(32);
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.FINISH_REASON))
                .isEqualTo("STOP");
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class))
                .isPositive();
    }

    @Test
    void arrayOfChunksIsAnAnswer() {
        routes.emulator()
                .next(Fault.rawBody(
                        200,
                        "application/json",
                        "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"here\"}]}}]},{\"candidates\":[{\"content\":"
                                + "{\"parts\":[{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\""
                                + Base64.getEncoder().encodeToString(Pictures.draw("png", 8, 8))
                                + "\"}}]},\"finishReason\":\"STOP\"}]}]"));

        Exchange exchange = picture("gemini-image:generate", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT)).isEqualTo("here");
    }

    @Test
    void answerThatGoesOnIsAskedForItsRest() {
        routes.emulator().next(Fault.continuation(2, 1));

        picture("gemini-image:generate", "a cat");

        assertThat(routes.emulator().requests()).hasSize(3);
    }

    @Test
    void addressInFileDataIsFetchedFromTheServerThatTheRouteHasChosen() {
        routes.emulator().next(Fault.fileData(null));

        assertThat(image(picture("gemini-image:generate", "a cat")).info().width())
                .isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void addressInTheTextIsFetchedWithoutTheKeyIfTheRouteAllowsItsHost(boolean markdown) {
        pictures.page("/cat.png", 200, Map.of(), Pictures.draw("png", 32, 16));
        String url = pictures.url() + "/cat.png";
        routes.emulator().on(RequestMatcher.any()).answer(markdown ? Fault.markdownInText(url) : Fault.urlInText(url));

        Exchange refused = routes.send(SMALL, "a cat");
        Exchange allowed = picture(SMALL + "&allowPrivateReferences=true", "a cat");

        assertThat(refused.getException()).isInstanceOf(NoImageException.class);
        assertThat(allowed.getMessage().getBody(byte[].class)).isEqualTo(Pictures.draw("png", 32, 16));
        assertThat(pictures.requests()).singleElement().satisfies(asked -> assertThat(asked.path() + asked.headers())
                .doesNotContain(KEY));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(Fault.rateLimited(Duration.ofSeconds(3)), RateLimitException.class),
                Arguments.of(Fault.dailyQuota(), QuotaExhaustedException.class),
                Arguments.of(Fault.creditsDepleted(), QuotaExhaustedException.class),
                Arguments.of(Fault.invalidKey(), AuthenticationException.class),
                Arguments.of(Fault.missingKey(), AuthenticationException.class),
                Arguments.of(Fault.billing(), AuthenticationException.class),
                Arguments.of(Fault.modelNotFound(), ModelNotFoundException.class),
                Arguments.of(Fault.internal(), ServiceUnavailableException.class),
                Arguments.of(Fault.badGateway(), ServiceUnavailableException.class),
                Arguments.of(Fault.overloaded(), ServiceUnavailableException.class),
                Arguments.of(Fault.deadlineExceeded(), ServiceUnavailableException.class),
                Arguments.of(Fault.html(502), ServiceUnavailableException.class),
                Arguments.of(Fault.status(400, "invalid_request", "no"), InvalidRequestException.class),
                Arguments.of(Fault.redirect("https://example.com/"), MalformedResponseException.class),
                Arguments.of(Fault.promptBlocked("PROHIBITED_CONTENT"), PromptBlockedException.class),
                Arguments.of(Fault.finish("IMAGE_SAFETY", "no"), ImageBlockedException.class),
                Arguments.of(Fault.noImage(), NoImageException.class),
                Arguments.of(Fault.textOnly("no"), NoImageException.class),
                Arguments.of(google(429, "RESOURCE_EXHAUSTED", "Please retry in 7s."), RateLimitException.class),
                Arguments.of(google(400, "INVALID_ARGUMENT", "API key not valid."), AuthenticationException.class),
                Arguments.of(
                        Fault.rawBody(200, "application/json", "{\"error\":{\"code\":503,\"message\":\"x\"}}"),
                        ServiceUnavailableException.class),
                Arguments.of(Fault.rawBody(200, "text/html", "<html>"), MalformedResponseException.class),
                Arguments.of(Fault.resetBeforeHeaders(), ServiceUnavailableException.class),
                Arguments.of(Fault.truncate(1_000), ServiceUnavailableException.class),
                Arguments.of(Fault.resetMidBody(1_000), ServiceUnavailableException.class));
    }

    private static Fault google(int code, String status, String message) {
        return Fault.rawBody(
                code,
                "application/json",
                "{\"error\":{\"code\":%d,\"status\":\"%s\",\"message\":\"%s\"}}".formatted(code, status, message));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorIsATypedExceptionThatNamesTheService(Fault fault, Class<? extends GeminiImageException> type) {
        routes.emulator().on(RequestMatcher.any()).answer(fault);

        GeminiImageException failure = routes.failure(SMALL, "a cat", Map.of(), type);

        assertThat(failure).isExactlyInstanceOf(type);
        assertThat(failure.getMessage()).doesNotContain(KEY, "GOOGLE", "Google");
        if (failure.getHttpStatus() >= 300) {
            assertThat(failure.getMessage())
                    .startsWith("AnyFast answered HTTP " + failure.getHttpStatus())
                    .contains("for model gemini-3.1-flash-image");
        }
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }

    @Test
    void keyThatIsRefusedIsLookedForInItsOwnVariable() {
        routes.emulator().next(Fault.invalidKey());

        assertThat(routes.failure(SMALL, "a cat", Map.of(), AuthenticationException.class))
                .hasMessageContaining("Check the option apiKey, or the environment variable ANYFAST_API_KEY.");
    }

    @Test
    void keyThatAServerEchoesIsNotTold() {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.status(404, "not_found", "No such page: /v1beta?key=odd%2Bkey%2F4711 odd+key/4711"));

        GeminiImageException failure =
                routes.failure(SMALL + "&apiKey=RAW(odd+key/4711)", "a cat", Map.of(), ModelNotFoundException.class);

        assertThat(failure.getMessage()).contains("No such page: /v1beta?key=*** ***");
        assertThat(failure.getProviderMessage()).doesNotContain("4711");
    }

    @Test
    void delayThatGoogleAsksForThroughItIsKept() {
        routes.emulator().next(google(429, "RESOURCE_EXHAUSTED", "Please retry in 7s."));

        assertThat(routes.failure(SMALL, "a cat", Map.of(), RateLimitException.class)
                        .getRetryDelay())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({"false, 120000", "true, 120000"})
    void connectionThatStallsIsFound(boolean stream, long after) {
        routes.emulator().next(Fault.pictureBytes(200_000), Fault.stallMidBody(after));

        Exchange exchange = routes.send(SMALL + "&idleTimeout=200&stream=" + stream, "a cat");

        assertThat(exchange.getException())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("nothing arrived for idleTimeout=200 ms");
        await().untilAsserted(() -> assertThat(SpoolFiles.in(spool)).isEmpty());
    }

    @Test
    void callThatTakesTooLongIsEnded() {
        routes.emulator().next(Fault.pictureBytes(2_000_000), Fault.stallMidBody(1_000_000));

        routes.failure(
                "gemini-image:generate?requestTimeout=500&idleTimeout=0",
                "a cat",
                Map.of(),
                RequestTimeoutException.class);

        await().untilAsserted(() -> assertThat(SpoolFiles.in(spool)).isEmpty());
    }

    @Test
    void brokenCallIsRetried() {
        routes.emulator().next(Fault.overloaded());

        Exchange exchange = picture("gemini-image:generate?maxRetries=1", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
    }

    /**
     * @param placement of the key that is not sent
     */
    @ParameterizedTest
    @ValueSource(strings = {"QUERY", "BEARER"})
    void emulatorTakesItsPlaceAndGetsNoKey(String placement) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                ProducerTemplate template = context.createProducerTemplate()) {
            GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
            component.useEmulator(routes.emulator().baseUrl());
            context.start();
            template.start();

            GeneratedImage image = template.requestBody(
                    "gemini-image:generate?service=anyfast&apiKey=" + KEY + "&apiKeyPlacement=" + placement,
                    "a cat",
                    GeneratedImage.class);

            assertThat(image.info().width()).isEqualTo(1024);
            assertThat(onlyRequest().service()).isEqualTo(EmulatedService.ANYFAST);
            assertThat(onlyRequest().query() + "" + onlyRequest().headers()).doesNotContain(KEY);
        }
    }

    @Test
    void keyGoesAsBearerTokenWhereTheRouteSaysSo() {
        picture("gemini-image:generate?apiKeyPlacement=BEARER", "a cat");

        assertThat(onlyRequest().bearerToken()).contains(KEY);
        assertThat(onlyRequest().queryParameter("key")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "googleSearch=true, googleSearch",
        "seed=7, seed",
        "thinkingLevel=HIGH, thinkingLevel",
        "apiKeyPlacement=HEADER, apiKeyPlacement",
        "project=mine, project",
        "aspectRatio=21:9, aspectRatio"
    })
    void whatItDoesNotTakeIsRefusedBeforeAnyCall(String option, String name) {
        assertThatThrownBy(() -> routes.send("gemini-image:generate?" + option, "a cat"))
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(name);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"countTokens", "models"})
    void operationsThatItDoesNotHaveAreRefusedWithWhoHasThem(String operation) {
        assertThatThrownBy(() -> routes.send("gemini-image:" + operation, "a cat"))
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("google");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    /** HttpClient and Camel HTTP log much, and the key is in the URL. */
    @Test
    void keyIsInNoLineOfTheLogWhateverIsLogged() {
        List<LogEvent> lines = new CopyOnWriteArrayList<>();
        AbstractAppender appender = new AbstractAppender("all", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.toImmutable());
            }
        };
        appender.start();
        LoggerContext logging = (LoggerContext) LogManager.getContext(false);
        Logger root = logging.getRootLogger();
        root.addAppender(appender);
        List<String> loggers = List.of(
                "org.apache.hc", "org.apache.camel", "io.github.camelgemini.image", "okhttp3", "com.google.genai");
        loggers.forEach(name -> Configurator.setLevel(name, Level.TRACE));
        try {
            picture("gemini-image:generate?imageSize=1K", "a cat");
            picture("gemini-image:generate?stream=true", "a cat");
            routes.emulator().next(Fault.resetBeforeHeaders());
            routes.send(SMALL, "a cat");
            routes.emulator().next(Fault.invalidKey());
            routes.send(SMALL, "a cat");
        } finally {
            // Restores the configured levels, which the build needs to look for keys in the output of later tests.
            logging.reconfigure();
            appender.stop();
        }

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.getMessage().getFormattedMessage()).doesNotContain(KEY);
            assertThat(String.valueOf(line.getThrown())).doesNotContain(KEY);
        });
    }
}
