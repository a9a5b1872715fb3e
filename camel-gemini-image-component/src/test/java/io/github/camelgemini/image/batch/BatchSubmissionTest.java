package io.github.camelgemini.image.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each request goes to the service in one job, and no job is made twice. */
class BatchSubmissionTest {

    private static final GeminiImageException LOST = new ServiceUnavailableException(
            "the connection was reset", Duration.ZERO, ProviderError.ofModel("m"), null);
    private static final GeminiImageException REFUSED =
            new InvalidRequestException("no", new ProviderError(400, "INVALID_ARGUMENT", "no", "m"), null);

    private final Batches batches = new Batches(new InMemoryBatchRepository());

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

    @Test
    void noRequestsAreNoBatch() throws Exception {
        assertThatThrownBy(() -> submit(new Jobs(2), 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("A batch needs at least one request");
        assertThat(batches.ids()).isEmpty();
    }
}
