package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.QueuedJob;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes with {@code service=gmi}. */
@Timeout(120)
class GmiTest {

    private static final String MODEL = "gemini-3.1-flash-image-preview";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @BeforeEach
    void drawAtOnce() {
        routes.emulator().usually(EmulatedService.GMI, Fault.takes(Duration.ofMillis(50)));
    }

    private String uri(String operation, String options) {
        return "gemini-image:" + operation + "?service=gmi&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                + routes.emulator().gmiUrl() + options;
    }

    private Exchange ask(String operation, String options, Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send(uri(operation, options), body, headers);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private Exchange generate(String options, Object body) {
        return ask("generate", options, body, Map.of());
    }

    private <T extends Throwable> T failure(Fault fault, Class<T> type) {
        routes.emulator().next(fault);
        return routes.failure(uri("generate", "&maxRetries=0&model=gemini-3.1-flash-image"), "a cat", Map.of(), type);
    }

    private List<ReceivedRequest> received(String operation) {
        return routes.emulator().requests().stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    private JsonNode payload() {
        List<ReceivedRequest> sent = received("requests.create");
        return sent.get(sent.size() - 1).body().path("payload");
    }

    private List<QueuedJob> jobs() {
        return routes.emulator().jobs();
    }

    private static byte[] picture() {
        return Pictures.draw("jpg", 30, 20);
    }

    // ---- drawing

    @Test
    void pictureIsSubmittedWaitedForAndFetched() {
        Exchange exchange = generate("&aspectRatio=16:9&imageSize=2K&outputFormat=jpeg", "a cat");

        GeneratedImage picture = exchange.getMessage().getBody(GeneratedImage.class);
        assertThat(picture.width()).isEqualTo(2752);
        assertThat(picture.mimeType()).isEqualTo("image/jpeg");
        ReceivedRequest sent = received("requests.create").get(0);
        assertThat(sent.body().path("model").asText()).isEqualTo(MODEL);
        assertThat(sent.bearerToken()).contains(EmulatedRoutes.KEY);
        assertThat(payload().toString())
                .isEqualTo("{\"prompt\":\"a cat\",\"image_size\":\"2K\",\"aspect_ratio\":\"16:9\","
                        + "\"image_output_format\":\"jpeg\"}");
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_ID))
                .isEqualTo(jobs().get(0).id());
        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void nothingIsSaidOfACostThatIsNotDocumented() {
        assertThat(generate("", "a cat").getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST))
                .isNull();
    }

    @Test
    void costOfTheProModelIsThatOfGmi() {
        routes.emulator()
                .next(Fault.rawBody(200, "application/json", "{\"request_id\":\"r1\",\"status\":\"success\"}"));
        routes.emulator()
                .on(RequestMatcher.operation("requests.get"))
                .answer(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"request_id\":\"r1\",\"model\":\"gemini-3-pro-image\",\"status\":\"success\","
                                + "\"outcome\":{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\""
                                + base64(picture()) + "\"}}]}}]}}"));

        Exchange exchange = generate("&model=gemini-3-pro-image&imageSize=4K", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isEqualTo(0.24);
        assertThat(exchange.getMessage().getBody(GeneratedImage.class).mimeType())
                .isEqualTo("image/jpeg");
    }

    @Test
    void keyDoesNotGoToWherePicturesAre() {
        generate("&additionalHeader.X-Team=secret-of-the-team", picture("brighter"));

        assertThat(routes.emulator().requests())
                .filteredOn(request -> List.of("pictures.get", "uploads.put").contains(request.operation()))
                .hasSize(2)
                .allSatisfy(request -> {
                    assertThat(request.header("Authorization")).isEmpty();
                    assertThat(request.header("X-Team")).isEmpty();
                });
    }

    private static Map<String, Object> picture(String prompt) {
        return Map.of("prompt", prompt, "image", "data:image/jpeg;base64," + base64(picture()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void submissionThatIsAnsweredWhenThePictureIsThereIsEnough() {
        routes.emulator().next(Fault.blockingSubmit(), Fault.takes(Duration.ofMillis(300)));

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
        assertThat(received("requests.get")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void paidPictureThatIsNotToBeHadYetIsAskedForAgain(int status) {
        routes.emulator()
                .on(RequestMatcher.operation("pictures.get"))
                .answer(Fault.rawBody(status, "text/plain", "not yet"))
                .times(4);

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void pagesOfABalancerAreWaitedOut() {
        routes.emulator()
                .on(RequestMatcher.operation("requests.get"))
                .answer(Fault.html(200))
                .times(4);

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void statusesThatAreNotDocumentedAreWaitedOut() {
        routes.emulator().usually(EmulatedService.GMI, Fault.rareStatuses(), Fault.takes(Duration.ofMillis(1_500)));

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void pictureWithinTheAnswerIsTaken() {
        routes.emulator().next(Fault.inlineData());

        Exchange exchange = generate("", "a cat");

        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(1024);
        assertThat(received("pictures.get")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"media_urls\":[{\"id\":\"0\",\"url\":\"%s\"}],\"thumbnail_image_url\":\"http://localhost:1/t.png\"}",
                "{\"media_urls\":[\"%s\"]}",
                "{\"image_url\":\"%s\"}",
                "{\"url\":\"%s\"}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"fileData\":{\"fileUri\":\"%s\"}}]}}]}"
            })
    void addressIsFoundWhereverClientsHaveMetIt(String outcome) {
        generate("", "an earlier picture");
        String path = received("pictures.get").get(0).path();
        String address = routes.emulator().baseUrl() + path;
        routes.emulator()
                .on(RequestMatcher.operation("requests.get"))
                .answer(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"request_id\":\"r1\",\"model\":\"" + MODEL
                                + "\",\"status\":\"success\",\"payload\":{\"image\":[\"http://localhost:1/input.png\"]},"
                                + "\"outcome\":" + outcome.formatted(address) + ",\"updated_at\":1762215606}"))
                .times(1);

        routes.emulator().next(Fault.blockingSubmit());
        assertThat(generate("", "a cat")
                        .getMessage()
                        .getBody(GeneratedImage.class)
                        .width())
                .isEqualTo(1024);
    }

    @Test
    void outcomeThatIsNotThereYetIsAskedForAgain() {
        long now = Instant.now().getEpochSecond();
        routes.emulator().next(Fault.blockingSubmit());
        routes.emulator()
                .on(RequestMatcher.operation("requests.get"))
                .answer(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"request_id\":\"r\",\"status\":\"success\",\"outcome\":null,\"updated_at\":" + now + "}"))
                .times(1);

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
        assertThat(received("requests.get")).hasSizeGreaterThan(1);
    }

    // ---- reference pictures

    @Test
    void pictureOfTheMessageIsUploadedWithTheTypeThatWasAnnounced() {
        Exchange exchange = routes.send(uri("edit", ""), picture(), Map.of(GeminiImageHeaders.PROMPT, "brighter"));

        assertThat(exchange.getException()).isNull();
        assertThat(received("uploads.create").get(0).body().toString()).isEqualTo("{\"file_type\":\"jpeg\"}");
        ReceivedRequest put = received("uploads.put").get(0);
        assertThat(put.header("Content-Type")).contains("image/jpeg");
        assertThat(payload().path("image")).hasSize(1);
        assertThat(payload().path("image").get(0).asText()).startsWith("http").contains("/uploads/");
    }

    @Test
    void samePictureIsUploadedOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(routes.send(uri("edit", ""), picture(), Map.of(GeminiImageHeaders.PROMPT, "brighter " + i))
                            .getException())
                    .isNull();
        }

        assertThat(received("uploads.put")).hasSize(1);
        assertThat(received("requests.create")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"401, 1", "403, 1", "405, 1", "503, 1", "404, 2", "410, 2"})
    void onlyWhatIsGoneIsUploadedAgain(int status, int uploads) {
        Map<String, Object> prompt = Map.of(GeminiImageHeaders.PROMPT, "brighter");
        routes.emulator()
                .on(RequestMatcher.operation("uploads.get"))
                .answer(Fault.rawBody(status, "text/plain", "not for you"));
        for (int i = 0; i < 2; i++) {
            assertThat(routes.send(uri("edit", ""), picture(), prompt).getException())
                    .isNull();
        }

        assertThat(received("uploads.put")).hasSize(uploads);
    }

    @Test
    void pictureThatTheServiceHasRemovedIsUploadedAgain() {
        Map<String, Object> prompt = Map.of(GeminiImageHeaders.PROMPT, "brighter");
        assertThat(routes.send(uri("edit", ""), picture(), prompt).getException())
                .isNull();
        routes.emulator().clear();
        drawAtOnce();

        assertThat(routes.send(uri("edit", ""), picture(), prompt).getException())
                .isNull();

        assertThat(received("uploads.put")).hasSize(1);
    }

    @Test
    void addressOfThePublicWebIsLeftToTheService() {
        generate("&referenceImages=https://www.example.com/cat.png", "brighter");

        assertThat(payload().path("image").get(0).asText()).isEqualTo("https://www.example.com/cat.png");
        assertThat(received("uploads.create")).isEmpty();
    }

    @Test
    void uploadThatFailsOnTheWayIsTriedAgainAndThenSaysSo() {
        routes.emulator()
                .on(RequestMatcher.operation("uploads.put"))
                .answer(Fault.overloaded())
                .times(1);
        assertThat(routes.send(uri("edit", ""), picture(), Map.of(GeminiImageHeaders.PROMPT, "brighter"))
                        .getException())
                .isNull();

        routes.emulator().on(RequestMatcher.operation("uploads.create")).answer(Fault.status(400, "X", "no"));
        routes.failure(
                uri("edit", "&maxRetries=0"),
                Pictures.draw("png", 9, 9),
                Map.of(GeminiImageHeaders.PROMPT, "brighter"),
                InvalidRequestException.class);
        assertThat(received("requests.create")).hasSize(1);
    }

    // ---- conversations

    @Test
    void conversationGoesOnWithWhatTheModelSaid() {
        Map<String, Object> cat = Map.of(GeminiImageHeaders.CONVERSATION_ID, "cat");
        ask("chat", "", "a cat", cat);
        assertThat(payload().path("prompt").asText()).isEqualTo("a cat");

        ask("chat", "", "now in blue", cat);
        JsonNode second = payload();
        ask("chat", "", "and asleep", cat);

        assertThat(second.has("prompt")).isFalse();
        assertThat(second.path("contents")).hasSize(3);
        assertThat(second.path("contents")
                        .get(0)
                        .path("parts")
                        .get(0)
                        .path("text")
                        .asText())
                .isEqualTo("a cat");
        JsonNode drawn = second.path("contents").get(1).path("parts").get(0);
        assertThat(drawn.path("thoughtSignature").asText()).isNotEmpty();
        assertThat(drawn.path("inlineData").path("mimeType").asText()).startsWith("image/");
        assertThat(second.path("contents")
                        .get(2)
                        .path("parts")
                        .get(0)
                        .path("text")
                        .asText())
                .isEqualTo("now in blue");
        assertThat(payload().path("contents")).hasSize(5);
    }

    @Test
    void picturesOfAConversationAreFetchedSoThatTheyAreThereLater() {
        Map<String, Object> cat = Map.of(GeminiImageHeaders.CONVERSATION_ID, "cat");
        Exchange first = routes.send(
                uri("chat", ""),
                picture(),
                Map.of(GeminiImageHeaders.CONVERSATION_ID, "cat", GeminiImageHeaders.PROMPT, "brighter"));
        assertThat(first.getException()).isNull();

        ask("chat", "", "darker", cat);

        assertThat(payload().path("contents").get(0).path("parts")).hasSize(2);
    }

    // ---- failures

    @Test
    void refusalsAreTheExceptionsOfTheirKind() {
        assertThat(failure(Fault.creditsDepleted(), QuotaExhaustedException.class)
                        .getHttpStatus())
                .isEqualTo(402);
        assertThat(failure(Fault.modelNotFound(), ModelNotFoundException.class).getHttpStatus())
                .isEqualTo(404);
        assertThat(failure(Fault.overloaded(), ServiceUnavailableException.class)
                        .getHttpStatus())
                .isEqualTo(503);
        assertThat(failure(Fault.rateLimited(Duration.ofSeconds(7)), RateLimitException.class)
                        .getRetryDelay())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(failure(Fault.invalidKey(), AuthenticationException.class)).hasMessageContaining("GMI_API_KEY");
        assertThat(failure(Fault.promptBlocked("PROHIBITED_CONTENT"), PromptBlockedException.class)
                        .getBlockReason())
                .isEqualTo("PROHIBITED_CONTENT");
        assertThat(jobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'No image was generated: IMAGE_SAFETY', ImageBlockedException",
        "'blocked by content policy', ImageBlockedException",
        "'failed to download input image', ReferenceImageException",
        "'No image was generated: NO_IMAGE', NoImageException",
        "'INVALID_ARGUMENT: image_size', InvalidRequestException",
        "'Insufficient credits', QuotaExhaustedException",
        "'upstream went away', NotDrawnException"
    })
    void requestThatFailsUnderStatus200IsAnExceptionAndNotMadeAgain(String message, String type) {
        routes.emulator().next(Fault.jobFails(message));

        GeminiImageException failure =
                routes.failure(uri("generate", ""), "a cat", Map.of(), GeminiImageException.class);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessageContaining(message).hasMessageContaining("GMI Cloud");
        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void reasonWithinTheOutcomeIsFound() {
        routes.emulator().usually(EmulatedService.GMI, Fault.errorInOutcome(), Fault.takes(Duration.ofMillis(50)));
        routes.emulator().next(Fault.jobFails("blocked by content policy"));

        routes.failure(uri("generate", ""), "a cat", Map.of(), ImageBlockedException.class);
    }

    @Test
    void pollThatFailsSubmitsNothingAgain() {
        routes.emulator()
                .on(RequestMatcher.operation("requests.get"))
                .answer(Fault.overloaded())
                .times(3);

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void submissionWithoutAnAnswerIsFoundByItsPayload() {
        routes.emulator().next(Fault.answerLost());

        generate("&imageSize=1K", "a cat");

        assertThat(received("requests.create")).hasSize(1);
        assertThat(jobs()).hasSize(1);
        assertThat(received("requests.list").get(0).queryParameter("model_id")).contains(MODEL);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"requests", "data", "items"})
    void lostSubmissionIsFoundInAListOfAnyForm(String field) {
        routes.emulator().usually(EmulatedService.GMI, Fault.listIn(field), Fault.takes(Duration.ofMillis(50)));
        routes.emulator().next(Fault.answerLost());

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(1);
    }

    /** That nothing is found in it proves nothing, so nothing is paid again. */
    @Test
    void lostSubmissionIsNotMadeAgainWhereTheListIsNotUnderstood() {
        routes.emulator().usually(EmulatedService.GMI, Fault.listIn("entries"));
        routes.emulator().next(Fault.answerLost());

        GeminiImageException failure = routes.failure(
                uri("generate", "&model=gemini-3.1-flash-image"), "a cat", Map.of(), GeminiImageException.class);

        assertThat(failure).hasMessageContaining("GMI Cloud lists its requests in an unknown format");
        assertThat(received("requests.create")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'requests':[{'request_id':'1','status':'queued'}]}",
                "{'requests':[],'has_more':true}",
                "{'data':{'items':[],'total':3}}",
                "{'requests':[{'request_id':'1','created_at':1},{'request_id':'2','created_at':2}],'next_cursor':'x'}",
                "{}"
            })
    void lostSubmissionIsNotMadeAgainWhereTheListProvesNothing(String list) {
        routes.emulator().next(Fault.overloaded());
        routes.emulator()
                .on(RequestMatcher.operation("requests.list"))
                .answer(Fault.rawBody(list.isEmpty() ? 204 : 200, "application/json", list.replace('\'', '"')));

        GeminiImageException failure = routes.failure(
                uri("generate", "&model=gemini-3.1-flash-image"), "a cat", Map.of(), GeminiImageException.class);

        assertThat(failure).hasMessageContaining("so it is not submitted again");
        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void listWhoseNewestComeFirstEndsWithOneFromBeforeTheSubmission() {
        routes.emulator().next(Fault.overloaded());
        routes.emulator()
                .on(RequestMatcher.operation("requests.list"))
                .answer(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"requests\":[{\"request_id\":\"1\",\"created_at\":1}],\"next_cursor\":\"x\"}"));

        generate("", "a cat");

        assertThat(received("requests.create")).hasSize(2);
    }

    @Test
    void requestOfAnotherCallIsNotTakenForALostOne() {
        generate("", "a cat");
        // One that never came to the service.
        routes.emulator().next(Fault.overloaded());

        generate("&maxRetries=2", "a cat");

        assertThat(received("requests.create")).hasSize(3);
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void requestThatIsBeingSubmittedByAnotherCallIsNotTakenForALostOne() throws Exception {
        // The answer to the first comes when its picture is there; that to the second is lost.
        routes.emulator()
                .on(RequestMatcher.operation("requests.create"))
                .answer(Fault.blockingSubmit(), Fault.takes(Duration.ofSeconds(2)))
                .times(1);
        CompletableFuture<Exchange> first = CompletableFuture.supplyAsync(() -> generate("", "a cat"));
        await().until(() -> jobs().size() == 1);
        routes.emulator()
                .on(RequestMatcher.operation("requests.create"))
                .answer(Fault.answerLost())
                .times(1);

        Exchange second = generate("", "a cat");

        assertThat(second.getMessage().getHeader(GeminiImageHeaders.RESPONSE_ID))
                .isNotEqualTo(first.get().getMessage().getHeader(GeminiImageHeaders.RESPONSE_ID));
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void requestThatTakesTooLongIsNamedAndCanBeHadLater() {
        routes.emulator().next(Fault.takes(Duration.ofHours(1)));

        RequestTimeoutException late = routes.failure(
                uri("generate", "&requestTimeout=1500"), "a cat", Map.of(), RequestTimeoutException.class);

        assertThat(late.getJobId()).isEqualTo(jobs().get(0).id());
        assertThat(jobs().get(0).status()).isNotEqualTo("cancelled");
    }

    @Test
    void requestThatIsLeftIsBroughtByItsId() {
        routes.emulator().next(Fault.takes(Duration.ofSeconds(2)));
        String id = routes.failure(
                        uri("generate", "&requestTimeout=1000"), "a cat", Map.of(), RequestTimeoutException.class)
                .getJobId();

        await().untilAsserted(() -> assertThat(ask("batchRetrieve", "&batchId=" + id, null, Map.of())
                        .getMessage()
                        .getHeader(GeminiImageHeaders.BATCH_STATE))
                .isEqualTo("SUCCEEDED"));
        assertThat(received("requests.cancel")).isEmpty();
        assertThat(received("requests.create")).hasSize(1);
    }

    @Test
    void requestOfACallThatIsGivenUpIsCancelled() {
        routes.emulator()
                .on(RequestMatcher.operation("requests.create"))
                .answer(Fault.neverEnds())
                .times(1);
        routes.emulator()
                .on(RequestMatcher.operation("requests.create"))
                .answer(Fault.invalidKey())
                .times(1);

        // The failure of one of several takes the others with it.
        routes.failure(uri("generate", "&numImages=2&maxRetries=0"), "a cat", Map.of(), AuthenticationException.class);

        await().untilAsserted(() ->
                assertThat(jobs()).hasSize(1).allMatch(job -> job.status().equals("cancelled")));
    }

    @Test
    void pictureThatIsNotToBeHadIsAFailureThatSaysSo() {
        routes.emulator().next(Fault.fileData("http://localhost:1/cat.png"));

        MalformedResponseException failure =
                routes.failure(uri("generate", ""), "a cat", Map.of(), MalformedResponseException.class);

        assertThat(failure).hasMessageContaining("is not available");
        assertThat(received("requests.create")).hasSize(1);
    }

    // ---- models, and what is drawn later

    @Test
    void modelsAreListed() {
        Exchange exchange = ask("models", "", null, Map.of());

        assertThat(String.valueOf(exchange.getMessage().getBody())).contains(MODEL);
    }

    @Test
    void batchIsCancelledWhereThatIsPossible() {
        routes.emulator().usually(EmulatedService.GMI, Fault.takes(Duration.ofHours(1)));
        Exchange batch = ask("batch", "", "a cat", Map.of());
        String id = batch.getMessage().getHeader(GeminiImageHeaders.BATCH_ID, String.class);
        assertThat(jobs()).hasSize(1);

        ask("batchCancel", "&batchId=" + id, null, Map.of());

        await().untilAsserted(
                        () -> assertThat(jobs()).allMatch(job -> job.status().equals("cancelled")));
    }

    @Test
    void cancellingThatIsNotPossibleIsSaid() {
        routes.emulator().usually(EmulatedService.GMI, Fault.noCancel(), Fault.takes(Duration.ofHours(1)));
        Exchange batch = ask("batch", "", "a cat", Map.of());
        String id = batch.getMessage().getHeader(GeminiImageHeaders.BATCH_ID, String.class);

        GeminiImageException failure =
                routes.failure(uri("batchCancel", "&batchId=" + id), null, Map.of(), GeminiImageException.class);

        assertThat(failure).hasMessageContaining("cannot cancel");
    }

    @Test
    void picturesOfABatchComeIntoARouteEachUnderItsKey() throws Exception {
        List<Exchange> came = new CopyOnWriteArrayList<>();
        List<Exchange> blocked = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ImageBlockedException.class).handled(true).process(blocked::add);
                from(uri("batchResults", "&delay=100")).process(came::add);
            }
        });
        routes.emulator()
                .on(RequestMatcher.prompt("a dog"))
                .answer(Fault.jobFails("No image was generated: IMAGE_SAFETY"), Fault.takes(Duration.ofMillis(50)));
        Map<String, Object> requests = new LinkedHashMap<>();
        requests.put("cat", "a cat");
        requests.put("dog", "a dog");
        requests.put("fox", Map.of("prompt", "a fox", "image_size", "2K"));

        ask("batch", "", requests, Map.of());

        await().untilAsserted(() -> assertThat(came)
                .extracting(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY))
                .containsExactlyInAnyOrder("cat", "fox"));
        await().untilAsserted(() -> assertThat(blocked)
                .extracting(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY))
                .containsExactly("dog"));
        assertThat(jobs()).hasSize(3);
        for (Exchange exchange : came) {
            String key = exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class);
            assertThat(exchange.getMessage().getBody(GeneratedImage.class).width())
                    .isEqualTo(key.equals("fox") ? 2048 : 1024);
        }
    }

    @Test
    void pictureIsFetchedFromAnAddressThatHasTheValueOfAHeaderInIt() {
        generate("", "an earlier picture");
        String path = received("pictures.get").get(0).path();
        routes.emulator()
                .on(RequestMatcher.operation("requests.get"))
                .answer(Fault.rawBody(
                        200,
                        "application/json",
                        "{\"request_id\":\"r1\",\"status\":\"success\",\"outcome\":{\"url\":\""
                                + routes.emulator().baseUrl() + path + "\"},\"updated_at\":1762215606}"))
                .times(1);
        routes.emulator().next(Fault.blockingSubmit());

        generate("&additionalHeader.X-Tenant-Token=" + path.substring(1).replace("/", "%2F"), "a cat");

        assertThat(received("pictures.get")).extracting(ReceivedRequest::path).containsExactly(path, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../r", "a/b", "a b", "r\\u0000", "", ".."})
    void idThatNobodyCanAskForIsAFaultOfTheService(String id) {
        failure(
                Fault.rawBody(200, "application/json", "{\"request_id\":\"" + id + "\",\"status\":\"queued\"}"),
                MalformedResponseException.class);
    }
}
