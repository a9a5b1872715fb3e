package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.RetryableError;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;

/** Whether a submission that failed may have made its job all the same. */
public final class LostAnswer {

    /** Of a request that was there: it took too long, is there already, or its sender was thought to be gone. */
    private static final Set<Integer> UNCERTAIN = Set.of(408, 409, 499);

    private LostAnswer() {}

    /** False when the service has refused it, or could not even be reached. */
    public static boolean isPossible(GeminiImageException failure) {
        int status = failure.getHttpStatus();
        if (status >= 400 && status < 500) {
            return UNCERTAIN.contains(status);
        }
        return status != 0
                || failure instanceof MalformedResponseException
                // An answer came, and this machine could not keep it.
                || failure instanceof LocalStorageException
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
