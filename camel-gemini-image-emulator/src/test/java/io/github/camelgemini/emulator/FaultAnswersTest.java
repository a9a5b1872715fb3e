package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.picture;
import static io.github.camelgemini.emulator.Http.pictureBytes;
import static io.github.camelgemini.emulator.Http.picturePart;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that change what is answered: errors, what the model makes, and how its JSON is written. */
class FaultAnswersTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static HttpRequest request() {
        return generate(emulator.baseUrl(), MODEL, prompt("a fault"));
    }

    private static JsonNode answer() throws IOException {
        HttpResponse<String> response = send(request());
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(Fault.rateLimited(Duration.ofSeconds(34)), 429, "RESOURCE_EXHAUSTED", "retry in 34s."),
                arguments(Fault.rateLimitedWithoutDetails(), 429, "RESOURCE_EXHAUSTED", "Resource has been exhausted"),
                arguments(Fault.dailyQuota(), 429, "RESOURCE_EXHAUSTED", "limit: 0"),
                arguments(Fault.creditsDepleted(), 429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted"),
                arguments(Fault.overloaded(), 503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
                arguments(Fault.internal(), 500, "INTERNAL", "An internal error has occurred."),
                arguments(Fault.badGateway(), 502, "UNAVAILABLE", "Bad Gateway"),
                arguments(Fault.deadlineExceeded(), 504, "DEADLINE_EXCEEDED", "Deadline expired"),
                arguments(Fault.cancelled(), 499, "CANCELLED", "cancelled"),
                arguments(Fault.invalidKey(), 400, "INVALID_ARGUMENT", "API key not valid"),
                arguments(Fault.missingKey(), 403, "PERMISSION_DENIED", "unregistered callers"),
                arguments(Fault.invalidToken(), 401, "UNAUTHENTICATED", "invalid authentication credentials"),
                arguments(Fault.modelNotFound(), 404, "NOT_FOUND", "models/" + MODEL + " is not found"),
                arguments(Fault.billing(), 400, "FAILED_PRECONDITION", "enable billing"),
                arguments(Fault.status(418, "TEAPOT", "short and stout"), 418, "TEAPOT", "short and stout"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsAreInTheApisForm(Fault fault, int code, String status, String message) throws IOException {
        emulator.next(fault);

        HttpResponse<String> response = send(request());

        assertThat(response.statusCode()).isEqualTo(code);
        JsonNode error = json(response).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("status").asText()).isEqualTo(status);
        assertThat(error.path("message").asText()).contains(message);
    }

    @Test
    void aRateLimitSaysWhatAndUntilWhenButHasNoRetryAfter() throws IOException {
        emulator.next(Fault.rateLimited(Duration.ofMillis(34_500)));

        HttpResponse<String> response = send(request());

        JsonNode details = json(response).at("/error/details");
        assertThat(details.at("/0/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.Help");
        assertThat(details.at("/1/violations/0/quotaId").asText())
                .isEqualTo("GenerateRequestsPerMinutePerProjectPerModel");
        assertThat(details.at("/2/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
        assertThat(details.at("/2/retryDelay").asText()).isEqualTo("34.5s");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void aDailyQuotaHasNoRetryInfo() throws IOException {
        emulator.next(Fault.dailyQuota());

        JsonNode details = json(send(request())).at("/error/details");

        assertThat(details.at("/1/violations/0/quotaId").asText())
                .isEqualTo("GenerateRequestsPerDayPerProjectPerModel-FreeTier");
        assertThat(details.toString()).doesNotContain("RetryInfo");
    }

    @Test
    void depletedCreditsHaveNoDetails() throws IOException {
        emulator.next(Fault.creditsDepleted());

        assertThat(json(send(request())).at("/error").has("details")).isFalse();
    }

    @Test
    void anArrayErrorBodyIsAList() throws IOException {
        emulator.next(Fault.arrayErrorBody(503, "UNAVAILABLE", "later"));

        HttpResponse<String> response = send(request());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).at("/0/error/message").asText()).isEqualTo("later");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 502})
    void htmlComesWithAnyStatus(int status) throws IOException {
        emulator.next(Fault.html(status));

        HttpResponse<String> response = send(request());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(response.body()).startsWith("<html>");
    }

    @Test
    void aRedirectNamesItsLocation() throws IOException {
        emulator.next(Fault.redirect("http://elsewhere.example/"));

        HttpResponse<String> response = send(request());

        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("Location")).contains("http://elsewhere.example/");
    }

    @Test
    void aRawBodyIsSentAsItIs() throws IOException {
        emulator.next(Fault.rawBody(200, "text/plain", "hello"));

        assertThat(send(request()).body()).isEqualTo("hello");
    }

    @Test
    void deeplyNestedJsonIsDeep() throws IOException {
        emulator.next(Fault.deeplyNested(5000));

        assertThat(send(request()).body()).contains("[".repeat(5000));
    }

    @Test
    void anEndlessBodyDoesNotEnd() throws IOException {
        emulator.next(Fault.endlessBody());

        HttpResponse<java.io.InputStream> response = send(request(), HttpResponse.BodyHandlers.ofInputStream());

        try (java.io.InputStream body = response.body()) {
            body.skipNBytes(50 << 20);
            assertThat(body.read()).isEqualTo('z');
        }
    }

    @Test
    void aBlockedPromptHasNoCandidates() throws IOException {
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));

        JsonNode answer = answer();

        assertThat(answer.has("candidates")).isFalse();
        assertThat(answer.at("/promptFeedback/blockReason").asText()).isEqualTo("PROHIBITED_CONTENT");
        assertThat(answer.at("/usageMetadata/promptTokenCount").asInt()).isPositive();
        assertThat(answer.at("/usageMetadata").has("candidatesTokenCount")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_TOKENS",
                "SAFETY",
                "RECITATION",
                "LANGUAGE",
                "OTHER",
                "BLOCKLIST",
                "PROHIBITED_CONTENT",
                "SPII",
                "MALFORMED_FUNCTION_CALL",
                "UNEXPECTED_TOOL_CALL",
                "TOO_MANY_TOOL_CALLS",
                "IMAGE_SAFETY",
                "IMAGE_PROHIBITED_CONTENT",
                "IMAGE_RECITATION",
                "IMAGE_OTHER",
                "NO_IMAGE",
                "SOMETHING_NEW"
            })
    void everyFinishReasonCanEndAnAnswerWithoutContent(String reason) throws IOException {
        emulator.next(Fault.finish(reason, "because"));

        JsonNode candidate = answer().at("/candidates/0");

        assertThat(candidate.has("content")).isFalse();
        assertThat(candidate.path("finishReason").asText()).isEqualTo(reason);
        assertThat(candidate.path("finishMessage").asText()).isEqualTo("because");
    }

    @Test
    void noImageHasAnEmptyContent() throws IOException {
        emulator.next(Fault.noImage());

        JsonNode candidate = answer().at("/candidates/0");

        assertThat(candidate.path("finishReason").asText()).isEqualTo("NO_IMAGE");
        assertThat(candidate.path("content").toString()).isEqualTo("{}");
    }

    @Test
    void textOnlyStopsAsIfAllWereWell() throws IOException {
        emulator.next(Fault.textOnly("I cannot do that."));

        JsonNode candidate = answer().at("/candidates/0");

        assertThat(candidate.path("finishReason").asText()).isEqualTo("STOP");
        assertThat(candidate.at("/content/parts")).hasSize(1);
        assertThat(candidate.at("/content/parts/0/text").asText()).isEqualTo("I cannot do that.");
    }

    @Test
    void severalPicturesDiffer() throws IOException {
        emulator.next(Fault.pictures(3));

        JsonNode parts = answer().at("/candidates/0/content/parts");

        assertThat(parts).hasSize(4);
        assertThat(Stream.of(1, 2, 3)
                        .map(i -> parts.get(i).at("/inlineData/data").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void thoughtsAreThereEvenIfNotAskedFor() throws IOException {
        emulator.next(Fault.thoughts());

        assertThat(answer().at("/candidates/0/content/parts")).hasSize(6);
    }

    @Test
    void pixelsCanBeWrong() throws IOException {
        emulator.next(Fault.pixels(16, 24));

        assertThat(picture(answer()).getHeight()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(ints = {200_000, 200_001, 200_002, 1})
    void aPaddedPictureHasItsBytesAndDecodes(int bytes) throws IOException {
        emulator.next(Fault.pictureBytes(bytes), Fault.pixels(100, 100));

        JsonNode answer = answer();

        assertThat(picture(answer).getWidth()).isEqualTo(100);
        if (bytes > 1) {
            assertThat(pictureBytes(answer)).hasSize(bytes);
        }
    }

    @Test
    void aLongTextIsAPartOfItsOwn() throws IOException {
        emulator.next(Fault.textBytes(100_000));

        assertThat(answer().at("/candidates/0/content/parts/1/text").asText()).hasSize(100_000);
    }

    @Test
    void manyPartsAreMany() throws IOException {
        emulator.next(Fault.manyParts(10_000));

        assertThat(answer().at("/candidates/0/content/parts")).hasSize(10_002);
    }

    @Test
    void signaturesCanBeHuge() throws IOException {
        emulator.next(Fault.signatureBytes(3_000_000));

        assertThat(picturePart(answer()).path("thoughtSignature").asText()).hasSize(4_000_000);
    }

    @Test
    void snakeCaseIsInEveryName() throws IOException {
        emulator.next(Fault.snakeCase());

        JsonNode answer = answer();

        assertThat(answer.at("/candidates/0/finish_reason").asText()).isEqualTo("STOP");
        assertThat(answer.at("/candidates/0/content/parts/1/inline_data/mime_type")
                        .asText())
                .isEqualTo("image/jpeg");
        assertThat(answer.toString()).doesNotContain("inlineData").doesNotContain("usageMetadata");
    }

    @Test
    void theMimeTypeCanBeWrong() throws IOException {
        emulator.next(Fault.wrongMimeType("image/png"));

        JsonNode answer = answer();

        assertThat(picturePart(answer).at("/inlineData/mimeType").asText()).isEqualTo("image/png");
        assertThat(pictureBytes(answer)).startsWith(0xFF, 0xD8);
    }

    @Test
    void dataCanComeBeforeItsType() throws IOException {
        emulator.next(Fault.dataFirst());

        assertThat(send(request()).body()).containsPattern("\"inlineData\":\\{\"data\":");
    }

    static Stream<Arguments> base64Styles() {
        return Stream.of(
                arguments(Fault.unpaddedBase64(), "^[A-Za-z0-9+/]+$"),
                arguments(Fault.urlSafeBase64(), "^[A-Za-z0-9_-]+=*$"),
                arguments(Fault.base64Lines(), "^([A-Za-z0-9+/=]{1,76}\\\\r\\\\n)++$"),
                arguments(Fault.escapedBase64(), "^([A-Za-z0-9=]|\\\\/|\\\\u002B)++$"));
    }

    @ParameterizedTest
    @MethodSource("base64Styles")
    void base64CanBeWrittenInOtherWays(Fault style, String pattern) throws IOException {
        emulator.next(Fault.pictureBytes(0));
        byte[] usual = pictureBytes(answer());
        emulator.next(style, Fault.pictureBytes(200_000));

        String body = send(request()).body();

        int from = body.indexOf("\"data\":\"") + 8;
        assertThat(body.substring(from, body.indexOf('"', from))).matches(pattern);
        String data =
                picturePart(Http.JSON.readTree(body)).at("/inlineData/data").asText();
        byte[] decoded = Base64.getMimeDecoder().decode(data.replace('-', '+').replace('_', '/'));
        assertThat(decoded).hasSize(200_000).startsWith(usual);
    }

    @Test
    void truncatedBase64IsInCompleteJson() throws IOException {
        emulator.next(Fault.truncatedBase64());

        String data = picturePart(answer()).at("/inlineData/data").asText();

        assertThat(data.length() % 4).isEqualTo(1);
    }

    @Test
    void garbageFollowsTheBody() throws IOException {
        emulator.next(Fault.trailingGarbage());

        assertThat(send(request()).body()).endsWith("}}garbage{");
    }

    @Test
    void aHeaderIsAdded() throws IOException {
        emulator.next(Fault.overloaded(), Fault.header("Retry-After", "3"));

        assertThat(send(request()).headers().firstValue("Retry-After")).contains("3");
    }

    @Test
    void gzipCompressesTheBody() throws IOException {
        emulator.next(Fault.gzip(), Fault.textBytes(1_000_000), Fault.pictureBytes(0));

        HttpResponse<byte[]> response = send(request(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(plain).hasSizeGreaterThan(1_000_000);
        assertThat(response.body().length).isLessThan(plain.length / 4);
        assertThat(Http.JSON.readTree(new String(plain, StandardCharsets.UTF_8)).has("candidates"))
                .isTrue();
    }

    @Test
    void bodiesHaveAContentLengthUnlessChunked() throws IOException {
        emulator.next(Fault.chunked());

        HttpResponse<String> chunked = send(request());
        HttpResponse<String> usual = send(request());

        assertThat(chunked.headers().firstValue("Content-Length")).isEmpty();
        assertThat(chunked.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(usual.headers().firstValueAsLong("Content-Length"))
                .hasValue(usual.body().length());
    }

    @Test
    void aDelayComesBeforeTheAnswer() throws IOException {
        emulator.next(Fault.delay(Duration.ofMillis(300)), Fault.overloaded());

        long start = System.nanoTime();
        int status = send(request()).statusCode();

        assertThat(status).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
}
