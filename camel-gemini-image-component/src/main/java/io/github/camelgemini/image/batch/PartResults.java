package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results of a finished job, in the order in which the service sends them, followed by a failure for each missing
 * key. Used by one thread.
 */
final class PartResults implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartResults.class);

    private final String batch;
    private final Job job;
    private final Map<String, Asked> left;
    private final boolean keysKnown;
    private final JobResults results;
    private Iterator<Map.Entry<String, Asked>> missing;
    private Exception givenUp;
    /** Whether the end of a job with unknown keys was already reported. */
    private boolean toldOfAll;

    private long lines;
    /** The key of a result that belongs to no known request; it may be any of the missing ones. */
    private String ofNobody;

    /**
     * @param left expected keys in their order, with their request data; keys that arrive are removed
     * @param keysKnown false for a job that was submitted elsewhere
     */
    PartResults(String batch, Job job, Map<String, Asked> left, boolean keysKnown, JobResults results) {
        this.batch = batch;
        this.job = job;
        this.left = left;
        this.keysKnown = keysKnown;
        this.results = results;
    }

    /**
     * Waits for the next result.
     *
     * @return null after the last
     * @throws IOException when the connection ends too early
     */
    BatchResult next() throws IOException {
        while (missing == null) {
            JobResult came = results.next();
            if (came == null) {
                missing = left.entrySet().iterator();
            } else {
                BatchResult result = known(came);
                if (result != null) {
                    return result;
                }
            }
        }
        if (missing.hasNext()) {
            Map.Entry<String, Asked> request = missing.next();
            missing.remove();
            String key = request.getKey();
            String what = "Request '" + key + "' of batch '" + batch + "'";
            return new BatchResult(
                    batch, key, job, null, notDrawn(what, request.getValue().model()));
        }
        boolean nothing = lines == 0 && job.state() != JobState.SUCCEEDED;
        if (!keysKnown && !toldOfAll && (nothing || givenUp != null)) {
            toldOfAll = true;
            return new BatchResult(batch, null, job, null, notDrawn("Batch '" + batch + "'", null));
        }
        return null;
    }

    /**
     * Stops reading although there may be more. Each expected key becomes a failure.
     *
     * @param failure the reason
     */
    void giveUp(Exception failure) {
        close();
        givenUp = failure;
        missing = left.entrySet().iterator();
    }

    /** Null for a result that nobody expects. */
    private BatchResult known(JobResult came) {
        lines++;
        String key = came.key();
        if (key == null && left.size() == 1 && lines == 1) {
            key = left.keySet().iterator().next();
        }
        if (!keysKnown) {
            return new BatchResult(batch, told(key), job, came.result(), came.failure());
        }
        boolean empty = came.result() == null && came.failure() == null;
        if (!empty && key != null && left.remove(key) != null) {
            return new BatchResult(batch, key, job, came.result(), came.failure());
        }
        if (came.result() != null) {
            came.result().discard();
        }
        if (key == null && !empty) {
            ofNobody = came.failure() == null ? "it has no key" : came.failure().getMessage();
        }
        LOG.warn(
                "Batch {}: result {} of job {} is ignored, because {}",
                batch,
                lines,
                job.id(),
                key != null
                        ? empty ? "it is empty" : "its key belongs to no request, or occurred before"
                        : came.failure() == null
                                ? "it has no key"
                                : came.failure().getMessage());
        return null;
    }

    /** A foreign key in a form that can be shown, and is still unique. */
    private String told(String key) {
        String told = key == null ? "" : OutsideText.word(key);
        return told.isEmpty() || !told.equals(key) ? told + "#" + lines : key;
    }

    private NotDrawnException notDrawn(String what, String model) {
        if (givenUp != null) {
            return new NotDrawnException(
                    what + " has no image: the result of job " + job.id() + " could not be fetched: "
                            + (givenUp.getMessage() == null ? givenUp : givenUp.getMessage())
                            + ". If the service still has it, the operation batchResults returns it",
                    ProviderError.ofModel(model),
                    givenUp);
        }
        if (ofNobody != null) {
            return new NotDrawnException(
                    what + " has no image, but may have been processed: a result of job " + job.id()
                            + " cannot be assigned to a request: " + ofNobody,
                    NotDrawnException.Reason.UNREACHED,
                    ProviderError.ofModel(model));
        }
        NotDrawnException.Reason reason =
                switch (job.state()) {
                    case EXPIRED -> NotDrawnException.Reason.EXPIRED;
                    case CANCELLED -> NotDrawnException.Reason.CANCELLED;
                    case FAILED -> NotDrawnException.Reason.FAILED;
                    default -> NotDrawnException.Reason.MISSING;
                };
        String why =
                switch (reason) {
                    case EXPIRED -> "expired before it was processed";
                    case CANCELLED -> "was cancelled before it was processed";
                    case FAILED -> "failed";
                    default -> "ended without a result for it";
                };
        return new NotDrawnException(
                what + " has no image: job " + job.id() + " " + why
                        + (job.failure() == null ? "" : ": " + job.failure()),
                reason,
                ProviderError.ofModel(model));
    }

    /** Closes the connection. May be called by another thread. */
    @Override
    public void close() {
        results.close();
    }
}
