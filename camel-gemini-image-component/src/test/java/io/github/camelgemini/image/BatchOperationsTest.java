package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.batch.BatchPart;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.InMemoryBatchRepository;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.result.GeneratedImage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch operations, whatever the service. */
class BatchOperationsTest {

    private static final Map<String, Object> ID = Map.of(GeminiImageHeaders.BATCH_ID, "products-1");

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final DrawnJobs jobs = new DrawnJobs(1);

    @BeforeEach
    void bindThePainter() {
        routes.context().getRegistry().bind("painter", new OwnService(new OwnBackend() {
            @Override
            public ImageBatches batches() {
                return jobs;
            }
        }));
    }

    private Message ask(String operation, Object body, Map<String, Object> headers) {
        Exchange answer = routes.send("gemini-image:" + operation + "?service=#painter&model=m", body, headers);
        assertThat(answer.getException()).isNull();
        return answer.getMessage();
    }

    private <T extends Throwable> T refusal(String uri, Object body, Map<String, Object> headers, Class<T> type) {
        return routes.failure("gemini-image:" + uri, body, headers, type);
    }

    @Test
    void batchLeavesTheMessageAsItIs() {
        Message answer = ask("batch", "a cat", Map.of("mine", 1));

        assertThat(answer.getBody()).isEqualTo("a cat");
        assertThat(answer.getHeaders())
                .containsEntry("mine", 1)
                .containsEntry(GeminiImageHeaders.BATCH_STATE, "PENDING")
                .containsEntry(GeminiImageHeaders.BATCH_REQUEST_COUNT, 1L)
                .containsEntry(GeminiImageHeaders.BATCH_JOB_ID, "jobs/1")
                .containsKey(GeminiImageHeaders.BATCH_ID);
        assertThat(jobs.made).hasSize(1);
    }

    @Test
    void theSameMessageAgainIsTheSameBatch() {
        ask("batch", "a cat", ID);

        Message again = ask("batch", "a cat", ID);

        assertThat(again.getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_ID, "products-1")
                .containsEntry(GeminiImageHeaders.BATCH_JOB_ID, "jobs/1");
        assertThat(jobs.submissions).isEqualTo(1);
    }

    /** Two submitters with the same id: the one that waited must not continue with its old data. */
    @Test
    void anotherThatWasSubmittedMeanwhileIsNotGoneOnWith() {
        BatchRepository shared = new InMemoryBatchRepository();
        AtomicBoolean first = new AtomicBoolean(true);
        routes.context()
                .getRegistry()
                .bind(
                        "shared",
                        Proxy.newProxyInstance(
                                BatchRepository.class.getClassLoader(),
                                new Class<?>[] {BatchRepository.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("hold") && first.getAndSet(false)) {
                                        routes.context().getRegistry().bind("inner", shared);
                                        routes.send(
                                                "gemini-image:batch?service=#painter&model=m&batchRepository=#inner",
                                                "a dog",
                                                ID);
                                    }
                                    return method.invoke(shared, arguments);
                                }));

        assertThat(refusal(
                        "batch?service=#painter&model=m&batchRepository=#shared",
                        "a cat",
                        ID,
                        InvalidRequestException.class))
                .hasMessageContaining("Batch 'products-1' was submitted with other requests");

        assertThat(jobs.submissions).isEqualTo(1);
        assertThat(jobs.draftsBegun).isEqualTo(1);
    }

    @Test
    void anotherMessageUnderTheIdIsRefused() {
        ask("batch", "a cat", ID);

        assertThat(refusal("batch?service=#painter&model=m", "a dog", ID, InvalidRequestException.class))
                .hasMessageContaining("Batch 'products-1' was submitted with other requests");
        assertThat(jobs.submissions).isEqualTo(1);
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThat(refusal(
                        "batch?service=#painter&model=m",
                        "a cat",
                        Map.of(GeminiImageHeaders.BATCH_ID, "../etc"),
                        InvalidRequestException.class))
                .hasMessageContaining("header CamelGeminiImageBatchId '../etc' must have 1 to 90 letters");
        assertThat(jobs.submissions).isZero();
    }

    @Test
    void stateIsAskedForById() {
        ask("batch", "a cat", ID);
        jobs.jobs.replaceAll((id, job) -> Job.of(id, job.name(), JobState.RUNNING));

        Message answer = ask("batchRetrieve", "anything", ID);

        assertThat(answer.getBody()).isEqualTo("anything");
        assertThat(answer.getHeader(GeminiImageHeaders.BATCH_STATE)).isEqualTo("RUNNING");
        assertThat(ask("batchRetrieve", "products-1", Map.of()).getHeader(GeminiImageHeaders.BATCH_STATE))
                .isEqualTo("RUNNING");
        assertThat(ask("batchRetrieve", "jobs/1", Map.of()).getHeader(GeminiImageHeaders.BATCH_STATE))
                .isEqualTo("RUNNING");
    }

    /** As {@code resubmit} leaves it. */
    @Test
    void aPartThatTheServiceRefusedCountsAsFailed() throws Exception {
        ask("batch", "a cat", ID);
        Batches batches = new Batches(routes.component()
                .batchRepository(routes.context()
                        .getEndpoint("gemini-image:batchResults?service=#painter", GeminiImageEndpoint.class)
                        .getConfiguration()));
        try (Batches.Held held = batches.hold("products-1").orElseThrow()) {
            BatchPart part = held.part(1).orElseThrow();
            held.save(new BatchPart(
                    1, part.name(), part.digest(), null, part.since(), null, null, 1, part.pages(), true, true));
        }

        assertThat(ask("batchRetrieve", null, ID).getHeader(GeminiImageHeaders.BATCH_STATE))
                .isEqualTo("FAILED");
    }

    @Test
    void aBatchThatNobodyKnowsIsAnError() {
        assertThat(refusal("batchRetrieve?service=#painter&model=m", "none", Map.of(), BatchNotFoundException.class))
                .hasMessageContaining("none");
        assertThat(refusal("batchRetrieve?service=#painter&model=m", null, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("The id of the batch is missing. Set it in the header CamelGeminiImageBatchId");
    }

    @Test
    void cancelEndsAllJobs() {
        ask("batch", "a cat", ID);

        Message answer = ask("batchCancel", null, ID);

        assertThat(answer.getHeader(GeminiImageHeaders.BATCH_STATE)).isEqualTo("CANCELLED");
    }

    @Test
    void listHasTheJobsOfTheAccount() {
        ask("batch", "a cat", ID);

        Object body = ask("batchList", null, Map.of(GeminiImageHeaders.BATCH_CURSOR, "page-2"))
                .getBody();

        assertThat(body)
                .isEqualTo(List.of(Map.of(
                        "jobId", "jobs/1", "batchId", "products-1", "name", "products-1.0001", "state", "PENDING")));
    }

    @Test
    void resultsAreMessagesForASplit() throws Exception {
        jobs.failures.put("1", new ImageBlockedException("blocked", "SAFETY", null, ProviderError.NONE));
        ask("batch", "a cat", ID);
        ask("batch", "a dog", Map.of(GeminiImageHeaders.BATCH_ID, "dogs"));
        jobs.end(JobState.SUCCEEDED);
        List<Object> bodies = new ArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:split")
                        .to("gemini-image:batchResults?service=#painter&model=m")
                        .split(body())
                        .streaming()
                        .process(exchange -> bodies.add(exchange.getMessage().getBody()))
                        .process(exchange -> assertThat(exchange.getMessage().getHeaders())
                                .containsEntry("mine", 1)
                                .containsEntry(GeminiImageHeaders.BATCH_KEY, "1"));
            }
        });

        assertThat(routes.send("direct:split", null, Map.of(GeminiImageHeaders.BATCH_ID, "dogs", "mine", 1))
                        .getException())
                .isNull();
        assertThat(bodies).singleElement().isInstanceOf(ImageBlockedException.class);
        jobs.failures.clear();
        assertThat(routes.send("direct:split", null, Map.of(GeminiImageHeaders.BATCH_ID, "dogs", "mine", 1))
                        .getException())
                .isNull();
        assertThat(bodies.get(1)).isInstanceOf(GeneratedImage.class);
    }

    @Test
    void resultsOfABatchThatIsNotDoneAreAnError() {
        ask("batch", "a cat", ID);

        assertThat(refusal("batchResults?service=#painter&model=m", null, ID, InvalidRequestException.class))
                .hasMessageContaining("Batch 'products-1' is PENDING and has no results yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch?service=#painter&model=m&stream=true | stream cannot be used in a batch",
                "batch?service=#painter&model=m&conversationId=c | option conversationId is only for gemini-image:chat",
                "batch?service=#painter&model=m&resubmit=often | option resubmit 'often' must be",
                "batch?service=#painter&model=m&batchId=../x | option batchId '../x' must have",
                "batch?service=gmi&apiKey=a&webhook=https://www.example.com/h | GMI Cloud does not support option webhook; services that support it: google",
                "batch?project=p&location=global&webhook=https://www.example.com/h | Vertex AI does not support option webhook; services that support it: google",
                "batch?apiKey=a&webhook=ftp://www.example.com/h | option webhook must be the public URL",
            })
    void anOptionWithoutMeaningStopsTheStart(String uri, String refusal) {
        assertThatThrownBy(() -> routes.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("gemini-image:" + uri);
                    }
                }))
                .rootCause()
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmi&apiKey=a", "google&project=p&location=global"})
    void aPathForCallsOfAServiceThatMakesNoneStopsTheStart(String service) {
        assertThatThrownBy(() -> routes.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("gemini-image:batchResults?webhookPath=/hooks/5f0c8a7e1b2d4c6e9a3f7d1b&service=" + service)
                                .to("mock:out");
                    }
                }))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("does not support option webhookPath; services that support it: google");
    }

    @ParameterizedTest
    @CsvSource({"Stream, true", "ConversationId, c", "ConversationAction, reset"})
    void whatHasNoMeaningInABatchIsRefused(String header, String value) {
        assertThat(refusal(
                        "batch?service=#painter&model=m",
                        List.of("a cat", "a dog"),
                        Map.of("CamelGeminiImage" + header, value),
                        InvalidRequestException.class))
                .hasMessageContaining("request 1: ")
                .hasMessageContaining("cannot be used in a batch");
        assertThat(jobs.submissions).isZero();
    }

    @Test
    void aServiceWithoutBatchesNamesThoseThatHaveThem() {
        assertThatThrownBy(() -> routes.send("gemini-image:batch?service=anyfast&apiKey=a", "a cat"))
                .hasMessageContaining("AnyFast does not support gemini-image:batch; services that support it: google");
    }
}
