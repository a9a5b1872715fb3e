package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits requests of a batch again that were not processed: as another part of the batch, with the stored requests.
 *
 * <p>The new part is stored before the part that it replaces counts as delivered, and before it is sent to the service.
 * So it exists whenever the process dies.
 */
public final class Resubmission {

    private static final Logger LOG = LoggerFactory.getLogger(Resubmission.class);

    /** How long a service may take until a new job appears in its list. */
    private static final Duration UNTIL_LISTED = Duration.ofSeconds(5);
    /** The longest wait for the budget, because someone may raise it earlier. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Set<NotDrawnException.Reason> reasons;
    private final Function<JsonNode, ImageRequest> reader;
    private final Duration untilListed;
    /** When a job that may exist was first looked for without success, by {@link System#nanoTime()}. */
    private final Map<String, Long> missed = new ConcurrentHashMap<>();
    /** Until when a part is not submitted because it was refused for now, by {@link System#nanoTime()}. */
    private final Map<String, Long> putOff = new ConcurrentHashMap<>();

    /**
     * @param reasons for which requests are submitted again; none to submit no new ones, and only deliver those of
     *     earlier passes
     * @param reader reads stored requests
     */
    public Resubmission(Set<NotDrawnException.Reason> reasons, Function<JsonNode, ImageRequest> reader) {
        this(reasons, reader, UNTIL_LISTED);
    }

    /**
     * @param untilListed how long a service may take until a new job appears in its list
     */
    public Resubmission(
            Set<NotDrawnException.Reason> reasons, Function<JsonNode, ImageRequest> reader, Duration untilListed) {
        this.reasons = Set.copyOf(reasons);
        this.reader = reader;
        this.untilListed = untilListed;
    }

    /** Whether any request is submitted again. */
    boolean isOn() {
        return !reasons.isEmpty();
    }

    /** Whether a request is submitted again; only once, and only if it was stored. */
    boolean wants(BatchResult result, BatchPart part) {
        return !part.again()
                && result.failure() instanceof NotDrawnException notDrawn
                && reasons.contains(notDrawn.getReason());
    }

    /** Stores a part that repeats requests. */
    void remember(Batches.Held held, BatchPart of, Set<String> keys) throws IOException {
        Batch batch = held.batch().orElseThrow();
        String digest = "again %04d".formatted(of.number());
        if (held.asksAgain(batch, digest)) {
            return;
        }
        int number = batch.parts() + 1;
        Pages pages = new Pages(held, number);
        held.keys(of, key -> {
            if (keys.contains(key.key())) {
                pages.add(key);
            }
        });
        pages.save();
        held.part(number);
        held.save(new BatchPart(
                number,
                "%s.%04d".formatted(batch.id(), number),
                digest,
                null,
                Instant.now(),
                null,
                null,
                keys.size(),
                pages.count,
                false,
                true));
        held.save(batch.withPartAgain());
        LOG.info("Batch {}: {} requests that were not processed are submitted again", batch.id(), keys.size());
    }

    /** Waits for the service's answers as long as the delivery continues. */
    interface Answers {

        /**
         * @throws IOException when the delivery ends, or the connection fails
         */
        <T> T wait(CompletableFuture<T> answer) throws IOException;
    }

    /**
     * Waits for the job of a part that repeats requests. Submits it if the service does not have it.
     *
     * @return empty when it is not known yet, or when the service or the budget demands a pause
     * @throws InvalidRequestException when the service refuses the requests, or they are not to be submitted any more
     */
    Optional<Job> job(Batches.Held held, BatchPart part, String webhook, ImageBatches service, Answers answers)
            throws IOException {
        if (part.fingerprint() != null) {
            Optional<Job> found = answers.wait(service.find(part.mark(held.jobs())));
            if (found.isPresent() || !isMissed(part)) {
                return found;
            }
        }
        missed.remove(part.name());
        if (held.isCancelled()) {
            throw new InvalidRequestException("batch '" + held.id() + "' was cancelled");
        }
        if (!isOn()) {
            throw new InvalidRequestException("option resubmit is no longer set");
        }
        Long until = putOff.get(part.name());
        if (until != null && System.nanoTime() - until < 0) {
            return Optional.empty();
        }
        return Optional.of(submit(held, part, webhook, service, answers));
    }

    /** Whether a refused part can be submitted later. It then never counts as not processed. */
    static boolean isPutOff(Exception failure) {
        return failure instanceof IOException
                || failure instanceof RetryableError
                || failure instanceof BudgetExceededException
                || failure instanceof QuotaExhaustedException;
    }

    /** The pause that the service or the budget demands. */
    private static Duration pause(Exception failure) {
        Duration pause = null;
        Instant again = null;
        if (failure instanceof RetryableError later) {
            pause = later.getRetryDelay();
        } else if (failure instanceof BudgetExceededException spent) {
            again = spent.getAvailableAgain();
        } else if (failure instanceof QuotaExhaustedException spent) {
            again = spent.getAvailableAgain();
        }
        if (again != null) {
            pause = Duration.between(Instant.now(), again);
        }
        return pause == null || pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /**
     * One failed search is not enough: the submission may have ended a moment ago, and services list jobs with a delay.
     */
    private boolean isMissed(BatchPart part) {
        Long first = missed.putIfAbsent(part.name(), System.nanoTime());
        return first != null && System.nanoTime() - first >= untilListed.toNanos();
    }

    private Job submit(Batches.Held held, BatchPart part, String webhook, ImageBatches service, Answers answers)
            throws IOException {
        try (JobDraft draft = service.draft()) {
            held.keys(part, key -> add(key, draft, service));
            held.save(part.begun(draft.fingerprint()));
            Job job = answers.wait(draft.submit(part.name(), webhook == null ? null : URI.create(webhook)));
            putOff.remove(part.name());
            return job;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (GeminiImageException e) {
            putOff.put(part.name(), System.nanoTime() + pause(e).toNanos());
            throw e;
        }
    }

    private void add(BatchKey key, JobDraft draft, ImageBatches service) {
        try (ImageRequest request = reader.apply(key.request())) {
            service.check(request);
            if (!draft.add(key.key(), request)) {
                throw new InvalidRequestException(
                        "Request '" + key.key() + "' cannot be submitted again: its job is full",
                        ProviderError.ofModel(request.model()),
                        null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects keys into pages. */
    private static final class Pages {

        private final Batches.Held held;
        private final int part;
        private final List<BatchKey> page = new ArrayList<>();
        private int count;

        Pages(Batches.Held held, int part) {
            this.held = held;
            this.part = part;
        }

        void add(BatchKey key) {
            page.add(key);
            if (page.size() == Batches.KEYS_OF_PAGE) {
                try {
                    save();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        void save() throws IOException {
            if (!page.isEmpty()) {
                held.saveKeys(part, ++count, page);
                page.clear();
            }
        }
    }
}
