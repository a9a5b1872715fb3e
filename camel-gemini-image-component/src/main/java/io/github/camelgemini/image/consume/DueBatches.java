package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.batch.AdoptedJobs;
import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchDelivery;
import io.github.camelgemini.image.batch.BatchId;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.observation.WaitingBatches;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Selects the batches that a poll looks at. Used by one thread at a time. */
final class DueBatches {

    private static final Logger LOG = LoggerFactory.getLogger(DueBatches.class);

    private static final Duration BETWEEN_LISTS = Duration.ofMinutes(1);
    private static final int JOBS_OF_A_PAGE = 100;
    private static final int MOST_PAGES = 100;

    private final ConsumerOptions options;
    private final Batches batches;
    private final ImageBatches service;
    private final AdoptedJobs adopted;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final Map<String, Batch> open = new ConcurrentHashMap<>();
    private final Set<String> delivered = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private final Deque<String> left = new ArrayDeque<>();
    private final Watch lists;
    private Exception failure;

    DueBatches(ConsumerOptions options, ImageBatches service) {
        this.options = options;
        this.batches = options.batches();
        this.service = service;
        this.lists = new Watch(options.maxAge());
        this.adopted = new AdoptedJobs(batches, options.service(), options.server());
    }

    /**
     * Begins a poll.
     *
     * @throws IOException when some batches could not be found; the others are still polled
     */
    void begin() throws IOException {
        failure = null;
        left.clear();
        Collection<String> ids = options.ids().isEmpty() ? all() : named();
        left.addAll(ids);
        watches.keySet().removeIf(id -> !ids.contains(id) && !options.ids().contains(id));
        open.keySet().retainAll(ids);
        delivered.retainAll(ids);
        unknown.removeIf(id -> !ids.contains(id) && !options.ids().contains(id));
        if (failure instanceof IOException broken) {
            throw broken;
        }
        if (failure instanceof RuntimeException refused) {
            throw refused;
        }
    }

    private void failed(Watch watch, Exception why) {
        watch.failed();
        if (failure == null) {
            failure = why;
        }
    }

    /** The state of the batches. May be called by any thread. */
    WaitingBatches waiting() {
        Duration oldest = Duration.ZERO;
        int all = 0;
        int overdue = 0;
        for (Batch batch : open.values()) {
            Duration age = Watch.age(batch);
            oldest = age.compareTo(oldest) > 0 ? age : oldest;
            all++;
            overdue += age.compareTo(options.maxAge()) > 0 ? 1 : 0;
        }
        return new WaitingBatches(all, oldest, overdue);
    }

    /** Makes all batches due in the next poll. */
    void wake() {
        watches.values().forEach(Watch::wake);
        lists.wake();
    }

    private Collection<String> all() throws IOException {
        if (options.adopt() && lists.isDue()) {
            try {
                list();
                lists.pause(BETWEEN_LISTS);
            } catch (IOException | RuntimeException e) {
                failed(lists, e);
            }
        }
        return batches.ids();
    }

    private void list() throws IOException {
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            JobPage jobs = answer(service.list(cursor, JOBS_OF_A_PAGE));
            boolean some = adopted.adopt(jobs.jobs());
            cursor = jobs.next();
            // The newest come first.
            if (cursor == null || !some) {
                return;
            }
        }
    }

    /** The ids in the option. An id that is not a batch of ours is a job. */
    private Collection<String> named() {
        Set<String> ids = new LinkedHashSet<>();
        for (String id : options.ids()) {
            String known = AdoptedJobs.idOf(id);
            try {
                if (BatchId.isOurs(id) && batches.find(id).isPresent()) {
                    ids.add(id);
                } else if (batches.find(known).isPresent() || adopt(id)) {
                    ids.add(known);
                }
            } catch (IOException | RuntimeException e) {
                failed(watch(id), e);
            }
        }
        return ids;
    }

    private boolean adopt(String id) throws IOException {
        Watch watch = watch(id);
        if (!watch.isDue()) {
            return false;
        }
        try {
            adopted.adopt(answer(service.retrieve(id)));
            return true;
        } catch (BatchNotFoundException | InvalidRequestException e) {
            if (unknown.add(id)) {
                LOG.warn(
                        "Batch {} is unknown, both here and at the service. Its results are delivered once it is known",
                        id);
            }
            watch.pause(BETWEEN_LISTS);
            return false;
        }
    }

    private Watch watch(String id) {
        return watches.computeIfAbsent(id, key -> new Watch(options.maxAge()));
    }

    /** The next batch that is due and that no other process works on. */
    Optional<BatchDelivery> next() throws IOException {
        while (!left.isEmpty()) {
            String id = left.poll();
            if (delivered.contains(id)) {
                continue;
            }
            Watch watch = watch(id);
            try {
                Optional<BatchDelivery> delivery = watch.isDue() ? due(id, watch) : Optional.empty();
                tellOfAge(id, watch);
                if (delivery.isPresent()) {
                    return delivery;
                }
            } catch (IOException | RuntimeException e) {
                watch.failed();
                throw e;
            }
        }
        return Optional.empty();
    }

    private Optional<BatchDelivery> due(String id, Watch watch) throws IOException {
        Optional<Batch> batch = batches.find(id);
        return batch.isPresent() && isOurs(batch.get()) ? delivery(batch.get(), watch) : Optional.empty();
    }

    private void tellOfAge(String id, Watch watch) {
        Batch batch = open.get(id);
        if (batch != null && watch.becomesOld(batch, options.maxAge())) {
            boolean unfinished = batch.stage() == Batch.Stage.SUBMITTING;
            LOG.warn(
                    "Batch {} of {} requests is older than batchMaxAge: {}{}",
                    batch.id(),
                    batch.requests(),
                    Watch.age(batch),
                    unfinished
                            ? ". Its submission is not complete. Submit the same requests under this id to continue it, or"
                                    + " cancel it with the operation batchCancel"
                            : "");
        }
    }

    private boolean isOurs(Batch batch) {
        if (batch.isDelivered()) {
            delivered.add(batch.id());
            open.remove(batch.id());
            return false;
        }
        boolean ours = batch.isWith(options.service(), options.server());
        // Batches of another service usually belong to another route.
        boolean meant =
                batch.service().equals(options.service()) || options.ids().contains(batch.id());
        if (!ours && meant && unknown.add(batch.id())) {
            LOG.warn(
                    "Batch {} was submitted to {} at {}. This consumer uses {} at {} and cannot get its results. Use a"
                            + " consumer with the service and server of the submission",
                    batch.id(),
                    batch.service(),
                    batch.server(),
                    options.service(),
                    options.server());
        }
        return ours;
    }

    private Optional<BatchDelivery> delivery(Batch batch, Watch watch) throws IOException {
        open.put(batch.id(), batch);
        if (batch.stage() == Batch.Stage.SUBMITTING && watch.isNew()) {
            return Optional.empty();
        }
        Optional<Batches.Held> held = batches.hold(batch.id());
        if (held.isEmpty()) {
            return Optional.empty();
        }
        try {
            boolean old = Watch.age(batch).compareTo(options.maxAge()) > 0;
            return Optional.of(new BatchDelivery(
                    held.get(), service, options.delivered(), old, watch.setbacks(), options.resubmission()));
        } catch (IOException | RuntimeException e) {
            held.get().close();
            throw e;
        }
    }

    /** Reports a completed look at a batch. */
    void looked(Batch batch, BatchDelivery.Outcome outcome) {
        if (outcome == BatchDelivery.Outcome.DELIVERED) {
            delivered.add(batch.id());
            open.remove(batch.id());
            watches.remove(batch.id());
        } else {
            watch(batch.id()).looked(batch, outcome);
        }
    }

    /** Reports that a batch could not be read, or not completely. */
    void failed(Batch batch) {
        watch(batch.id()).failed();
    }

    private static <T> T answer(CompletableFuture<T> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }
}
