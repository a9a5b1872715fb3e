package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.SourceException;
import io.github.camelgemini.image.payload.spool.SpoolException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns the failure of a call into an exception.
 *
 * @param context the service, and the model that was called
 * @param host the server that was called; null if only the client knows it
 * @param redaction removes credentials from a text, which may be null
 */
public record CallFailure(ErrorContext context, String host, UnaryOperator<String> redaction) {

    /**
     * Converts a failure by the causes that are known.
     *
     * @return empty if the failure has nothing to do with the connection or with the data that is sent or received
     */
    public Optional<GeminiImageException> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SpoolException) {
                // Not retried: the retry would be billed, and could not be stored either.
                return Optional.of(new LocalStorageException(
                        "The image of " + asked() + " cannot be stored; check the option spoolDirectory: "
                                + cause.getMessage(),
                        provider(),
                        failure));
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<GeminiImageException> known = known(cause, failure);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private Optional<GeminiImageException> known(Throwable cause, Throwable failure) {
        if (cause instanceof GeminiImageException told) {
            return Optional.of(told);
        }
        if (cause instanceof MalformedAnswerException) {
            return Optional.of(new MalformedResponseException(
                    "The answer of " + asked() + " cannot be read: " + redaction.apply(cause.getMessage()),
                    provider(),
                    cause));
        }
        if (cause instanceof SourceException) {
            return Optional.of(
                    new ReferenceImageException("A reference image cannot be sent: " + cause.getMessage(), failure));
        }
        if (cause instanceof IOException broken && UntrustedCertificate.isCauseOf(broken)) {
            return Optional.of(
                    UntrustedCertificate.failure(host, redaction.apply(broken.getMessage()), broken, provider()));
        }
        return cause instanceof IOException broken ? Optional.of(unavailable(broken, failure)) : Optional.empty();
    }

    private ServiceUnavailableException unavailable(IOException broken, Throwable failure) {
        boolean unreached = broken instanceof UnknownHostException || broken instanceof ConnectException;
        String what = unreached
                ? context.service() + " cannot be reached"
                        + (context.model() == null ? "" : " for model " + context.model())
                : "The call" + (context.model() == null ? "" : " to model " + context.model())
                        + " failed before its answer was complete";
        String reason = broken.getClass().getSimpleName() + ": " + redaction.apply(broken.getMessage());
        return new ServiceUnavailableException(what + ": " + reason, Duration.ZERO, provider(), failure);
    }

    private String asked() {
        return context.model() == null ? context.service() : "model " + context.model();
    }

    private ProviderError provider() {
        return ProviderError.ofModel(context.model());
    }
}
