package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.UntrustedCertificate;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.SpoolException;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.SourceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What becomes of a call that brought no answer, or one that cannot be read. */
final class CallFailure {

    private CallFailure() {}

    /**
     * @param model that was asked, or null
     * @param service its name in sentences
     * @param redact takes secrets out of a text
     */
    static Throwable of(Throwable failure, String model, String service, String host, UnaryOperator<String> redact) {
        ProviderError provider = ProviderError.ofModel(model);
        String call = "The call" + (model == null ? " of " + service : " of model " + model + " at " + service);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String told = redact.apply(cause.getMessage());
            if (cause instanceof GeminiImageException known) {
                return known;
            }
            if (cause instanceof MalformedAnswerException) {
                return new MalformedResponseException("The answer of " + service + " is broken: " + told, provider, cause);
            }
            if (cause instanceof SourceException) {
                return new ReferenceImageException("A reference picture cannot be sent: " + told, failure);
            }
            if (cause instanceof SpoolException) {
                // Not retried: it would be paid for again, and not kept again.
                return new GeminiImageException(
                        "The picture of " + service + " cannot be kept; see to the option spoolDirectory: " + told,
                        provider,
                        failure);
            }
            if (cause instanceof IOException broken && UntrustedCertificate.isCauseOf(broken)) {
                return UntrustedCertificate.failure(host, told, broken, provider);
            }
            if (cause instanceof IOException) {
                boolean unreached = cause instanceof UnknownHostException
                        || cause instanceof ConnectException
                        || cause instanceof ConnectTimeoutException;
                String what = unreached ? service + " cannot be reached" : call + " failed before its answer was complete";
                String reason = cause.getClass().getSimpleName() + ": " + told;
                return new ServiceUnavailableException(what + ": " + reason, Duration.ZERO, provider, failure);
            }
        }
        return failure;
    }
}
