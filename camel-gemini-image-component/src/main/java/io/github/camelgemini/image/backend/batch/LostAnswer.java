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

/** Whether a submission that failed may have made its job all the same. */
public final class LostAnswer {

    /** Of a request that was there: it took too long, is there already, or its sender was thought to be gone. */
    private static final Set<Integer> UNCERTAIN = Set.of(408, 409, 499);

    private static final Predicate<String> CONNECTING =
            Pattern.compile("\\bconnect\\b", Pattern.CASE_INSENSITIVE).asPredicate();

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

    /** Whether no connection was opened. HTTP clients and the JDK say so of a time-out only by its message. */
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
