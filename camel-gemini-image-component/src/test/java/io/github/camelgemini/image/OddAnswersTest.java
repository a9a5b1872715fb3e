package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import io.github.camelgemini.image.secret.OutsideText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of status 200 that are not as the API's documentation has them, as users and gateways have reported them. */
@Timeout(60)
class OddAnswersTest {

    private static final String PNG = Base64.getEncoder().encodeToString(Pictures.draw("png", 8, 4));
    private static final String PICTURE = part("image/png", PNG);
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void spoolAll() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
    }

    private static String part(String type, String data) {
        return "{'inlineData':{'mimeType':'" + type + "','data':'" + data + "'}}";
    }

    private static String answer(String parts) {
        return "{'candidates':[{'content':{'parts':[" + parts + "]},'finishReason':'STOP'}],'responseId':'r'}";
    }

    private void answers(String type, String body) {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.rawBody(200, type, body.replace('\'', '"').replace('`', '\'')));
    }

    private Exchange drawn(String options) {
        Exchange exchange = routes.send("gemini-image:generate" + options, "a cat");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(8);
        assertThat(routes.emulator().requests()).hasSize(1);
        return exchange;
    }

    private <T extends GeminiImageException> T failure(Class<T> type) {
        T failure = routes.failure(
                "gemini-image:generate?maxRetries=1&model=gemini-3.1-flash-image", "a cat", Map.of(), type);
        assertThat(SpoolFiles.in(spool)).isEmpty();
        return failure;
    }

    // ---- Tiers

    @ParameterizedTest
    @CsvSource({"flex, 0.0336", "priority, 0.1344", "standard, 0.0672"})
    void whereTheAnswerDoesNotNameTheTierItCostsWhatWasAskedFor(String tier, String dollars) {
        answers(JSON, answer(PICTURE));

        Exchange exchange = drawn("?model=gemini-3.1-flash-image&serviceTier=" + tier);

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST))
                .hasToString(dollars);
    }

    // ---- Tokens

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'promptTokenCount':-5",
                "'promptTokenCount':2147483647",
                "'candidatesTokenCount':1e300",
                "'thoughtsTokenCount':9223372036854775807",
                "'totalTokenCount':'NaN'",
                "'candidatesTokenCount':[1290]",
                "'promptTokenCount':0.5",
                "'candidatesTokensDetails':[{'modality':'IMAGE','tokenCount':-16666000}]",
                "'candidatesTokensDetails':[{'modality':'IMAGE','tokenCount':1500000},{'modality':'IMAGE','tokenCount':1500000}]"
            })
    void whatCannotBeACountOfTokensIsNoneAndTheCostIsUnknown(String count) {
        answers(JSON, answer(PICTURE).replace("}],'responseId'", "}],'usageMetadata':{" + count + "},'responseId'"));

        Exchange exchange = drawn("?model=gemini-3.1-flash-image");

        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKey(GeminiImageHeaders.ESTIMATED_COST)
                .containsEntry(GeminiImageHeaders.PROMPT_TOKENS, 0)
                .containsEntry(GeminiImageHeaders.OUTPUT_TOKENS, 0)
                .containsEntry(GeminiImageHeaders.THOUGHT_TOKENS, 0)
                .containsEntry(GeminiImageHeaders.TOTAL_TOKENS, 0);
    }

    @Test
    void moreSearchesThanAnyModelMakesHaveNoPrice() {
        String queries = "'q',".repeat(100_000) + "'q'";
        answers(
                JSON,
                answer(PICTURE)
                        .replace(
                                "'finishReason'",
                                "'groundingMetadata':{'webSearchQueries':[" + queries + "]},'finishReason'"));

        assertThat(drawn("?model=gemini-3.1-flash-image").getMessage().getHeaders())
                .doesNotContainKey(GeminiImageHeaders.ESTIMATED_COST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{'text':'x'} | 99000", "{'text':'x','thoughtSignature':'c2ln'} | 20000"})
    void textInVeryManyChunksIsOne(String part, int chunks) {
        String chunk = "data: {'candidates':[{'content':{'parts':[" + part + "]}}]}\n\n";
        answers(EVENTS, chunk.repeat(chunks) + "data: " + answer(PICTURE) + "\n\n");

        assertThat(drawn("?stream=true").getMessage().getHeader(GeminiImageHeaders.TEXT, String.class))
                .startsWith("xxxxxxxxxx")
                .doesNotContain("\n");
    }

    // ---- Errors

    record Refusal(String body, Class<? extends GeminiImageException> failure, int status, int calls) {}

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        "{'error':{'code':429,'message':'Slow down','status':'RESOURCE_EXHAUSTED'}}",
                        RateLimitException.class,
                        429,
                        2),
                new Refusal(
                        "[{'error':{'code':503,'message':'Slow down','status':'UNAVAILABLE'}}]",
                        ServiceUnavailableException.class,
                        503,
                        2),
                new Refusal(
                        "[" + answer("{'text':'Here'}") + ",{'error':{'code':503,'message':'Slow down'}}]",
                        ServiceUnavailableException.class,
                        503,
                        2),
                new Refusal("{'error':{'code':'429','message':'Slow down'}}", RateLimitException.class, 429, 2),
                new Refusal("{'error':{'code':14,'message':'Slow down'}}", ServiceUnavailableException.class, 503, 2),
                new Refusal(
                        "{'error':{'code':'model_not_found','message':'Slow down'}}",
                        ModelNotFoundException.class,
                        404,
                        1),
                new Refusal(
                        "{'error':{'type':'insufficient_quota','message':'Slow down'}}",
                        QuotaExhaustedException.class,
                        402,
                        1),
                new Refusal(
                        "{'type':'error','error':{'type':'overloaded_error','message':'Slow down'}}",
                        ServiceUnavailableException.class,
                        503,
                        2),
                new Refusal("{'error':'Slow down'}", ServiceUnavailableException.class, 500, 2),
                new Refusal("{'error':true,'message':'Slow down'}", ServiceUnavailableException.class, 500, 2),
                new Refusal(
                        "{'code':429,'message':'Slow down','status':'RESOURCE_EXHAUSTED'}",
                        RateLimitException.class,
                        429,
                        2));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void errorWithinStatus200IsWhatItSays(Refusal refusal) {
        answers(JSON, refusal.body());

        GeminiImageException failure = failure(refusal.failure());

        assertThat(failure).hasMessageContaining("Slow down");
        assertThat(failure.getHttpStatus()).isEqualTo(refusal.status());
        assertThat(failure.getAttempts()).isEqualTo(refusal.calls());
    }

    @Test
    void errorWithinStatus200IsNoSoonerTriedAgainThanItAsks() {
        answers(
                JSON,
                "{'error':{'code':429,'message':'Slow down','details':[{'@type':'type.googleapis.com/google.rpc.RetryInfo',"
                        + "'retryDelay':'3600s'}]}}");

        assertThat(failure(RateLimitException.class).getRetryDelay()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'error':null,", "'error':{},", "'error':'',", "'error':false,", "'error':{'code':429},"})
    void errorBesideACompletePictureIsNone(String error) {
        answers(JSON, "{" + error + answer(PICTURE).substring(1));

        drawn("");
    }

    // ---- Forms of JSON

    static Stream<String> forms() {
        return Stream.of(
                "[" + answer(PICTURE) + "]",
                "[" + answer("{'text':'Here'}") + "," + answer(PICTURE) + "]",
                "[{'candidates':[{'content':{'parts':[" + PICTURE + "]}}]},{'candidates':[{'finishReason':'STOP'}]}]",
                "{'response':" + answer(PICTURE) + "}",
                "\uFEFF" + answer(PICTURE),
                ")]}`\n" + answer(PICTURE),
                ")]}`,\n" + answer(PICTURE),
                "\uFEFF)]}`\n[" + answer(PICTURE) + "]");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void pictureIsFoundInEveryForm(String body) {
        answers(JSON, body);

        drawn("");
    }

    @Test
    void arrayInPlaceOfAStreamIsUnderstood() {
        answers(JSON, "[" + answer("{'text':'Here'}") + "," + answer(PICTURE) + "]");

        assertThat(drawn("?stream=true").getMessage().getHeader(GeminiImageHeaders.TEXT))
                .isEqualTo("Here");
    }

    // ---- Parts

    static Stream<String> parts() {
        return Stream.of(
                part("image/png", ""),
                part("audio/wav", "UklGRiQAAABXQVZF"),
                part("text/plain", "aGVsbG8="),
                part("image/png", "!!!"),
                part("image/png", "AAAAA"),
                "{'inlineData':{'mimeType':'image/png'}}",
                "{'inlineData':{'mimeType':'image/png','data':null}}",
                "{'inlineData':{'mimeType':'image/png','data':17}}",
                "{'inlineData':null}",
                "{'inlineData':{}}",
                "{'functionCall':{'name':'f','args':{}}}",
                "{'executableCode':{'code':'1'}}",
                "{'somethingNew':[1,2]}",
                "{'text':null}",
                "{}",
                "null",
                "'text'");
    }

    @ParameterizedTest
    @MethodSource("parts")
    void oddPartDoesNotSpoilThePictureBesideIt(String odd) {
        answers(JSON, answer(odd + "," + PICTURE));
        drawn("");
        routes.emulator().clearRequests();
        routes.emulator().clearFaults();
        answers(JSON, answer(PICTURE + "," + odd));

        ImageResult result = drawn("").getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);

        assertThat(result.images()).hasSize(1);
    }

    @Test
    void oddPartAloneIsNamed() {
        answers(JSON, answer(part("audio/wav", "UklGRiQAAABXQVZF")));

        assertThat(failure(MalformedResponseException.class))
                .hasMessageContaining("12 bytes declared as audio/wav that are not an image of a known type");
    }

    @Test
    void emptyPictureOfABlockedAnswerIsABlockedAnswer() {
        answers(JSON, answer(part("image/png", "")).replace("STOP", "IMAGE_SAFETY"));

        failure(ImageBlockedException.class);
    }

    @Test
    void interimPictureAloneIsSaidToBeDropped() {
        answers(JSON, answer(PICTURE.substring(0, PICTURE.length() - 1) + ",'thought':true}"));

        assertThat(failure(NoImageException.class))
                .hasMessageContaining("discarded: an interim image of the model's thinking (thought=true)");
    }

    // ---- Streams

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", "data: {'usageMetadata':{'totalTokenCount':7}}\n\n", ": bye\n\n"})
    void streamWithoutAReasonToFinishIsAnsweredByItsPicture(String end) {
        answers(EVENTS, "data: {'candidates':[{'content':{'parts':[" + PICTURE + "]}}]}\n\n" + end);

        assertThat(drawn("?stream=true").getMessage().getHeaders())
                .doesNotContainKey(GeminiImageHeaders.FINISH_REASON)
                .containsEntry(GeminiImageHeaders.ATTEMPTS, 1);
    }

    @Test
    void streamOfAThoughtAloneHasNotEnded() {
        String thought = PICTURE.substring(0, PICTURE.length() - 1) + ",'thought':true}";
        answers(EVENTS, "data: {'candidates':[{'content':{'parts':[" + thought + "]}}]}\n\n");

        ServiceUnavailableException failure = routes.failure(
                "gemini-image:generate?stream=true&maxRetries=1", "a cat", Map.of(), ServiceUnavailableException.class);

        assertThat(failure.getAttempts()).isEqualTo(2);
    }

    @Test
    void errorAfterACompleteAnswerOfAStreamIsNone() {
        answers(EVENTS, "data: " + answer(PICTURE) + "\n\ndata: {'error':{'code':503,'message':'Late'}}\n\n");

        drawn("?stream=true");
    }

    @Test
    void errorAfterThePictureOfAStreamIsNoneThoughTheModelHadNotEnded() {
        String picture = "{'candidates':[{'content':{'parts':[" + PICTURE + "]}}]}";
        String error = "{'error':{'code':503,'message':'Late'}}";
        answers(EVENTS, "data: " + picture + "\n\ndata: " + error + "\n\n");
        drawn("?stream=true");

        routes.emulator().clearRequests();
        answers(JSON, "[" + picture + "," + error + "]");
        drawn("");
    }

    @Test
    void envelopeOfEveryChunkIsOpened() {
        String text = "{'response':" + answer("{'text':'Here'}") + "}";
        String picture = "{'response':" + answer(PICTURE) + "}";
        answers(EVENTS, "data: " + text + "\n\ndata: " + picture + "\n\n");
        assertThat(drawn("?stream=true").getMessage().getHeader(GeminiImageHeaders.TEXT))
                .isEqualTo("Here");

        routes.emulator().clearRequests();
        answers(JSON, "[" + text + "," + picture + "]");
        drawn("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "text/html; charset=utf-8"})
    void streamUnderAnotherTypeIsStillAStream(String type) {
        answers(type, ": hello\n\nevent: message\ndata: " + answer(PICTURE) + "\n\n");

        drawn("?stream=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: <html>\n\n", "data: {'candidates':[{'content':", "data: {'text':'\n\n"})
    void streamThatBreaksAfterItsPictureIsAnsweredByIt(String rest) {
        answers(EVENTS, "data: {'candidates':[{'content':{'parts':[" + PICTURE + "]}}]}\n\n" + rest);

        drawn("?stream=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", ")]}`\n", "data: "})
    void errorIsUnderstoodWhateverComesBeforeIt(String before) {
        String body = before + "{'error':{'code':429,'message':'Slow down','details':[{'@type':"
                + "'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'3600s'}]}}";
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.rawBody(429, JSON, body.replace('\'', '"').replace('`', '\'')));

        assertThat(failure(RateLimitException.class).getRetryDelay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void errorWithinStatus200OfAnUploadIsWhatItSays() {
        answers(JSON, "{'error':{'code':429,'message':'Slow down','status':'RESOURCE_EXHAUSTED'}}");

        RateLimitException failure = routes.failure(
                "gemini-image:edit?prompt=brighter&referenceUpload=FILES&maxRetries=0",
                Pictures.draw("png", 8, 4),
                Map.of(),
                RateLimitException.class);

        assertThat(failure).hasMessageContaining("Slow down");
    }

    // ---- Long texts

    @Test
    void longTextIsShortInHeaderAndWholeInProperty() {
        String text = "z".repeat(700_000);
        answers(JSON, answer("{'text':'" + text + "'}," + PICTURE));

        Exchange exchange = drawn("");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT, String.class))
                .isEqualTo("z".repeat(OutsideText.LONGEST) + "… (700000 characters)");
        assertThat(exchange.getProperty(ResultWriter.TEXT_PROPERTY)).isEqualTo(text);
    }

    @Test
    void longTextInPlaceOfAPictureIsShortInMessageAndHeaderAndWholeInProperty() {
        String text = "z".repeat(700_000);
        answers(JSON, answer("{'text':'" + text + "'}"));

        NoImageException failure = failure(NoImageException.class);
        Exchange blocked = routes.send("gemini-image:generate?failOnBlocked=false", "a cat");

        assertThat(failure.getMessage()).hasSizeLessThan(OutsideText.LONGEST + 200);
        assertThat(failure.getText()).isEqualTo(text);
        assertThat(blocked.getException()).isNull();
        assertThat(blocked.getMessage().getHeader(GeminiImageHeaders.TEXT, String.class))
                .isEqualTo("z".repeat(OutsideText.LONGEST) + "… (700000 characters)");
        assertThat(blocked.getProperty(ResultWriter.TEXT_PROPERTY)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'candidates':[{'content':{},'finishReason':'IMAGE_SAFETY','finishMessage':'%s'}]}",
                "{'candidates':[{'content':{},'finishReason':'OTHER','finishMessage':'%s'}]}",
                "{'candidates':[{'content':{},'finishReason':'%s'}]}",
                "{'promptFeedback':{'blockReason':'SAFETY','blockReasonMessage':'%s'}}",
                "{'promptFeedback':{'blockReason':'%s'}}",
                "{'error':{'code':503,'message':'x','status':'%s'}}",
                "{'error':{'code':503,'message':'%s'}}",
                "{'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'%s','data':''}}]}}]}"
            })
    void wordsOfTheApiMakeNoLongMessage(String body) {
        answers(JSON, body.formatted("z".repeat(100_000)));

        Exchange failed = routes.send("gemini-image:generate?maxRetries=0", "a cat");
        Exchange allowed = routes.send("gemini-image:generate?maxRetries=0&failOnBlocked=false", "a cat");

        assertThat(failed.getException().getMessage()).hasSizeLessThan(4 * OutsideText.LONGEST);
        assertThat(allowed.getMessage().getHeaders().values())
                .allSatisfy(value -> assertThat(String.valueOf(value)).hasSizeLessThan(2 * OutsideText.LONGEST));
    }

    @Test
    void linesOfAMessageAreNoLinesOfALog() {
        GeminiImageException failure = routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of(GeminiImageHeaders.ASPECT_RATIO, "9\r\nINFO all is well\u001b[2J\u202e"),
                GeminiImageException.class);

        assertThat(failure.getMessage()).contains("INFO all is well").doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    @Test
    void longValueOfAMessageMakesNoLongMessage() {
        GeminiImageException failure = routes.failure(
                "gemini-image:generate",
                "a cat",
                Map.of(GeminiImageHeaders.ASPECT_RATIO, "9".repeat(700_000)),
                GeminiImageException.class);

        assertThat(failure.getMessage())
                .hasSizeLessThan(4 * OutsideText.LONGEST)
                .startsWith("header");
    }
}
