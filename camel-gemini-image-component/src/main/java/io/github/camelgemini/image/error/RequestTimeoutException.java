package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The answer did not come within {@code requestTimeout}, which spans the whole call with its retries. A service that draws by a
 * queue goes on all the same: see {@link #getJobId}.
 */
public class RequestTimeoutException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String jobId;

    public RequestTimeoutException(String message, ProviderError provider, Throwable cause) {
        this(message, null, provider, cause);
    }

    /** @param jobId by which the picture can still be had, or null */
    public RequestTimeoutException(String message, String jobId, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
        this.jobId = jobId;
    }

    /**
     * The service's id of the job that goes on, and is paid: the {@code batchId} by which {@code gemini-image:batchRetrieve} and
     * {@code gemini-image:batchResults} have its picture later. Null when there is none.
     */
    public String getJobId() {
        return jobId;
    }
}
