package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.RequestDigest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The requests of one job that is being prepared. Used by one thread. */
final class PartDraft implements AutoCloseable {

    final int number;
    final JobDraft job;
    private final Batches.Held held;
    private final boolean keepsRequests;
    private final boolean known;
    private final List<BatchKey> page = new ArrayList<>();
    private final RequestDigest digest = new RequestDigest();
    private long keys;
    private int pages;

    /**
     * @param number of the part, from 1
     * @param job closed with this object
     * @param known whether the part and its keys are already stored
     * @param keepsRequests whether requests are stored, to submit them again
     */
    PartDraft(Batches.Held held, int number, JobDraft job, boolean known, boolean keepsRequests) {
        this.held = held;
        this.number = number;
        this.job = job;
        this.keepsRequests = keepsRequests;
        this.known = known;
    }

    /** Registers a request that the job has taken. */
    void add(KeyedRequest request) throws IOException {
        keys++;
        digest.add(request);
        page.add(new BatchKey(
                request.key(), request.request().asked(), keepsRequests ? KeptRequest.of(request.request()) : null));
        if (page.size() == Batches.KEYS_OF_PAGE) {
            saveKeys();
        }
    }

    long keys() {
        return keys;
    }

    String digest() {
        return digest.value();
    }

    /** Stores the keys that are not stored yet. Nothing is lost if the job is then not submitted. */
    void saveKeys() throws IOException {
        if (!page.isEmpty() && !known) {
            held.saveKeys(number, ++pages, page);
        }
        page.clear();
    }

    /** Deletes the keys of a part that is not stored. */
    void forgetKeys() throws IOException {
        if (held.part(number).isEmpty()) {
            held.forgetKeys(number, pages);
        }
    }

    BatchPart remembered(Instant since) {
        return new BatchPart(
                number,
                "%s.%04d".formatted(held.id(), number),
                digest.value(),
                job.fingerprint(),
                since,
                null,
                null,
                keys,
                (int) ((keys + Batches.KEYS_OF_PAGE - 1) / Batches.KEYS_OF_PAGE),
                false,
                false);
    }

    @Override
    public void close() {
        job.close();
    }
}
