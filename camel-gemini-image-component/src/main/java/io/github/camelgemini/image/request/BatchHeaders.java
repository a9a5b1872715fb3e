package io.github.camelgemini.image.request;

/** The names of the headers of batches. */
public final class BatchHeaders {

    public static final String BATCH_ID = "CamelGeminiImageBatchId";
    public static final String BATCH_KEY = "CamelGeminiImageBatchKey";
    public static final String BATCH_STATE = "CamelGeminiImageBatchState";
    public static final String BATCH_REQUEST_COUNT = "CamelGeminiImageBatchRequestCount";
    public static final String BATCH_SUCCEEDED_COUNT = "CamelGeminiImageBatchSucceededCount";
    public static final String BATCH_FAILED_COUNT = "CamelGeminiImageBatchFailedCount";
    public static final String BATCH_JOB_ID = "CamelGeminiImageBatchJobId";
    public static final String BATCH_CURSOR = "CamelGeminiImageBatchCursor";

    private BatchHeaders() {}
}
