package io.github.camelgemini.image.backend.inferencesh;

import io.github.camelgemini.image.error.AuthenticationException;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the failure of a task into an exception. Uses the finish reasons and statuses of Google's API that the app
 * writes into its error.
 */
final class TaskFailure {

    private static final Pattern REASON = Pattern.compile(
            "(?<kind>finish|block)_?reason[=: ]+'?\"?(?:(?:Finish|Blocked)Reason\\.)?(?<reason>[A-Z][A-Z_]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTA = Pattern.compile(
            "RESOURCE_EXHAUSTED|\\b429\\b|\\bquota\\b|rate.?limit|insufficient.{0,20}(credit|balance|fund)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DENIED = Pattern.compile(
            "PERMISSION_DENIED|UNAUTHENTICATED|\\b40[13]\\b|api.?key|unauthori[sz]ed", Pattern.CASE_INSENSITIVE);
    private static final Pattern BLOCKED = Pattern.compile(
            "\\bblocked\\b|safety (filter|setting|polic)|content polic|prohibited content", Pattern.CASE_INSENSITIVE);
    private static final Pattern INPUT = Pattern.compile(
            "(download|fetch|load|open|read|process).{0,20}(input|image|file|picture)|cannot identify image",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INVALID = Pattern.compile(
            "INVALID_ARGUMENT|\\b400\\b|validation error|invalid (input|value|argument)", Pattern.CASE_INSENSITIVE);

    /** The finish reasons of a filter; all others come from the model itself. */
    private static final Set<String> FILTERS = Set.of(
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "MODEL_ARMOR",
            "ESCALATION");

    private TaskFailure() {}

    /**
     * @param error of the task, without secrets; null when the service gives none
     * @return an exception that is not retried, since the task may be billed
     */
    static GeminiImageException of(String error, String task, String model) {
        String said = error == null ? "" : error;
        String told = "Task " + task + " of inference.sh failed for model " + model
                + (said.isEmpty() ? ", without a reason" : ": " + OutsideText.of(said));
        Matcher reason = REASON.matcher(said);
        if (reason.find()) {
            return ofReason(reason.group("kind"), reason.group("reason"), said, told, model);
        }
        ProviderError provider = new ProviderError(200, null, OutsideText.of(said), model);
        if (QUOTA.matcher(said).find()) {
            return new QuotaExhaustedException(told, null, provider);
        }
        if (BLOCKED.matcher(said).find()) {
            return new ImageBlockedException(told, null, OutsideText.of(said), provider);
        }
        if (INPUT.matcher(said).find()) {
            return new ReferenceImageException(told, null);
        }
        if (DENIED.matcher(said).find()) {
            return new AuthenticationException(told, provider, null);
        }
        return INVALID.matcher(said).find()
                ? new InvalidRequestException(told, provider, null)
                : new NotDrawnException(told, NotDrawnException.Reason.FAILED, provider);
    }

    private static GeminiImageException ofReason(String kind, String reason, String said, String told, String model) {
        ProviderError provider = new ProviderError(200, reason, OutsideText.of(said), model);
        if (kind.equalsIgnoreCase("block")) {
            return new PromptBlockedException(told, reason, provider);
        }
        return FILTERS.contains(reason)
                ? new ImageBlockedException(told, reason, OutsideText.of(said), provider)
                : new NoImageException(told, reason, OutsideText.of(said), null, provider);
    }
}
