package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.RetryableError;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Decides whether a failed submission may have created its job nevertheless. */
public final class LostAnswer {

    /** Statuses of a request that arrived: it took too long, is a duplicate, or its client seemed to be gone. */
    private static final Set<Integer> UNCERTAIN = Set.of(408, 409, 499);

    private static final Predicate<String> CONNECTING =
            Pattern.compile("\\bconnect\\b", Pattern.CASE_INSENSITIVE).asPredicate();

    private LostAnswer() {}

    /** False when the service has refused the submission, or could not be reached. */
    public static boolean isPossible(GeminiImageException failure) {
        int status = failure.getHttpStatus();
        if (status >= 400 && status < 500) {
            return UNCERTAIN.contains(status);
        }
        return status != 0
                || failure instanceof MalformedResponseException
                // An answer arrived, but this machine could not store it.
                || failure instanceof LocalStorageException
                || failure instanceof RetryableError && !isUnreached(failure);
    }

    /** Whether no connection was opened. HTTP clients and the JDK show this only in the message of a time-out. */
    public static boolean isUnreached(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException && CONNECTING.test(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }
}
