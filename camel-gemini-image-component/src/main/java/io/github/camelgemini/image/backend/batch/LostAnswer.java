package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.RetryableError;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** Whether a submission that failed may have made its job all the same. */
public final class LostAnswer {

    private static final int REQUEST_TIMEOUT = 408;

    private LostAnswer() {}

    /** False when the service has refused it, or could not even be reached. */
    public static boolean isPossible(GeminiImageException failure) {
        int status = failure.getHttpStatus();
        if (status >= 400 && status < 500) {
            return status == REQUEST_TIMEOUT;
        }
        return status != 0
                || failure instanceof MalformedResponseException
                || failure instanceof RetryableError && !isUnreached(failure);
    }

    private static boolean isUnreached(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
