package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchDelivery;
import io.github.camelgemini.image.batch.BatchOutput;
import io.github.camelgemini.image.batch.BatchPart;
import io.github.camelgemini.image.batch.BatchResult;
import io.github.camelgemini.image.batch.BatchSubmission;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.InMemoryBatchRepository;
import io.github.camelgemini.image.batch.Resubmission;
import io.github.camelgemini.image.batch.Setbacks;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pass through a batch delivers, and what happens to results that fail in each pass. */
class BatchDeliveryTest {

    private static final GeminiImageException BROKEN = new ServiceUnavailableException(
            "connection reset", null, ProviderError.ofModel("m"), new IOException("connection reset"));
    private static final GeminiImageException DISK_FULL =
            new LocalStorageException("the disk is full", ProviderError.NONE, null);
    /** More than it takes to give something up. */
    private static final int PASSES = 8;

    private final Batches batches = new Batches(new InMemoryBatchRepository());
    private long now;
    private final Setbacks setbacks = new Setbacks(Duration.ofDays(1), () -> now);
    private final List<BatchResult> came = new ArrayList<>();
    private Duration betweenPasses = Duration.ofMinutes(30);
    private Resubmission resubmission = new Resubmission(Set.of(), json -> null);
    private IdempotentRepository delivered = new MemoryIdempotentRepository();

    private DrawnJobs submit(int count, int room) throws Exception {
        DrawnJobs jobs = new DrawnJobs(room, 0);
        List<KeyedRequest> requests = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new KeyedRequest(
                        "k" + i,
                        ImageRequest.builder()
                                .set(Parameter.MODEL, "gemini-3.1-flash-image")
                                .set(Parameter.PROMPT, "p" + i)
                                .build()))
                .toList();
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            Batch unused = new BatchSubmission(
                            held, jobs, new BatchSubmission.Order("own", null, null, true, 0), () -> true)
                    .submit(requests.iterator());
        }
        jobs.end(JobState.SUCCEEDED);
        delivered.start();
        return jobs;
    }

    private BatchDelivery begin(DrawnJobs jobs, boolean old) throws IOException {
        return new BatchDelivery(batches.hold("b").orElseThrow(), jobs, delivered, old, setbacks, resubmission);
    }

    /** True when everything was delivered. */
    private boolean pass(DrawnJobs jobs, boolean old) {
        now += betweenPasses.toNanos();
        try (BatchDelivery delivery = begin(jobs, old)) {
            for (BatchDelivery.Item item = delivery.next(); item != null; item = delivery.next()) {
                came.add(item.result());
                item.delivered();
            }
            return delivery.finish() == BatchDelivery.Outcome.DELIVERED;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private Map<String, NotDrawnException> failures() {
        Map<String, NotDrawnException> failures = new TreeMap<>();
        came.stream()
                .filter(result -> result.failure() instanceof NotDrawnException)
                .forEach(result -> failures.put(result.key(), (NotDrawnException) result.failure()));
        return failures;
    }

    private List<String> keys() {
        return came.stream().map(BatchResult::key).toList();
    }

    @Test
    void deadJobsAtTheHeadDoNotHoldUpTheRest() throws Exception {
        DrawnJobs jobs = submit(20, 1);
        for (String dead : List.of("jobs/1", "jobs/2", "jobs/3", "jobs/4", "jobs/11", "jobs/12", "jobs/13")) {
            jobs.dead.put(dead, BROKEN);
        }

        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(pass(jobs, false)).isFalse();
        }

        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "k5", "k6", "k7", "k8", "k9", "k10", "k14", "k15", "k16", "k17", "k18", "k19", "k20");
        jobs.dead.clear();
        assertThat(pass(jobs, false)).isTrue();
        assertThat(keys()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void aServiceThatIsDownIsAskedAFewTimesAPass() throws Exception {
        DrawnJobs jobs = submit(500, 1);
        jobs.down = BROKEN;

        pass(jobs, false);

        assertThat(jobs.questions.get()).isLessThan(20);
    }

    /** What fails for the second of three jobs. */
    enum Fails {
        QUESTION(jobs -> jobs.dead.put("jobs/2", BROKEN)),
        RESULTS(jobs -> jobs.withheld.put("jobs/2", BROKEN)),
        UNFORESEEN(jobs -> jobs.withheld.put("jobs/2", new IllegalStateException("connection reset"))),
        EACH_PICTURE(jobs -> List.of("k3", "k4").forEach(key -> jobs.failures.put(key, BROKEN)));

        private final Consumer<DrawnJobs> begin;

        Fails(Consumer<DrawnJobs> begin) {
            this.begin = begin;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsInEachPassIsToldWhenTheBatchIsOld(Fails fails) throws Exception {
        DrawnJobs jobs = submit(6, 2);
        fails.begin.accept(jobs);

        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(pass(jobs, false)).as("while it is young").isFalse();
        }
        assertThat(keys()).containsExactly("k1", "k2", "k5", "k6");
        assertThat(pass(jobs, true)).isTrue();

        assertThat(keys()).containsExactly("k1", "k2", "k5", "k6", "k3", "k4");
        assertThat(came.subList(4, 6))
                .allSatisfy(result -> assertThat(result.failure()).hasMessageContaining("connection reset"));
        if (fails != Fails.EACH_PICTURE) {
            assertThat(failures().get("k3").getReason()).isEqualTo(NotDrawnException.Reason.UNREACHED);
            assertThat(failures().get("k3").getCause()).hasMessage("connection reset");
        }
        assertThat(batches.find("b").orElseThrow().failed()).isEqualTo(2);
    }

    /** For example, a consumer was down for days, and a service that it needs is down for some more minutes. */
    @ParameterizedTest
    @EnumSource
    void nothingIsGivenUpWithinAnHour(Fails fails) throws Exception {
        DrawnJobs jobs = submit(6, 2);
        fails.begin.accept(jobs);
        betweenPasses = Duration.ofMinutes(7);

        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(pass(jobs, true)).isFalse();
        }
        assertThat(keys()).containsExactly("k1", "k2", "k5", "k6");
        betweenPasses = Duration.ofMinutes(12);

        assertThat(pass(jobs, true)).isTrue();
    }

    /** What this machine cannot store for the second of three jobs. */
    enum Ours {
        RESULTS(jobs -> jobs.withheld.put("jobs/2", DISK_FULL)),
        EACH_PICTURE(jobs -> List.of("k3", "k4").forEach(key -> jobs.failures.put(key, DISK_FULL)));

        private final Consumer<DrawnJobs> begin;

        Ours(Consumer<DrawnJobs> begin) {
            this.begin = begin;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultOfThisMachineGivesNothingUp(Ours fails) throws Exception {
        DrawnJobs jobs = submit(6, 2);
        fails.begin.accept(jobs);
        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(pass(jobs, true)).isFalse();
        }

        jobs.withheld.clear();
        jobs.failures.clear();

        assertThat(pass(jobs, true)).isTrue();
        assertThat(keys()).containsExactly("k1", "k2", "k5", "k6", "k3", "k4");
        assertThat(came).allMatch(result -> result.failure() == null);
    }

    @Test
    void aDownloadThatBreaksFurtherOnEachTimeIsNotGivenUp() throws Exception {
        DrawnJobs jobs = submit(PASSES + 1, PASSES + 1);
        jobs.breaksAlways = true;
        for (int pass = 1; pass <= PASSES; pass++) {
            jobs.breaksAfter.set(pass);
            assertThat(pass(jobs, true)).isFalse();
            assertThat(keys()).hasSize(pass);
        }

        jobs.breaksAfter.set(0);

        assertThat(pass(jobs, true)).isTrue();
        assertThat(keys()).hasSize(PASSES + 1).doesNotHaveDuplicates();
        assertThat(failures()).isEmpty();
    }

    @Test
    void whatWasDeliveredIsNotAskedForAgainWhenItCannotBeHadAnyMore() throws Exception {
        DrawnJobs jobs = submit(2, 2);
        delivered.add("b/k1");
        jobs.failures.put("k1", BROKEN);

        assertThat(pass(jobs, false)).isTrue();

        assertThat(keys()).containsExactly("k2");
    }

    /** Why requests are not submitted again now. */
    enum PutOff {
        RATE(new RateLimitException("too many", null, ProviderError.NONE)),
        OVERLOAD(BROKEN),
        QUOTA(new QuotaExhaustedException("no more today", null, ProviderError.NONE)),
        BUDGET(new BudgetExceededException(
                "no more", BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE, null, ProviderError.NONE));

        private final GeminiImageException failure;

        PutOff(GeminiImageException failure) {
            this.failure = failure;
        }
    }

    /** A batch whose second request was not processed, and is to be submitted again. */
    private DrawnJobs submitAndMiss() throws Exception {
        resubmission = new Resubmission(
                Set.of(NotDrawnException.Reason.MISSING),
                json -> ImageRequest.builder().set(Parameter.PROMPT, "p").build(),
                Duration.ZERO);
        DrawnJobs jobs = submit(2, 2);
        jobs.missing.add("k2");
        assertThat(pass(jobs, false)).isFalse();
        assertThat(keys()).containsExactly("k1");
        jobs.missing.clear();
        return jobs;
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeAskedForAgainNowIsLater(PutOff why) throws Exception {
        DrawnJobs jobs = submitAndMiss();
        IntStream.range(0, PASSES).forEach(i -> jobs.next(false, why.failure));
        for (int pass = 1; pass <= 4 * PASSES && jobs.made.size() < 2; pass++) {
            assertThat(pass(jobs, true)).isFalse();
        }
        assertThat(jobs.submissions).isEqualTo(1 + PASSES + 1);

        jobs.end(JobState.SUCCEEDED);

        assertThat(pass(jobs, true)).isTrue();
        assertThat(keys()).containsExactly("k1", "k2");
        assertThat(came).allMatch(result -> result.failure() == null);
    }

    @Test
    void nothingIsAskedForAgainBeforeTheServiceWantsIt() throws Exception {
        DrawnJobs jobs = submitAndMiss();
        jobs.next(false, new RateLimitException("too many", Duration.ofDays(1), ProviderError.NONE));

        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(pass(jobs, true)).isFalse();
        }

        assertThat(jobs.submissions).isEqualTo(2);
    }

    @Test
    void whatCanNeverBeAskedForAgainIsToldWithWhy() throws Exception {
        DrawnJobs jobs = submitAndMiss();
        IntStream.range(0, PASSES)
                .forEach(i -> jobs.next(false, new GeminiImageException("no way", ProviderError.NONE, null)));

        for (int pass = 1; pass <= 4 * PASSES && !pass(jobs, true); pass++) {
            assertThat(keys()).containsExactly("k1");
        }

        assertThat(failures()).containsOnlyKeys("k2");
        assertThat(failures().get("k2")).hasMessageEndingWith("failed: it could not be submitted again: no way");
    }

    @Test
    void aRouteThatStopsDoesNotWaitForWhatIsAskedForAgain() throws Exception {
        DrawnJobs jobs = submitAndMiss();
        jobs.answer = new CompletableFuture<>();
        try (BatchDelivery delivery = begin(jobs, false)) {
            CompletableFuture<Void> pass = CompletableFuture.runAsync(() -> {
                try {
                    delivery.next();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().until(() -> jobs.made.size() == 2);

            delivery.interrupt();

            await().until(pass::isDone);
        }
    }

    /** None of the passes completes. */
    @Test
    void manyDownloadsThatFailInEachPassAreToldToo() throws Exception {
        DrawnJobs jobs = submit(10, 2);
        jobs.breaksAlways = true;
        jobs.breaksAfter.set(-1);

        for (int pass = 1; pass <= 4 * PASSES && !pass(jobs, true); pass++) {
            assertThat(keys()).doesNotHaveDuplicates();
        }

        assertThat(keys()).hasSize(10).doesNotHaveDuplicates();
        assertThat(failures()).hasSize(10);
    }

    @Test
    void aDownloadThatBreaksEachTimeIsToldFromThereOn() throws Exception {
        DrawnJobs jobs = submit(4, 4);
        jobs.breaksAlways = true;
        jobs.breaksAfter.set(3);

        for (int pass = 1; pass <= PASSES && !pass(jobs, true); pass++) {
            assertThat(keys()).containsExactly("k1", "k2", "k3");
        }

        assertThat(keys()).containsExactly("k1", "k2", "k3", "k4");
        assertThat(failures()).containsOnlyKeys("k4");
        assertThat(failures().get("k4"))
                .hasMessageContaining("Request 'k4' of batch 'b'")
                .hasMessageContaining("jobs/1")
                .hasMessageContaining("connection reset");
    }

    /** While the service still has it. */
    @Test
    void whatWasGivenUpCanBeAskedForLater() throws Exception {
        DrawnJobs jobs = submit(6, 2);
        jobs.dead.put("jobs/2", BROKEN);
        jobs.withheld.put("jobs/3", BROKEN);
        for (int pass = 1; pass <= PASSES && !pass(jobs, true); pass++) {
            assertThat(failures()).hasSizeLessThan(4);
        }
        assertThat(failures()).containsOnlyKeys("k3", "k4", "k5", "k6");
        jobs.dead.clear();
        jobs.withheld.clear();

        List<String> keys = new ArrayList<>();
        try (BatchOutput output = new BatchOutput(batches, jobs, "b")) {
            for (BatchResult result = output.next(); result != null; result = output.next()) {
                keys.add(result.key());
            }
        }
        assertThat(keys).containsExactly("k1", "k2", "k3", "k4", "k5", "k6");
    }

    @Test
    void aJobThatIsGoneDoesNotTakeTheOthersOfItsBatchFromWhoAsksForAll() throws Exception {
        DrawnJobs jobs = submit(6, 2);
        jobs.withheld.put("jobs/2", new BatchNotFoundException("gone", ProviderError.NONE));

        List<String> keys = new ArrayList<>();
        try (BatchOutput output = new BatchOutput(batches, jobs, "b")) {
            for (BatchResult result = output.next(); result != null; result = output.next()) {
                keys.add(result.key()
                        + (result.failure() == null
                                ? ""
                                : " " + result.failure().getMessage()));
            }
        }

        assertThat(keys).hasSize(6).contains("k1", "k2", "k5", "k6");
        assertThat(keys.get(2))
                .startsWith("k3 Request 'k3' of batch 'b' has no image")
                .contains("gone");
    }

    @Test
    void nothingIsGivenUpWhileTheServiceDoesNotAnswerAtAll() throws Exception {
        DrawnJobs jobs = submit(2, 2);
        jobs.down = BROKEN;

        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(pass(jobs, true)).isFalse();
        }

        jobs.down = null;
        assertThat(pass(jobs, true)).isTrue();
        assertThat(failures()).isEmpty();
        assertThat(keys()).containsExactly("k1", "k2");
    }

    @Test
    void whatIsGivenUpOfAJobOfSomebodyElseIsToldOnce() throws Exception {
        DrawnJobs jobs = submit(2, 2);
        jobs.withheld.put("jobs/1", BROKEN);
        try (Batches.Held held = batches.hold("b").orElseThrow()) {
            BatchPart part = held.part(1).orElseThrow();
            held.save(new BatchPart(1, null, null, null, part.since(), "jobs/1", null, 2, 0, false, false));
        }

        for (int pass = 1; pass <= PASSES && !pass(jobs, true); pass++) {
            assertThat(came).isEmpty();
        }

        assertThat(came).hasSize(1);
        assertThat(came.get(0).key()).isNull();
        assertThat(came.get(0).failure()).hasMessageContaining("connection reset");
    }

    @Test
    void aBatchIsHeldUntilTheLastResultUnderWayIsToldOf() throws Exception {
        DrawnJobs jobs = submit(3, 3);
        BatchDelivery delivery = begin(jobs, false);
        BatchDelivery.Item first = delivery.next();
        BatchDelivery.Item second = delivery.next();

        delivery.close();
        assertThat(batches.hold("b")).isEmpty();
        first.delivered();
        assertThat(batches.hold("b")).isEmpty();
        second.left();

        assertThat(pass(jobs, false)).isTrue();
        assertThat(keys()).containsExactly("k2", "k3");
    }

    @Test
    void aRepositoryThatFailsNowAndThenLosesNothing() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        delivered = new MemoryIdempotentRepository() {
            @Override
            public boolean contains(String key) {
                if (questions.incrementAndGet() % 4 == 0) {
                    throw new IllegalStateException("the database is down");
                }
                return super.contains(key);
            }
        };
        DrawnJobs jobs = submit(6, 2);

        for (int pass = 1; pass <= PASSES && !pass(jobs, true); pass++) {
            assertThat(keys()).hasSizeLessThanOrEqualTo(6);
        }

        assertThat(batches.find("b").orElseThrow().isDelivered()).isTrue();
        assertThat(keys()).containsExactly("k1", "k2", "k3", "k4", "k5", "k6");
        assertThat(came).allMatch(result -> result.failure() == null);
    }

    @Test
    void aPictureThatCannotBeLookedUpLeavesNoFile() throws Exception {
        delivered = new MemoryIdempotentRepository() {
            @Override
            public boolean contains(String key) {
                throw new IllegalStateException("the database is down");
            }
        };
        DrawnJobs jobs = submit(1, 1);

        try (BatchDelivery delivery = begin(jobs, false)) {
            assertThatThrownBy(delivery::next).hasMessage("the database is down");
        }

        assertThat(jobs.store.liveFiles()).isZero();
    }
}
