package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.core.JacksonException;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.secret.OutsideFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what the service answers of the jobs of a batch. Used by one thread, but for {@link #interrupt}. */
final class JobQuestions implements Resubmission.Answers {

    private static final Logger LOG = LoggerFactory.getLogger(JobQuestions.class);

    private static final String UNKNOWN = "the service no longer knows it";

    private final String batch;
    private final ImageBatches service;
    private final Setbacks setbacks;
    private final boolean old;
    private volatile CompletableFuture<?> asking;
    private volatile boolean interrupted;

    /** @param old whether a job that the service does not know is lost, and what fails in each pass is given up */
    JobQuestions(String batch, ImageBatches service, Setbacks setbacks, boolean old) {
        this.batch = batch;
        this.service = service;
        this.setbacks = setbacks;
        this.old = old;
    }

    /**
     * What the service says of a job, or what is made of it that it says nothing.
     *
     * @param job null when nobody knows yet whether there is one
     * @param results null for those that are still to be asked for
     * @param failure why its results are given up; null when they are not
     */
    record Answer(Job job, JobResults results, Exception failure) {

        boolean isDone() {
            return job != null && (results != null || job.state().isDone());
        }

        /** The part, as the service tells of its job. */
        BatchPart of(BatchPart part) {
            return job == null || results != null ? part : part.of(job);
        }
    }

    /** Asks for the job of a part, which may be submitted by that; empty when nobody knows yet whether there is one. */
    interface Question {
        Optional<Job> ask() throws IOException;
    }

    /**
     * How the job of a part stands.
     *
     * @throws IOException when that cannot be had now
     */
    Answer stands(BatchPart part, Question question) throws IOException {
        try {
            return new Answer(question.ask().orElse(null), null, null);
        } catch (BatchNotFoundException e) {
            return lost(part, e);
        } catch (IOException | RuntimeException e) {
            boolean refused = part.asksAgain() && e instanceof InvalidRequestException;
            if (part.asksAgain() && Resubmission.isPutOff(e)) {
                throw e;
            }
            if (!refused && !isGivenUp(part, e)) {
                setBack(part, e);
                throw e;
            }
            if (part.asksAgain()) {
                LOG.warn("Batch {}: requests cannot be submitted again: {}", batch, e.getMessage());
                String why = "it could not be submitted again: " + e.getMessage();
                return new Answer(without(part, JobState.FAILED, why), JobResults.NONE, null);
            }
            return new Answer(without(part, lastState(part), null), JobResults.NONE, e);
        }
    }

    /**
     * What a job that is done has drawn.
     *
     * @throws IOException when that cannot be had now
     */
    Answer results(BatchPart part, Job job, Function<String, Asked> keys) throws IOException {
        try {
            return new Answer(job, wait(service.results(job.id(), keys)), null);
        } catch (BatchNotFoundException e) {
            return lost(part, e);
        } catch (IOException | RuntimeException e) {
            if (!isGivenUp(part, e)) {
                setBack(part, e);
                throw e;
            }
            return new Answer(job, JobResults.NONE, e);
        }
    }

    private Answer lost(BatchPart part, BatchNotFoundException e) {
        if (!old) {
            throw e;
        }
        LOG.warn("Batch {}: the service no longer knows job {}", batch, part.jobId());
        return new Answer(without(part, lastState(part), UNKNOWN), JobResults.NONE, null);
    }

    private static JobState lastState(BatchPart part) {
        return part.state() == null ? JobState.PENDING : part.state();
    }

    private static Job without(BatchPart part, JobState state, String why) {
        String id = part.jobId() == null ? part.name() : part.jobId();
        return new Job(id, part.name(), state, -1, -1, -1, -1, null, null, why);
    }

    /** A pass failed with a part, unless that is this machine's fault. */
    void setBack(BatchPart part, Exception failure) {
        if (!interrupted && !isOurs(failure)) {
            setbacks.failed(part);
        }
    }

    /** Whether it is a failure of a connection or of this machine, and none of the result. */
    static boolean passes(GeminiImageException failure) {
        if (failure != null && isOurs(failure)) {
            return true;
        }
        if (failure == null || failure instanceof MalformedResponseException || failure.getHttpStatus() != 0) {
            return false;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return !(cause instanceof JacksonException);
            }
        }
        return false;
    }

    /** Whether it is this machine that cannot keep what comes. */
    static boolean isOurs(Exception failure) {
        return LocalStorageException.or(failure, () -> null) != null;
    }

    /**
     * Whether what fails of a part each time is not asked for any more: the batch is old, several passes failed for long, and
     * the service answers all the same, so that it is neither the connection nor the key. Never for a fault of this machine.
     */
    boolean isGivenUp(BatchPart part, Exception failure) {
        if (interrupted || isOurs(failure) || !isTriedEnough(part)) {
            return false;
        }
        try {
            wait(service.list(null, 1));
            LOG.warn("Batch {}: results of job {} that fail each time are no longer fetched", batch, part.jobId());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.debug(
                    "No result of batch {} is given up, because the service does not answer at all",
                    batch,
                    OutsideFailure.of(e));
            return false;
        }
    }

    /** Whether so many passes failed, for so long, that another is the last. */
    boolean isTriedEnough(BatchPart part) {
        return old && setbacks.areTooMany(part);
    }

    /** Has each question end soon, from another thread. */
    void interrupt() {
        interrupted = true;
        CompletableFuture<?> answer = asking;
        if (answer != null) {
            answer.cancel(true);
        }
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /**
     * Waits for an answer of the service, which {@link #interrupt} ends.
     *
     * @throws IOException when it ends, or the connection fails
     * @throws RuntimeException when the service refuses
     */
    @Override
    public <T> T wait(CompletableFuture<T> answer) throws IOException {
        asking = answer;
        if (interrupted) {
            answer.cancel(true);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (Steps.cause(e.getCause()) instanceof RuntimeException known) {
                throw known;
            }
            throw new IOException(e.getCause());
        } catch (CancellationException e) {
            throw new InterruptedIOException("The delivery was stopped");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The delivery was stopped");
        } finally {
            asking = null;
        }
    }
}
