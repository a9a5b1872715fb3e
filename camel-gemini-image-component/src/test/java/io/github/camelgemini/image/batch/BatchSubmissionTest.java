package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each request goes to the service in one job, and no job is made twice. */
class BatchSubmissionTest {

    private static final GeminiImageException LOST = new ServiceUnavailableException(
            "the connection was reset", Duration.ZERO, ProviderError.ofModel("m"), null);
    private static final GeminiImageException REFUSED =
            new InvalidRequestException("no", new ProviderError(400, "INVALID_ARGUMENT", "no", "m"), null);

    private final InMemoryBatchRepository repository = new InMemoryBatchRepository();
    private final Batches batches = new Batches(repository);

    private static Iterator<KeyedRequest> requests(int count, String prompt) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new KeyedRequest(
                        "k" + i,
                        ImageRequest.builder()
                                .set(Parameter.MODEL, "gemini-3.1-flash-image")
                                .set(Parameter.PROMPT, prompt + i)
                                .build()))
                .iterator();
    }

    private Batch submit(Jobs service, Iterator<KeyedRequest> requests, BooleanSupplier goesOn) throws IOException {
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            return new BatchSubmission(
                            held, service, new BatchSubmission.Order("own", "localhost", null, false, 2), goesOn)
                    .submit(requests);
        }
    }

    private Batch submit(Jobs service, int count) throws IOException {
        return submit(service, requests(count, "p"), () -> true);
    }

    @Test
    void requestsThatFitGoInOneJob() throws Exception {
        Jobs service = new Jobs(10);

        Batch batch = submit(service, 7);

        assertThat(batch.stage()).isEqualTo(Batch.Stage.SUBMITTED);
        assertThat(batch.parts()).isEqualTo(1);
        assertThat(batch.requests()).isEqualTo(7);
        assertThat(service.made).containsOnlyKeys("b.0001");
        assertThat(batches.part("b", 1).orElseThrow().jobId()).isEqualTo("jobs/1");
        assertThat(service.draftsOpen).isZero();
    }

    @Test
    void moreBecomeSeveralJobsUnderOneId() throws Exception {
        Jobs service = new Jobs(3);

        Batch batch = submit(service, 7);

        assertThat(batch.parts()).isEqualTo(3);
        assertThat(service.made)
                .containsEntry("b.0001", List.of("k1", "k2", "k3"))
                .containsEntry("b.0002", List.of("k4", "k5", "k6"))
                .containsEntry("b.0003", List.of("k7"));
        assertThat(service.draftsOpen).isZero();
    }

    @Test
    void keysAreRememberedInTheirOrder() throws Exception {
        submit(new Jobs(10_000), 2_500);

        List<String> keys = new ArrayList<>();
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            held.keys(held.part(1).orElseThrow(), key -> {
                keys.add(key.key());
                assertThat(key.asked().model()).isEqualTo("gemini-3.1-flash-image");
                assertThat(key.asked().batch()).isTrue();
            });
        }

        assertThat(keys)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 2_500).mapToObj(i -> "k" + i).toList());
    }

    @Test
    void anAnswerThatWasLostIsLookedFor() throws Exception {
        Jobs service = new Jobs(10).next(true, LOST);

        Batch batch = submit(service, 3);

        assertThat(batch.stage()).isEqualTo(Batch.Stage.SUBMITTED);
        assertThat(service.submissions).isEqualTo(1);
        assertThat(batches.part("b", 1).orElseThrow().jobId()).isEqualTo("jobs/1");
    }

    @Test
    void jobsOfOtherPartsAreNotTheOneThatIsLookedFor() throws Exception {
        Jobs service = new Jobs(1).next(true, null).next(true, null).next(true, LOST);

        submit(service, 3);

        assertThat(service.looked.name()).isEqualTo("b.0003");
        assertThat(service.looked.others()).containsExactlyInAnyOrder("jobs/1", "jobs/2");
    }

    @Test
    void aJobThatWasNotMadeIsSubmittedAgain() throws Exception {
        Jobs service = new Jobs(10).next(false, LOST);

        submit(service, 3);

        assertThat(service.submissions).isEqualTo(2);
        assertThat(service.made).hasSize(1);
    }

    @Test
    void whatOneAttemptMayHaveMadeIsNotForgottenForTheRefusalOfAnother() throws Exception {
        Jobs service = new Jobs(10).next(false, LOST).next(false, REFUSED);

        assertThatThrownBy(() -> submit(service, 3)).isSameAs(REFUSED);

        assertThat(batches.part("b", 1).orElseThrow().jobId()).isNull();
        assertThat(batches.find("b").orElseThrow().parts()).isEqualTo(1);
    }

    @Test
    void otherRequestsUnderTheIdLeaveTheKeysAsTheyAre() throws Exception {
        Jobs service = new Jobs(1_500).next(true, null).next(false, REFUSED);
        assertThatThrownBy(() -> submit(service, 2_000)).isSameAs(REFUSED);
        Iterator<KeyedRequest> others = IntStream.rangeClosed(1, 2_000)
                .mapToObj(i ->
                        new KeyedRequest("other" + i, requests(1, "q").next().request()))
                .iterator();

        assertThatThrownBy(() -> submit(service, others, () -> true)).hasMessageContaining("other requests");

        List<String> keys = new ArrayList<>();
        batches.keys("b", batches.part("b", 1).orElseThrow(), key -> keys.add(key.key()));
        assertThat(keys).hasSize(1_500).startsWith("k1").endsWith("k1500");
    }

    @Test
    void aRateLimitIsWaitedFor() throws Exception {
        ProviderError tooMany = new ProviderError(429, "RESOURCE_EXHAUSTED", "slowly", "m");
        Jobs service = new Jobs(10).next(false, new RateLimitException("slowly", Duration.ofMillis(1), tooMany));

        submit(service, 3);

        assertThat(service.submissions).isEqualTo(2);
    }

    @Test
    void aRefusalLeavesNothing() throws Exception {
        Jobs service = new Jobs(10).next(false, REFUSED);

        assertThatThrownBy(() -> submit(service, 3)).isSameAs(REFUSED);

        assertThat(service.submissions).isEqualTo(1);
        assertThat(batches.ids()).isEmpty();
        assertThat(batches.part("b", 1)).isEmpty();
        assertThat(service.draftsOpen).isZero();
    }

    @Test
    void whatWasTakenBeforeARefusalIsGoneOnWith() throws Exception {
        Jobs service = new Jobs(2).next(true, null).next(false, REFUSED);
        assertThatThrownBy(() -> submit(service, 5)).isSameAs(REFUSED);
        assertThat(batches.find("b").orElseThrow().requests()).isEqualTo(2);

        Batch batch = submit(service, 5);

        assertThat(batch.parts()).isEqualTo(3);
        assertThat(batch.requests()).isEqualTo(5);
        assertThat(service.made.values().stream().flatMap(List::stream)).containsExactly("k1", "k2", "k3", "k4", "k5");
    }

    @Test
    void whatMayHaveBeenMadeIsNeverMadeAgainLater() throws Exception {
        Jobs unreachable = new Jobs(10).next(false, LOST).next(false, LOST).next(true, LOST);
        // The service lists it only later.
        Jobs later = new Jobs(10);
        try {
            submit(unreachable, 3);
        } catch (GeminiImageException e) {
            assertThat(e).isSameAs(LOST);
        }
        later.made.putAll(unreachable.made);
        later.jobs.putAll(unreachable.jobs);

        submit(later, 3);

        assertThat(later.submissions).isZero();
        assertThat(batches.part("b", 1).orElseThrow().jobId()).isEqualTo("jobs/1");
    }

    @Test
    void theSameAgainIsTheSameBatch() throws Exception {
        Jobs service = new Jobs(2);
        Batch batch = submit(service, 5);

        BatchSubmission.checkSame(batch, requests(5, "p"));
        assertThat(submit(service, 5).fingerprint()).isEqualTo(batch.fingerprint());

        assertThat(service.submissions).isEqualTo(3);
    }

    @Test
    void anIdIsOfOneBatch() throws Exception {
        Jobs service = new Jobs(2);
        Batch batch = submit(service, 5);

        assertThatThrownBy(() -> BatchSubmission.checkSame(batch, requests(5, "other ")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Batch 'b' was submitted with other requests");
        assertThatThrownBy(() -> submit(service, requests(5, "other "), () -> true))
                .hasMessageContaining("Batch 'b' was submitted with other requests");
        assertThatThrownBy(() -> submit(service, 3))
                .hasMessageContaining("Batch 'b' was submitted with other requests");
        assertThat(service.submissions).isEqualTo(3);
    }

    @Test
    void aStopIsGoneOnFrom() throws Exception {
        Jobs service = new Jobs(2);
        int[] asked = {0};
        assertThatThrownBy(() -> submit(service, requests(5, "p"), () -> asked[0]++ < 3))
                .hasMessageContaining("The route stops while batch b is being submitted");
        assertThat(service.draftsOpen).isZero();
        assertThat(service.made).hasSize(1);

        Batch batch = submit(service, 5);

        assertThat(batch.stage()).isEqualTo(Batch.Stage.SUBMITTED);
        assertThat(service.submissions).isEqualTo(3);
    }

    /** A service names a day where a quota is used up. */
    @Test
    void aServiceIsNotWaitedForForADay() {
        GeminiImageException tomorrow = new RateLimitException(
                "slowly", Duration.ofDays(1), new ProviderError(429, "RESOURCE_EXHAUSTED", "slowly", "m"));
        Jobs service = new Jobs(2).next(true, null).next(false, tomorrow);

        assertThatThrownBy(() -> submit(service, 3)).isSameAs(tomorrow);

        assertThat(service.submissions).isEqualTo(2);
    }

    @Test
    void aWaitEndsWithTheRoute() throws Exception {
        Jobs service = new Jobs(2)
                .next(
                        false,
                        new RateLimitException(
                                "slowly",
                                Duration.ofMinutes(4),
                                new ProviderError(429, "RESOURCE_EXHAUSTED", "slowly", "m")));

        assertThatThrownBy(() -> submit(service, requests(2, "p"), () -> service.submissions == 0))
                .hasMessageContaining("The route stops while batch b is being submitted");

        assertThat(batches.ids()).isEmpty();
    }

    private BatchStatus cancel(Jobs service) {
        try {
            return new BatchStates(batches, service).cancel("b");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSubmissionUnderWayEndsWhenItsBatchIsCancelled() throws Exception {
        Jobs service = new Jobs(2);
        service.onSubmission = () -> {
            if (service.submissions == 2) {
                cancel(service);
            }
        };

        for (int redelivery = 0; redelivery < 2; redelivery++) {
            assertThatThrownBy(() -> submit(service, 6))
                    .hasMessageContaining("Batch 'b' was cancelled before all of it was submitted: 4 requests");
        }

        assertThat(service.submissions).isEqualTo(2);
        assertThat(service.jobs.values()).extracting(Job::state).containsOnly(JobState.CANCELLED);
    }

    @Test
    void aBatchIsCancelledBeforeAnythingOfItIsSent() throws Exception {
        Jobs service = new Jobs(2);
        List<JobState> answers = new ArrayList<>();

        for (int redelivery = 0; redelivery < 2; redelivery++) {
            assertThatThrownBy(() -> submit(service, requests(6, "p"), () -> {
                        answers.add(cancel(service).state());
                        return true;
                    }))
                    .hasMessageContaining("Batch 'b' was cancelled before all of it was submitted: 0 requests");
        }

        assertThat(answers).containsOnly(JobState.CANCELLED);
        assertThat(service.submissions).isZero();
        assertThat(new BatchStates(batches, service).retrieve("b").state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aRetryOfABatchThatIsCancelledIsNotMade() throws Exception {
        Jobs service = new Jobs(10).next(false, LOST);
        service.onSubmission = () -> cancel(service);

        assertThatThrownBy(() -> submit(service, 3)).hasMessageContaining("was cancelled");

        assertThat(service.submissions).isEqualTo(1);
    }

    @Test
    void allJobsAreCancelledThatCanBe() throws Exception {
        Jobs service = new Jobs(1);
        submit(service, 5);
        GeminiImageException unwilling = new MalformedResponseException("what?", ProviderError.NONE, null);
        service.uncancellable.put("jobs/1", unwilling);
        service.uncancellable.put("jobs/3", unwilling);
        service.uncancellable.put("jobs/4", REFUSED);
        service.jobs.computeIfPresent("jobs/4", (id, job) -> Job.of(id, job.name(), JobState.SUCCEEDED));

        assertThatThrownBy(() -> cancel(service)).isSameAs(unwilling);

        assertThat(service.jobs.values())
                .extracting(Job::state)
                .containsExactly(
                        JobState.PENDING, JobState.CANCELLED, JobState.PENDING, JobState.SUCCEEDED, JobState.CANCELLED);
    }

    @Test
    void aSubmissionGoesOnBehindWhatIsAskedForAgain() throws Exception {
        Jobs service = new Jobs(2).next(true, null).next(false, REFUSED);
        assertThatThrownBy(() -> submit(service, 5)).isSameAs(REFUSED);
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            again(Duration.ZERO).remember(held, held.part(1).orElseThrow(), Set.of("k1"));
        }

        Batch batch = submit(service, 5);

        assertThat(batch.stage()).isEqualTo(Batch.Stage.SUBMITTED);
        assertThat(batch.parts()).isEqualTo(4);
        assertThat(batches.part("b", 2).orElseThrow().again()).isTrue();
        assertThat(service.made.values().stream().flatMap(List::stream)).containsExactly("k1", "k2", "k3", "k4", "k5");
        assertThatThrownBy(() -> submit(service, 3)).hasMessageContaining("other requests");
    }

    @Test
    void aBatchThatIsDeliveredNeedsFewRows() throws Exception {
        Jobs service = new Jobs(1);
        submit(service, 450);
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            for (int number = 1; number <= 450; number++) {
                BatchPart part = held.part(number).orElseThrow();
                held.save(part.asDelivered());
                held.forgetKeys(part);
                repository.delivered().orElseThrow().add("b/k" + number);
            }

            held.saveDelivered(held.batch().orElseThrow());
        }

        assertThat(IntStream.rangeClosed(1, 450)
                        .filter(i -> repository.get("b#%04d".formatted(i)).isPresent()))
                .isEmpty();
        assertThat(repository.delivered().orElseThrow().contains("b/k1")).isFalse();
        assertThat(IntStream.rangeClosed(1, 450).mapToObj(this::part))
                .extracting(BatchPart::jobId)
                .containsExactlyElementsOf(service.jobs.keySet());
        assertThat(new BatchStates(batches, service).retrieve("b").jobs()).hasSize(450);
    }

    private BatchPart part(int number) {
        try {
            return batches.part("b", number).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The batches, whose rows that are read are counted. */
    private Batches counted(AtomicInteger reads) {
        return new Batches((BatchRepository) Proxy.newProxyInstance(
                BatchRepository.class.getClassLoader(),
                new Class<?>[] {BatchRepository.class},
                (proxy, method, given) -> {
                    reads.addAndGet(method.getName().equals("get") ? 1 : 0);
                    return method.invoke(repository, given);
                }));
    }

    /** Who goes through the parts of a batch. */
    enum Looks {
        ADOPTION((batches, service) -> new AdoptedJobs(batches, "own", null).adopt(List.copyOf(service.jobs.values()))),
        STATE((batches, service) -> new BatchStates(batches, service).retrieve("b")),
        KNOWN((batches, service) ->
                new BatchStates(batches, service).known(batches.find("b").orElseThrow())),
        OUTPUT((batches, service) -> new BatchOutput(batches, service, "b").close()),
        JOBS((batches, service) -> batches.jobs("b"));

        private final Look look;

        Looks(Look look) {
            this.look = look;
        }
    }

    @FunctionalInterface
    private interface Look {
        void take(Batches batches, Jobs service) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void thePartsOfABatchThatIsDeliveredAreReadAPageAtATime(Looks looks) throws Exception {
        Jobs service = new Jobs(1);
        submit(service, 300);
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            for (int number = 1; number <= 300; number++) {
                held.save(held.part(number).orElseThrow().asDelivered());
            }
            held.saveDelivered(held.batch().orElseThrow());
        }
        AtomicInteger reads = new AtomicInteger();

        looks.look.take(counted(reads), service);

        assertThat(reads.get()).isLessThan(20);
    }

    /** A queue has a part for each request. */
    @Test
    void whatIsAskedForAgainIsCountedOnce() throws Exception {
        submit(new Jobs(1), 300);
        AtomicInteger reads = new AtomicInteger();
        Batches counted = counted(reads);

        for (int pass = 1; pass <= 2; pass++) {
            try (Batches.Held held = counted.hold("b").orElseThrow()) {
                for (int number = 1; number <= 300; number++) {
                    again(Duration.ZERO).remember(held, held.part(number).orElseThrow(), Set.of("k" + number));
                }
            }
        }

        assertThat(batches.find("b").orElseThrow().parts()).isEqualTo(600);
        assertThat(reads.get()).isLessThan(20 * 600);
    }

    private static Resubmission again(Duration untilListed) {
        return new Resubmission(
                Set.of(NotDrawnException.Reason.MISSING),
                json -> requests(1, "p").next().request(),
                untilListed);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT1H, 0"})
    void whatMayHaveBeenAskedForAgainIsLookedForUntilItWouldBeListed(Duration untilListed, int submissions)
            throws Exception {
        submit(new Jobs(10), 3);
        Jobs service = new Jobs(10);
        JobQuestions questions = new JobQuestions("b", service, new Setbacks(Duration.ofDays(1)), false);
        Resubmission again = again(untilListed);
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            again.remember(held, held.part(1).orElseThrow(), Set.of("k1"));
            // Whoever submitted it died long ago.
            held.save(held.part(2).orElseThrow().begun("f"));
            assertThat(again.job(held, held.part(2).orElseThrow(), null, service, questions))
                    .isEmpty();
            assertThat(service.submissions).isZero();

            again.job(held, held.part(2).orElseThrow(), null, service, questions);
        }

        assertThat(service.submissions).isEqualTo(submissions);
    }

    @Test
    void noRequestsAreNoBatch() throws Exception {
        assertThatThrownBy(() -> submit(new Jobs(2), 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("A batch must have at least one request");
        assertThat(batches.ids()).isEmpty();
    }
}
