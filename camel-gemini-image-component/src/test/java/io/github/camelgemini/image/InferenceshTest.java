package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes with {@code service=inferencesh}. */
@Timeout(120)
class InferenceshTest {

    private static final RequestMatcher RUN = RequestMatcher.operation("apps.run");
    private static final RequestMatcher STREAM = RequestMatcher.operation("tasks.stream");
    private static final RequestMatcher GET = RequestMatcher.operation("tasks.get");

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private String uri(String operation, String options) {
        return "gemini-image:" + operation + "?service=inferencesh&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                + routes.emulator().inferenceshUrl() + options;
    }

    private Exchange generate(String options, Object body) {
        Exchange exchange = routes.send(uri("generate", options), body);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private <T extends Throwable> T failure(String options, Class<T> type) {
        return routes.failure(uri("generate", "&model=gemini-3.1-flash-image" + options), "a cat", Map.of(), type);
    }

    private List<String> operations() {
        return routes.emulator().requests().stream()
                .map(ReceivedRequest::operation)
                .toList();
    }

    private ReceivedRequest run() {
        return routes.emulator().requests().stream()
                .filter(request -> request.operation().equals("apps.run"))
                .findFirst()
                .orElseThrow();
    }

    private long runs() {
        return operations().stream().filter("apps.run"::equals).count();
    }

    @Test
    void pictureIsDrawnByATask() {
        Exchange exchange = generate(
                "&aspectRatio=16:9&imageSize=2K&googleSearch=true&safetyThreshold=OFF&outputFormat=jpeg", "a cat");

        GeneratedImage picture = exchange.getMessage().getBody(GeneratedImage.class);
        assertThat(picture.mimeType()).isEqualTo("image/jpeg");
        assertThat(picture.width()).isEqualTo(2752);
        JsonNode body = run().body();
        assertThat(body.path("app").asText()).isEqualTo("google/gemini-3-1-flash-image");
        JsonNode input = body.path("input");
        assertThat(input.path("prompt").asText()).isEqualTo("a cat");
        assertThat(input.path("aspect_ratio").asText()).isEqualTo("16:9");
        assertThat(input.path("resolution").asText()).isEqualTo("2K");
        assertThat(input.path("output_format").asText()).isEqualTo("jpeg");
        assertThat(input.path("enable_google_search").asBoolean()).isTrue();
        assertThat(input.path("safety_tolerance").asText()).isEqualTo("BLOCK_NONE");
        assertThat(run().bearerToken()).contains(EmulatedRoutes.KEY);
    }

    @Test
    void costIsThatOfTheListWithOneSearch() {
        Exchange exchange = generate("&imageSize=2K&googleSearch=true", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isEqualTo(0.135);
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_MODEL))
                .isEqualTo("gemini-3.1-flash-image");
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
    void referenceIsUploadedOnceWithoutTheKey() {
        byte[] picture = Pictures.draw("png", 30, 20);

        for (int i = 0; i < 2; i++) {
            Exchange exchange = routes.send(
                    uri("edit", "&prompt=blue&additionalHeader.X-Secret=marked-4711"), List.of(picture, picture));
            assertThat(exchange.getException()).isNull();
        }

        assertThat(operations().stream().filter("files.create"::equals)).hasSize(1);
        assertThat(routes.emulator().requests())
                .filteredOn(request -> request.operation().equals("files.upload"))
                .singleElement()
                .satisfies(upload -> {
                    assertThat(upload.header("Authorization")).isEmpty();
                    assertThat(upload.header("X-Secret")).isEmpty();
                });
        assertThat(run().body().at("/input/images")).hasSize(2);
        assertThat(run().body().at("/input/images/0").asText())
                .startsWith(routes.emulator().inferenceshUrl());
    }

    @Test
    void severalPicturesAreSeveralTasks() {
        Exchange exchange = generate("&numImages=3", "a cat");

        assertThat(exchange.getMessage().getBody(List.class)).hasSize(3);
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void percentIsToldOnTheWay() throws Exception {
        MockEndpoint told = routes.context().getEndpoint("mock:told", MockEndpoint.class);
        routes.emulator().on(RUN).answer(Fault.takes(Duration.ofSeconds(2))).times(1);

        generate("&progressUri=mock:told", "a cat");

        await().untilAsserted(() -> assertThat(told.getExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.PROGRESS))
                .contains("progress", "received", "done"));
        List<Integer> percents = new ArrayList<>();
        for (Exchange exchange : told.getExchanges()) {
            Integer percent = exchange.getMessage().getHeader(GeminiImageHeaders.PROGRESS_PERCENT, Integer.class);
            if (percent != null) {
                percents.add(percent);
            }
        }
        assertThat(percents).isSorted().doesNotHaveDuplicates();
        assertThat(percents).anyMatch(percent -> percent > 0 && percent < 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldestEnvelope", "statusNames", "oldStatusNumbers", "uri", "url", "withoutOutputMeta"})
    void everyGenerationOfAnswersIsUnderstood(String which) {
        Fault fault =
                switch (which) {
                    case "oldestEnvelope" -> Fault.oldestEnvelope();
                    case "statusNames" -> Fault.statusNames();
                    case "oldStatusNumbers" -> Fault.oldStatusNumbers();
                    case "withoutOutputMeta" -> Fault.withoutOutputMeta();
                    default -> Fault.pictureObjects(which);
                };
        routes.emulator().on(RequestMatcher.any()).answer(fault);

        assertThat(generate("", "a cat")
                        .getMessage()
                        .getBody(GeneratedImage.class)
                        .width())
                .isEqualTo(1024);
        assertThat(runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/", ""})
    void versionAtTheEndOfTheBaseUrlIsUnderstood(String end) {
        Exchange exchange = routes.send(
                "gemini-image:generate?service=inferencesh&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                        + routes.emulator().inferenceshUrl() + end,
                "a cat");

        assertThat(exchange.getException()).isNull();
    }

    @Test
    void streamThatBreaksIsReplacedByPolls() {
        routes.emulator().on(STREAM).answer(Fault.resetAfterHeaders());
        routes.emulator().on(RUN).answer(Fault.takes(Duration.ofMillis(900))).times(1);

        generate("", "a cat");

        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void pollsThatFailAreMadeAgain() {
        routes.emulator().on(GET).answer(Fault.overloaded()).times(1);
        routes.emulator().on(GET).answer(Fault.resetBeforeHeaders()).times(1);
        routes.emulator()
                .on(GET)
                .answer(Fault.rawBody(200, "application/json", "{\"data\":{}}"))
                .times(1);

        generate("&maxRetries=0", "a cat");

        assertThat(runs()).isEqualTo(1);
        assertThat(operations().stream().filter("tasks.get"::equals).count()).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void paidPictureThatIsNotToBeHadYetIsAskedForAgain(int status) {
        routes.emulator()
                .on(RequestMatcher.operation("pictures.get"))
                .answer(Fault.rawBody(status, "text/plain", "not yet"))
                .times(4);

        generate("", "a cat");

        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void pagesOfABalancerAreWaitedOut() {
        routes.emulator().on(GET).answer(Fault.html(200)).times(4);

        generate("", "a cat");

        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void answerWithoutMeasureIsRefused() {
        routes.emulator().on(RequestMatcher.operation("tasks.list")).answer(Fault.endlessBody());

        assertThat(routes.send(uri("batchList", ""), null).getException())
                .hasMessageContaining("The answer of inference.sh for the list of tasks is too large");
    }

    @Test
    void logsOfTasksAreNotKept() {
        String logs = "{\"log\":\"" + "x".repeat(1_000) + "\",\"of\":[1,2,3,4,5,6,7,8,9]},";
        String task = "{\"id\":\"1\",\"status\":7,\"events\":[],\"logs\":[" + logs.repeat(14_000) + "{}]}";
        routes.emulator().on(GET).answer(Fault.rawBody(200, "application/json", task));

        Exchange exchange = routes.send(uri("batchRetrieve", "&batchId=1"), null);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_STATE))
                .isEqualTo("RUNNING");
    }

    @Test
    void referenceGoesToNoPrivateServerThatTheServiceNames() {
        routes.emulator()
                .on(RequestMatcher.operation("files.create"))
                .answer(
                        Fault.rawBody(
                                200,
                                "application/json",
                                "[{\"id\":\"1\",\"uri\":\"https://example.com/1.png\",\"upload_url\":\"https://localhost:1/put\"}]"));

        MalformedResponseException failure = routes.failure(
                uri("edit", "&prompt=blue"), Pictures.draw("png", 30, 20), Map.of(), MalformedResponseException.class);

        assertThat(failure).hasMessageContaining("localhost, which has no public address");
        assertThat(runs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../apps/run", "a/b"})
    void idThatLeadsElsewhereIsRefused(String id) {
        Exchange exchange = routes.send(uri("batchRetrieve", ""), null, Map.of(GeminiImageHeaders.BATCH_ID, id));

        assertThat(exchange.getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(operations()).isEmpty();
    }

    @Test
    void submissionWithoutAnAnswerIsFoundAndNotMadeAgain() {
        routes.emulator().on(RUN).answer(Fault.resetAfterHeaders()).times(1);

        generate("", "a cat");

        assertThat(runs()).isEqualTo(1);
        assertThat(operations()).contains("tasks.list");
    }

    @Test
    void submissionThatMadeNothingIsMadeAgain() {
        routes.emulator().on(RUN).answer(Fault.resetBeforeHeaders()).times(1);

        Exchange exchange = generate("", "a cat");

        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
    }

    @Test
    void lostSubmissionOfWhichNobodyCanTellIsNotMadeAgain() {
        routes.emulator().on(RUN).answer(Fault.resetAfterHeaders());
        routes.emulator().on(RequestMatcher.operation("tasks.list")).answer(Fault.overloaded());

        GeminiImageException failure = failure("", GeminiImageException.class);

        assertThat(failure).hasMessageContaining("is unknown, so it is not submitted again");
        assertThat(runs()).isEqualTo(1);
    }

    /** What is in a list that says nothing of it may be the lost one, and be paid. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'items':[{'id':'1','status':7}],'has_next':false}",
                "{'items':[],'has_next':true}",
                "{'items':[{'id':'1','created_at':'2020-01-01T00:00:00Z','input':{}},"
                        + "{'id':'2','created_at':'2021-01-01T00:00:00Z','input':{}}],'has_next':true,'next_cursor':'x'}",
                "{'entries':[]}"
            })
    void lostSubmissionIsNotMadeAgainWhereTheListProvesNothing(String list) {
        routes.emulator().on(RUN).answer(Fault.resetBeforeHeaders());
        routes.emulator()
                .on(RequestMatcher.operation("tasks.list"))
                .answer(Fault.rawBody(200, "application/json", list.replace('\'', '"')));

        GeminiImageException failure = failure("", GeminiImageException.class);

        assertThat(failure).hasMessageContaining("is unknown, so it is not submitted again");
        assertThat(runs()).isEqualTo(1);
    }

    private void listed(String app, String input) {
        String task = "{'items':[{'id':'lost','status':10,'app':'%s','input':%s}],'has_next':false}";
        routes.emulator().on(RUN).answer(Fault.resetBeforeHeaders()).times(1);
        routes.emulator()
                .on(RequestMatcher.operation("tasks.list"))
                .answer(Fault.rawBody(
                        200, "application/json", task.formatted(app, input).replace('\'', '"')));
    }

    @Test
    void lostTaskIsKnownWithWhatTheServiceHasAddedToItsInput() {
        listed(
                "google/gemini-3-1-flash-image@v2",
                "{'num_images':1,'aspect_ratio':'1:1','resolution':'1K','output_format':'png','images':[],"
                        + "'enable_google_search':false,'safety_tolerance':'BLOCK_NONE','retry_count':2,'prompt':'a cat'}");
        routes.emulator()
                .on(GET)
                .answer(Fault.rawBody(
                        200, "application/json", "{\"id\":\"lost\",\"status\":11,\"error\":\"no luck\"}"));

        assertThat(failure("", GeminiImageException.class)).hasMessageContaining("Task lost");
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void taskOfAnotherAppIsNotTakenForALostOne() {
        listed("google/gemini-3-pro-image", "{'prompt':'a cat'}");

        generate("", "a cat");

        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void timeOutLeavesTheTaskAndNamesIt() {
        routes.emulator().on(RUN).answer(Fault.takes(Duration.ofSeconds(3))).times(1);

        RequestTimeoutException failure = failure("&requestTimeout=1000", RequestTimeoutException.class);

        String id = failure.getJobId();
        assertThat(failure).hasMessageContaining("batchResults, batchId=" + id);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Exchange exchange = routes.send(uri("batchRetrieve", "&batchId=" + id), null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_STATE))
                    .isEqualTo("SUCCEEDED");
        });
        assertThat(operations()).doesNotContain("tasks.cancel");
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void taskOfACallThatIsGivenUpIsCancelled() {
        routes.emulator().on(RUN).answer(Fault.neverEnds()).times(1);
        routes.emulator().on(RUN).answer(Fault.invalidKey()).times(1);

        // The failure of one of several takes the others with it.
        failure("&numImages=2", AuthenticationException.class);

        await().untilAsserted(() -> assertThat(operations()).contains("tasks.cancel"));
    }

    @ParameterizedTest
    @CsvSource({
        "'Image generation/editing failed: No images were generated. finish_reason=IMAGE_SAFETY', ImageBlockedException",
        "'No images were generated. finish_reason=FinishReason.PROHIBITED_CONTENT', ImageBlockedException",
        "'No images were generated. finish_reason=NO_IMAGE', NoImageException",
        "'No images were generated. block_reason=SAFETY', PromptBlockedException",
        "'429 RESOURCE_EXHAUSTED. Quota exceeded', QuotaExhaustedException",
        "'403 PERMISSION_DENIED', AuthenticationException",
        "'400 INVALID_ARGUMENT. No such ratio', InvalidRequestException",
        "'503 UNAVAILABLE', NotDrawnException",
        "'CUDA out of memory', NotDrawnException"
    })
    void failedTaskIsWhatItsTextMeans(String text, String type) {
        routes.emulator().on(RUN).answer(Fault.jobFails(text)).times(1);

        GeminiImageException failure = failure("", GeminiImageException.class);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessageContaining(text);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void whatTheAccountLacksIsSaid() {
        routes.emulator().on(RUN).answer(Fault.requirementNotMet("secret", "GCP_KEY", "Add a key"));

        assertThat(failure("", AuthenticationException.class))
                .hasMessageContaining("HTTP 412")
                .hasMessageContaining("secret GCP_KEY: Add a key (add_secret)");
    }

    @Test
    void problemsAreReadInTheirOwnWords() {
        routes.emulator().on(RUN).answer(Fault.invalidKey()).times(1);
        assertThat(failure("", AuthenticationException.class))
                .hasMessageContaining("inference.sh answered HTTP 401 unauthorized for model gemini-3.1-flash-image:"
                        + " Invalid or missing API key")
                .hasMessageContaining("INFERENCE_API_KEY");
        routes.emulator().on(RUN).answer(Fault.creditsDepleted()).times(1);
        assertThat(failure("", QuotaExhaustedException.class)).hasMessageContaining("Insufficient credits");
        routes.emulator().on(RUN).answer(Fault.modelNotFound()).times(1);
        failure("", ModelNotFoundException.class);
        routes.emulator()
                .on(RUN)
                .answer(Fault.rawBody(422, "application/problem+json", "{\"detail\":\"RESOURCE_EXHAUSTED\"}"))
                .times(1);
        failure("&maxRetries=0", RateLimitException.class);
        routes.emulator()
                .on(RUN)
                .answer(Fault.rawBody(422, "application/problem+json", "{\"detail\":\"Invalid input: n\"}"))
                .times(1);
        failure("", InvalidRequestException.class);
    }

    @Test
    void unknownTaskIsABatchThatIsNotThere() {
        Exchange exchange = routes.send(uri("batchRetrieve", "&batchId=none"), null);

        assertThat(exchange.getException()).hasMessageContaining("inference.sh has no task 'none'");
    }

    @Test
    void tasksAreListed() {
        generate("", "a cat");
        generate("", "a dog");

        Exchange exchange = routes.send(uri("batchList", ""), null);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(List.class)).hasSize(2);
    }

    @Test
    void batchIsCancelled() {
        routes.emulator().on(RUN).answer(Fault.neverEnds()).times(1);
        Exchange submitted = routes.send(uri("batch", "&model=gemini-3.1-flash-image"), "a cat");
        assertThat(submitted.getException()).isNull();
        String id = submitted.getMessage().getHeader(GeminiImageHeaders.BATCH_ID, String.class);

        Exchange cancelled = routes.send(uri("batchCancel", "&batchId=" + id), null);

        assertThat(cancelled.getException()).isNull();
        assertThat(cancelled.getMessage().getHeader(GeminiImageHeaders.BATCH_STATE))
                .isEqualTo("CANCELLED");
    }

    @Test
    void webhookIsToldToTheService() {
        Exchange submitted = routes.send(uri("batch", "&webhook=https://example.com/hook"), "a cat");

        assertThat(submitted.getException()).isNull();
        assertThat(run().body().path("webhook").asText()).isEqualTo("https://example.com/hook");
    }

    @Test
    void noRouteTakesMoreThanItsOwnTask() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to(uri("generate", "")).to("mock:a");
            }
        });
        MockEndpoint drawn = routes.context().getEndpoint("mock:a", MockEndpoint.class);
        routes.emulator().on(RUN).answer(Fault.resetAfterHeaders()).times(2);
        drawn.expectedMessageCount(2);

        for (int i = 0; i < 2; i++) {
            routes.context().createProducerTemplate().asyncSendBody("direct:a", "the same cat");
        }

        drawn.assertIsSatisfied();
        assertThat(drawn.getExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_ID))
                .doesNotHaveDuplicates();
    }

    private List<Exchange> submitAndAwait(Map<String, String> prompts, String options) throws Exception {
        List<Exchange> came = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GeminiImageException.class).handled(true).process(came::add);
                from(uri("batchResults", "&initialDelay=0&delay=50")).process(came::add);
            }
        });
        Exchange submitted = routes.send(uri("batch", options), prompts);
        assertThat(submitted.getException()).isNull();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(came).hasSize(prompts.size()));
        return came;
    }

    @Test
    void batchOfSeveralRequestsComesByItsKeys() throws Exception {
        List<Exchange> came = submitAndAwait(Map.of("a", "a cat", "b", "a dog", "c", "a cow"), "&imageSize=2K");

        assertThat(came)
                .extracting(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY))
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(came).allSatisfy(exchange -> {
            assertThat(exchange.getMessage().getBody(GeneratedImage.class).width())
                    .isEqualTo(2048);
            assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                    .isEqualTo(0.12);
        });
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void requestOfABatchThatFailedComesWithItsException() throws Exception {
        routes.emulator()
                .on(RUN)
                .answer(Fault.jobFails("No images were generated. finish_reason=IMAGE_SAFETY"))
                .times(1);

        List<Exchange> came = submitAndAwait(Map.of("a", "a cat"), "");

        assertThat(came.get(0).getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(ImageBlockedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../r", "a/b", "a b", "r\\u0000", ".."})
    void idThatNobodyCanAskForIsAFaultOfTheService(String id) {
        routes.emulator().next(Fault.rawBody(200, "application/json", "{\"id\":\"" + id + "\",\"status\":1}"));

        routes.failure(uri("generate", "&maxRetries=0"), "a cat", Map.of(), MalformedResponseException.class);
    }
}
