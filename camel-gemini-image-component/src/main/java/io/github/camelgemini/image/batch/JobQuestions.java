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

/** Waits for the service's answers about the jobs of a batch. Used by one thread, except {@link #interrupt}. */
final class JobQuestions implements Resubmission.Answers {

    private static final Logger LOG = LoggerFactory.getLogger(JobQuestions.class);

    private static final String UNKNOWN = "the service no longer knows it";

    private final String batch;
    private final ImageBatches service;
    private final Setbacks setbacks;
    private final boolean old;
    private volatile CompletableFuture<?> asking;
    private volatile boolean interrupted;

    /**
     * @param old whether a job unknown to the service counts as lost, and repeated failures are given up
     */
    JobQuestions(String batch, ImageBatches service, Setbacks setbacks, boolean old) {
        this.batch = batch;
        this.service = service;
        this.setbacks = setbacks;
        this.old = old;
    }

    /**
     * The answer about a job, or the conclusion if the service gives none.
     *
     * @param job null when it is not known yet whether the job exists
     * @param results null if they were not requested yet
     * @param failure why the results are given up; null when they are not
     */
    record Answer(Job job, JobResults results, Exception failure) {

        boolean isDone() {
            return job != null && (results != null || job.state().isDone());
        }

        /** The part with the state of its job. */
        BatchPart of(BatchPart part) {
            return job == null || results != null ? part : part.of(job);
        }
    }

    /** Gets the job of a part, and submits it if necessary; empty when it is not known yet whether the job exists. */
    interface Question {
        Optional<Job> ask() throws IOException;
    }

    /**
     * The state of a part's job.
     *
     * @throws IOException when it is not available now
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
     * The results of a finished job.
     *
     * @throws IOException when they are not available now
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

    /** Counts a failed pass for a part, unless this machine is the cause. */
    void setBack(BatchPart part, Exception failure) {
        if (!interrupted && !isOurs(failure)) {
            setbacks.failed(part);
        }
    }

    /** Whether the connection or this machine is the cause, and not the result. */
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

    /** Whether this machine cannot store the results. */
    static boolean isOurs(Exception failure) {
        return LocalStorageException.or(failure, () -> null) != null;
    }

    /**
     * Whether a part that fails each time is given up. This needs an old batch and several failed passes over a long
     * time. The service must have answered, so that neither the connection nor the key is the cause. Faults of this
     * machine never count.
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

    /** Whether the passes failed often enough, over a long enough time, to be the last. */
    boolean isTriedEnough(BatchPart part) {
        return old && setbacks.areTooMany(part);
    }

    /** Makes all calls end soon. May be called by another thread. */
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
     * Waits for an answer of the service. {@link #interrupt} ends the wait.
     *
     * @throws IOException when the wait is ended, or the connection fails
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
