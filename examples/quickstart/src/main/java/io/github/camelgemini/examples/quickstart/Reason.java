package io.github.camelgemini.examples.quickstart;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.ServiceUnavailableException;

/** Gives the reason of a failure in one line. */
final class Reason {

    private Reason() {}

    /**
     * Whether every other input would fail too: the key is refused, the quota or budget is used up, the model is shut
     * down, or there is no network.
     */
    static boolean concernsAll(Throwable failure) {
        return failure instanceof AuthenticationException
                || failure instanceof QuotaExhaustedException
                || failure instanceof BudgetExceededException
                || failure instanceof ModelNotFoundException
                || (failure instanceof ServiceUnavailableException unavailable && unavailable.getHttpStatus() == 0);
    }

    /** The message of the component's exception, or else of the first cause. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof GeminiImageException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause instanceof GeminiImageException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return message.replaceAll("\\s+", " ").strip();
    }
}
