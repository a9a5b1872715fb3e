package io.github.camelgemini.image.backend.gmi;

import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.secret.OutsideText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a failure of GMI Cloud into an exception. The service documents no errors. Its clients have seen {@code
 * {"error":"text"}}, and requests that end as {@code failed} with such a text.
 */
final class GmiFailure {

    private static final Pattern POLICY = Pattern.compile(
            "\\b(blocked|content polic\\w*|polic\\w* violation|safety|prohibited content|moderation)\\b",
            Pattern.CASE_INSENSITIVE);
    /** A finish reason in the words of Google's API. */
    private static final Pattern REASON = Pattern.compile(
            "\\b(?<reason>(IMAGE_)?(SAFETY|PROHIBITED_CONTENT|RECITATION|OTHER)|NO_IMAGE|BLOCKLIST|SPII|LANGUAGE"
                    + "|MALFORMED_RESPONSE|MAX_TOKENS)\\b");
    /** Finish reasons of the model itself; all others come from a filter. */
    private static final Set<String> NOT_BLOCKED =
            Set.of("OTHER", "IMAGE_OTHER", "NO_IMAGE", "MALFORMED_RESPONSE", "MAX_TOKENS");

    private static final Pattern QUOTA = Pattern.compile(
            "RESOURCE_EXHAUSTED|\\bquota\\b|insufficient (credit|balance|fund)", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile(
            "(download|fetch|load|open|read|decode).{0,30}(image|input|file|url)|cannot identify image",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INVALID =
            Pattern.compile("INVALID_ARGUMENT|\\binvalid\\b|must be|is required", Pattern.CASE_INSENSITIVE);

    private GmiFailure() {}

    /** The exception for an error response. */
    static GeminiImageException of(ErrorResponse error, ErrorContext about) {
        if (error.status() == 400 && POLICY.matcher(error.message()).find()) {
            return new PromptBlockedException(
                    error.told(about), reason(error.message()).orElse(null), error.provider(about));
        }
        return error.toException(about);
    }

    /**
     * The exception for a request that failed.
     *
     * @param said the reason, without secrets; empty when the service gives none
     * @return an exception that is not retried, since the request may be billed
     */
    static GeminiImageException ofRequest(String id, String said, String model) {
        String told = "Request " + id + " of GMI Cloud failed for model " + model
                + (said.isEmpty() ? ", without a reason" : ": " + OutsideText.of(said));
        Optional<String> reason = reason(said);
        ProviderError provider = new ProviderError(200, reason.orElse(null), OutsideText.of(said), model);
        if (reason.isPresent()) {
            return NOT_BLOCKED.contains(reason.get())
                    ? new NoImageException(told, reason.get(), OutsideText.of(said), null, provider)
                    : new ImageBlockedException(told, reason.get(), OutsideText.of(said), provider);
        }
        if (QUOTA.matcher(said).find()) {
            return new QuotaExhaustedException(told, null, provider);
        }
        if (POLICY.matcher(said).find()) {
            return new ImageBlockedException(told, null, OutsideText.of(said), provider);
        }
        if (REFERENCE.matcher(said).find()) {
            return new ReferenceImageException(told, provider, null);
        }
        return INVALID.matcher(said).find()
                ? new InvalidRequestException(told, provider, null)
                : new NotDrawnException(told, NotDrawnException.Reason.FAILED, provider);
    }

    private static Optional<String> reason(String text) {
        Matcher reason = REASON.matcher(text);
        return reason.find() ? Optional.of(reason.group("reason")) : Optional.empty();
    }
}
