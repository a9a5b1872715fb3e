package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes with {@code service=aimlapi}. */
@Timeout(120)
class AimlApiTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer web = new PictureServer();

    private String uri(String operation, String options) {
        return "gemini-image:" + operation + "?service=aimlapi&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                + routes.emulator().aimlapiUrl() + options;
    }

    private Exchange generate(String options, Object body) {
        Exchange exchange = routes.send(uri("generate", options), body);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private <T extends Throwable> T failure(Fault fault, Class<T> type) {
        routes.emulator().next(fault);
        String uri = uri("generate", "&maxRetries=0&model=gemini-3.1-flash-image");
        return routes.failure(uri, "a cat", Map.of(), type);
    }

    private ReceivedRequest sent() {
        return routes.emulator().requests().stream()
                .filter(request -> request.operation().equals("images.generations"))
                .findFirst()
                .orElseThrow();
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }

    @Test
    void pictureComesFromItsAddress() {
        Exchange exchange = generate("&aspectRatio=16:9&imageSize=2K&googleSearch=true", "a cat");

        GeneratedImage picture = exchange.getMessage().getBody(GeneratedImage.class);
        assertThat(picture.mimeType()).isEqualTo("image/png");
        assertThat(picture.width()).isEqualTo(2752);
        JsonNode body = sent().body();
        assertThat(body.path("model").asText()).isEqualTo("google/nano-banana-2");
        assertThat(body.path("prompt").asText()).isEqualTo("a cat");
        assertThat(body.path("aspect_ratio").asText()).isEqualTo("16:9");
        assertThat(body.path("resolution").asText()).isEqualTo("2K");
        assertThat(body.path("enable_web_search").asBoolean()).isTrue();
        assertThat(sent().bearerToken()).contains(EmulatedRoutes.KEY);
    }

    @Test
    void keyDoesNotGoToWherePicturesAre() {
        generate("", "a cat");

        assertThat(routes.emulator().requests())
                .filteredOn(request -> request.operation().equals("pictures.get"))
                .hasSize(1)
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void callCarriesTheIdOfItsExchange() {
        Exchange exchange = generate("", "a cat");

        assertThat(sent().header("X-Client-Request-Id"))
                .contains(exchange.getExchangeId().replaceAll("[^A-Za-z0-9._:-]", "-"));
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_ID, String.class))
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void costIsWhatTheServiceSays() {
        Exchange exchange = generate("&imageSize=1K", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isEqualTo(0.0894875);
    }

    @Test
    void costOfSeveralPicturesIsTheSumOfWhatTheServiceSays() {
        for (String spent : List.of("0.25", "0.5", "1")) {
            routes.emulator()
                    .next(Fault.rawBody(
                            200,
                            "application/json",
                            "{\"data\":[{\"b64_json\":\"" + base64(Pictures.draw("png", 3, 2))
                                    + "\"}],\"meta\":{\"usage\":{\"usd_spent\":" + spent + "}}}"));
        }

        Exchange exchange = generate("&numImages=3", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isEqualTo(1.75);
    }

    @Test
    void costFollowsFromCredits() {
        routes.emulator()
                .next(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"data\":[{\"b64_json\":\"" + base64(Pictures.draw("png", 3, 2))
                                + "\"}],\"meta\":{\"usage\":{\"credits_used\":\"178975\"}}}"));

        assertThat(generate("", "a cat").getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isEqualTo(0.0894875);
    }

    @Test
    void pictureInTheAnswerIsTaken() {
        routes.emulator().next(Fault.inlineData());

        GeneratedImage picture = generate("", "a cat").getMessage().getBody(GeneratedImage.class);

        assertThat(picture.width()).isEqualTo(1024);
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void pictureAsDataUriInTheAnswerIsTaken() {
        routes.emulator()
                .next(Fault.rawBody(
                        201,
                        "application/json",
                        "{\"data\":[{\"url\":null,\"b64_json\":\"data:image/png;base64,"
                                + base64(Pictures.draw("png", 30, 20)) + "\"}],\"meta\":null}"));

        GeneratedImage picture = generate("", "a cat").getMessage().getBody(GeneratedImage.class);

        assertThat(picture.width()).isEqualTo(30);
    }

    @Test
    void oneOfSeveralThatIsNoPictureTakesNoOtherWithIt() {
        routes.emulator()
                .next(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"data\":[{\"b64_json\":\"bm8gcGljdHVyZQ==\"},{\"b64_json\":\"\",\"url\":\"\"},{\"b64_json\":\""
                                + base64(Pictures.draw("png", 30, 20)) + "\"}]}"));

        GeneratedImage picture = generate("", "a cat").getMessage().getBody(GeneratedImage.class);

        assertThat(picture.width()).isEqualTo(30);
    }

    @Test
    void pictureThatCannotBeFetchedIsAskedForAgain() {
        routes.emulator()
                .on(RequestMatcher.operation("pictures.get"))
                .answer(Fault.overloaded())
                .times(1);

        assertThat(generate("", "a cat")
                        .getMessage()
                        .getBody(GeneratedImage.class)
                        .width())
                .isEqualTo(1024);
        assertThat(routes.emulator().requests())
                .extracting(ReceivedRequest::operation)
                .containsExactly("images.generations", "pictures.get", "pictures.get");
    }

    @Test
    void pictureThatIsNotThereYetIsWaitedFor() {
        storeLate("/cat.png");
        routes.emulator().next(Fault.fileData(web.url() + "/cat.png"));

        GeneratedImage picture =
                generate("&allowPrivateReferences=true", "a cat").getMessage().getBody(GeneratedImage.class);

        assertThat(picture.width()).isEqualTo(32);
        assertThat(web.requests()).hasSize(2);
    }

    /** Stores pictures a moment after the answer that names them. */
    private void storeLate(String path) {
        AtomicLong first = new AtomicLong();
        web.page(path, page -> {
            long now = System.nanoTime();
            boolean there = !first.compareAndSet(0, now) && now - first.get() > 300_000_000;
            byte[] body = there ? Pictures.draw("png", 32, 16) : new byte[0];
            page.sendResponseHeaders(there ? 200 : 404, there ? body.length : -1);
            page.getResponseBody().write(body);
        });
    }

    @Test
    void hostsThatMessagesMayNameDoNotNarrowWhereTheServiceHasItsPictures() {
        web.picture("/cat.png", Pictures.draw("png", 32, 16));
        routes.emulator().next(Fault.fileData(web.url() + "/cat.png"));

        Exchange exchange =
                generate("&allowPrivateReferences=true&allowedReferenceHosts=pictures.example.com", "a cat");

        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(32);
    }

    @Test
    void pictureOfTheServiceIsFetchedByTheProxy() {
        byte[] answer = "{\"data\":[{\"url\":\"http://cdn.invalid/cat.png\"}]}".getBytes(StandardCharsets.UTF_8);
        web.page("/v1/images/generations", 200, Map.of("Content-Type", "application/json"), answer);
        web.picture("/cat.png", Pictures.draw("png", 32, 16));

        Exchange exchange = routes.send(
                "gemini-image:generate?service=aimlapi&maxRetries=0&baseUrl=http://service.invalid&apiKey="
                        + EmulatedRoutes.KEY + "&proxyHost=127.0.0.1&proxyPort=" + web.port(),
                "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(32);
        assertThat(web.requests())
                .extracting(PictureServer.Received::path)
                .containsExactly("http://service.invalid/v1/images/generations", "http://cdn.invalid/cat.png");
    }

    @Test
    void addressThatTheServiceNamesIsNotFollowedIntoThisNetwork() {
        MalformedResponseException failure =
                failure(Fault.fileData("http://127.0.0.1:9/secret.png"), MalformedResponseException.class);

        assertThat(failure).hasMessageContaining("has no public address");
    }

    @Test
    void severalPicturesAreSeveralCalls() {
        Exchange exchange = generate("&numImages=3", "a cat");

        assertThat(exchange.getMessage().getBody(List.class)).hasSize(3);
        assertThat(routes.emulator().requests())
                .filteredOn(request -> request.operation().equals("images.generations"))
                .hasSize(3);
    }

    @Test
    void pictureOfTheMessageGoesAlong() {
        Exchange exchange = routes.send(uri("edit", "&prompt=blue"), Pictures.draw("png", 30, 20));

        assertThat(exchange.getException()).isNull();
        assertThat(sent().pictures()).hasSize(1);
        assertThat(sent().pictures().get(0).width()).isEqualTo(30);
        assertThat(sent().pictures().get(0).mimeType()).isEqualTo("image/png");
    }

    @Test
    void referenceByUrlIsPassedOnAsItIs() {
        // No name: nobody asks the DNS where it is.
        String url = "https://93.184.215.14/cat.png?size=1&key=a%2Fb";
        Exchange exchange = routes.send(uri("generate", ""), "{\"prompt\":\"a cat\",\"image_urls\":[\"" + url + "\"]}");

        assertThat(exchange.getException()).isNull();
        assertThat(sent().body().at("/image_urls/0").asText()).isEqualTo(url);
    }

    @Test
    void privateAddressNamedByAMessageIsRefused() {
        for (String url : List.of("http://127.0.0.1/cat.png", "http://localhost/cat.png", "http://[::1]/cat.png")) {
            ReferenceImageException failure = routes.failure(
                    uri("generate", ""),
                    "{\"prompt\":\"a cat\",\"image_urls\":[\"" + url + "\"]}",
                    Map.of(),
                    ReferenceImageException.class);

            assertThat(failure).hasMessageContaining("has no public address");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void fileOfGoogleIsRefusedWithWhoReadsIt() {
        for (String file :
                List.of("files/abc", "https://generativelanguage.googleapis.com/v1beta/files/abc", "gs://b/cat.png")) {
            assertThat(routes.failure(
                            uri("generate", ""),
                            "a cat",
                            Map.of(GeminiImageHeaders.REFERENCE_IMAGES, file),
                            InvalidRequestException.class))
                    .hasMessage("referenceImages '" + file
                            + "' is not supported by AI/ML API; services that support it: google");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void fileOfGoogleAsOptionStopsTheStart() {
        for (String file : List.of("files/abc", "gs://b/cat.png")) {
            assertThatThrownBy(() -> routes.send(uri("generate", "&referenceImages=" + file), "a cat"))
                    .hasRootCauseInstanceOf(InvalidRequestException.class)
                    .rootCause()
                    .hasMessage("referenceImages '" + file
                            + "' is not supported by AI/ML API; services that support it: google");
        }
    }

    @Test
    void addressAtAPrivateGatewayIsCheckedLikeAnyOther() {
        assertThat(routes.failure(
                        uri("generate", ""),
                        "a cat",
                        Map.of(
                                GeminiImageHeaders.REFERENCE_IMAGES,
                                routes.emulator().aimlapiUrl() + "/v1/files/x"),
                        ReferenceImageException.class))
                .hasMessageContaining("has no public address");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void pictureOfAPrivateHostThatTheRouteNamesGoesAlong() {
        web.picture("/logo.png", Pictures.draw("png", 30, 20));

        Exchange exchange = routes.send(uri("edit", "&prompt=blue&referenceImages=" + web.url() + "/logo.png"), null);

        assertThat(exchange.getException()).isNull();
        assertThat(sent().pictures()).singleElement().satisfies(picture -> assertThat(picture.width())
                .isEqualTo(30));
    }

    @Test
    void pictureOfAPrivateHostThatAMessageMayNameGoesAlong() {
        routes.component().getConfiguration().setAllowPrivateReferences(true);
        web.picture("/logo.png", Pictures.draw("png", 30, 20));

        Exchange exchange = routes.send(
                uri("edit", "&prompt=blue"),
                null,
                Map.of(GeminiImageHeaders.REFERENCE_IMAGES, web.url() + "/logo.png"));

        assertThat(exchange.getException()).isNull();
        assertThat(sent().pictures()).hasSize(1);
    }

    @Test
    void referencesAreCountedBeforeAnyIsFetched() {
        web.picture("/logo.png", Pictures.draw("png", 30, 20));
        String six = String.join(",", Collections.nCopies(6, web.url() + "/logo.png"));

        assertThat(routes.failure(
                        uri("edit", "&model=a-model-of-tomorrow&prompt=join&referenceImages=" + six),
                        null,
                        Map.of(),
                        InvalidRequestException.class))
                .hasMessageContaining("'6'");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void sixthReferenceIsRefused() {
        List<byte[]> six = Collections.nCopies(6, Pictures.draw("png", 3, 2));

        assertThat(routes.failure(uri("edit", "&prompt=join"), six, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("'6'")
                .hasMessageContaining("5");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void whatTheServiceDoesNotHaveIsRefusedBeforeAnyCall() {
        assertThat(routes.failure(
                        uri("generate", ""),
                        "a cat",
                        Map.of(GeminiImageHeaders.TEMPERATURE, 1.0),
                        InvalidRequestException.class))
                .hasMessageContaining("temperature")
                .hasMessageContaining("google");
        assertThat(routes.failure(
                        uri("generate", ""),
                        "a cat",
                        Map.of(GeminiImageHeaders.ASPECT_RATIO, "21:9"),
                        InvalidRequestException.class))
                .hasMessageContaining("21:9");
        assertThat(routes.failure(
                        uri("generate", ""),
                        "a cat",
                        Map.of(GeminiImageHeaders.IMAGE_SIZE, "512"),
                        InvalidRequestException.class))
                .hasMessageContaining("512");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void failuresAreWhatTheyAreAnywhere() {
        assertThat(failure(Fault.creditsDepleted(), QuotaExhaustedException.class)
                        .getHttpStatus())
                .isEqualTo(403);
        assertThat(failure(Fault.rateLimited(Duration.ofSeconds(7)), RateLimitException.class)
                        .getRetryDelay())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(failure(Fault.deadlineExceeded(), ServiceUnavailableException.class))
                .hasMessageContaining("AI/ML API answered HTTP 504")
                .hasMessageContaining("Generation timeout");
        failure(Fault.overloaded(), ServiceUnavailableException.class);
        failure(Fault.badGateway(), ServiceUnavailableException.class);
        failure(Fault.internal(), ServiceUnavailableException.class);
        failure(Fault.modelNotFound(), ModelNotFoundException.class);
        assertThat(failure(Fault.invalidKey(), AuthenticationException.class)).hasMessageContaining("AIMLAPI_API_KEY");
        failure(Fault.resetMidBody(10), ServiceUnavailableException.class);
        failure(Fault.html(502), ServiceUnavailableException.class);
        failure(Fault.redirect("http://localhost/"), MalformedResponseException.class);
    }

    @Test
    void errorUnderAStatusOfSuccessIsOne() {
        for (String code : List.of("429", "\"429\"")) {
            failure(
                    Fault.rawBody(
                            200, "application/json", "{\"message\":\"Too Many Requests\",\"statusCode\":" + code + "}"),
                    RateLimitException.class);
        }
    }

    @Test
    void errorBesideDataWithoutPicturesIsOne() {
        for (String data : List.of("[]", "null", "{}")) {
            failure(
                    Fault.rawBody(
                            200,
                            "application/json",
                            "{\"data\":" + data + ",\"error\":{\"message\":\"Too Many Requests\",\"code\":429}}"),
                    RateLimitException.class);
        }
    }

    @Test
    void pageOfAFirewallIsNoLackOfCredits() {
        failure(Fault.html(403), AuthenticationException.class);
        failure(Fault.rawBody(403, "text/plain", "Forbidden"), AuthenticationException.class);
    }

    @Test
    void versionAtTheEndOfBaseUrlIsUnderstood() {
        for (String end : List.of("/v1", "/v1/", "/")) {
            String uri = "gemini-image:generate?service=aimlapi&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                    + routes.emulator().aimlapiUrl() + end;

            assertThat(routes.send(uri, "a cat").getException()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/images/generations", "/v1/images/generations/", "/images/generations"})
    void methodInBaseUrlIsRefusedAtTheStart(String method) {
        String uri = "gemini-image:generate?service=aimlapi&apiKey=" + EmulatedRoutes.KEY
                + "&baseUrl=https://api.aimlapi.com" + method;

        assertThatThrownBy(() -> routes.send(uri, "a cat"))
                .hasRootCauseInstanceOf(InvalidRequestException.class)
                .rootCause()
                .hasMessageContaining("option baseUrl 'https://api.aimlapi.com" + method
                        + "' is the URL of an API method, which the component appends itself");
    }

    @Test
    void answerWithoutPictureSaysSo() {
        failure(Fault.noImage(), NoImageException.class);
        failure(Fault.rawBody(200, "application/json", "{\"data\":null,\"meta\":null}"), NoImageException.class);
        failure(Fault.rawBody(200, "application/json", "{}"), MalformedResponseException.class);
        failure(
                Fault.rawBody(200, "application/json", "{\"data\":[{\"b64_json\":\"bm8gcGljdHVyZQ==\"}]}"),
                MalformedResponseException.class);
    }

    @Test
    void keyOfAnotherServiceIsNotTaken() {
        String uri = "gemini-image:generate?service=aimlapi&baseUrl="
                + routes.emulator().aimlapiUrl();

        assertThatThrownBy(() -> routes.send(uri, "a cat"))
                .hasRootCauseInstanceOf(AuthenticationException.class)
                .hasMessageContaining("AIMLAPI_API_KEY");
        assertThat(routes.emulator().requests()).isEmpty();
    }
}
