package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The answer did not arrive within {@code requestTimeout}, which covers the whole call with its retries. At a service
 * with a queue the job continues: see {@link #getJobId}.
 */
public class RequestTimeoutException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String jobId;

    /** For a call that does not continue as a job. */
    public RequestTimeoutException(String message, ProviderError provider, Throwable cause) {
        this(message, null, provider, cause);
    }

    /**
     * @param jobId by which the picture can still be fetched, or null
     */
    public RequestTimeoutException(String message, String jobId, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
        this.jobId = jobId;
    }

    /**
     * The service's id of the job that continues and is billed. Use it as {@code batchId} of {@code
     * gemini-image:batchRetrieve} and {@code gemini-image:batchResults} to get the picture later. Null when there is no
     * such job.
     */
    public String getJobId() {
        return jobId;
    }
}
