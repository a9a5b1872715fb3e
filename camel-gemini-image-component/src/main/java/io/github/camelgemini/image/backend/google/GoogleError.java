package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.gemini.GeminiError;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The meaning of Google's own statuses and messages about accounts, locations, and the Files API. */
final class GoogleError {

    private static final Pattern OBJECT =
            Pattern.compile("storage\\.objects\\.(get|list)|storage\\.buckets\\.get|gs://|\\b(object|bucket)s?\\b");
    private static final Pattern WRITING = Pattern.compile("\\b(create|delete|write|update)\\b");

    private GoogleError() {}

    static ErrorContext context(Surface surface) {
        ServiceTraits traits = GoogleTraits.of(surface);
        return ErrorContext.of(traits.title(), traits.keyVariables());
    }

    /** The exception for an error response. */
    static GeminiImageException toException(ErrorResponse response, ErrorContext context) {
        String told = response.told(context);
        ProviderError provider = response.provider(context);
        if (response.status() == 403 && response.message().contains("access the File")) {
            return new ReferenceImageException(
                    told
                            + " A file of the Files API is available for 48 hours, and only to the project that uploaded it.",
                    provider,
                    null);
        }
        if (response.status() == 403 && isOfAnObject(response.message().toLowerCase(Locale.ROOT))) {
            return new ReferenceImageException(
                    told + " Vertex AI reads objects of Cloud Storage with the permissions of the project.",
                    provider,
                    null);
        }
        if (response.status() == 401) {
            // About access tokens: the answer to an invalid key has status 400.
            return new AuthenticationException(told, provider, null);
        }
        if ("FAILED_PRECONDITION".equals(response.statusWord()) && response.status() != 403) {
            return preconditionFailed(response.message(), told, provider);
        }
        return GeminiError.toException(response, context);
    }

    /**
     * Whether it is about reading a file in Cloud Storage that a request names, and not about writing to the route's
     * own folder.
     */
    private static boolean isOfAnObject(String message) {
        return OBJECT.matcher(message).find() && !WRITING.matcher(message).find();
    }

    /**
     * The exception for the error response to an upload.
     *
     * @param what is uploaded, for messages
     */
    static GeminiImageException toUploadException(ErrorResponse response, ErrorContext service, String what) {
        ErrorContext context = service.about("to the upload of " + what);
        return response.status() == 404
                ? new InvalidRequestException(
                        response.told(context) + " For a server without the Files API set referenceUpload=INLINE.",
                        response.provider(context),
                        null)
                : toException(response, context);
    }

    /** One status for several preconditions: the account, the location of the caller, the files of the request. */
    private static GeminiImageException preconditionFailed(String message, String told, ProviderError provider) {
        if (message.contains("ACTIVE state")) {
            return new ReferenceImageException(
                    told + " Use a file only when its state in the Files API is ACTIVE.", provider, null);
        }
        if (message.contains("location is not supported")) {
            return new AuthenticationException(
                    told
                            + " The Developer API is not available in the location of this machine. Vertex AI may be, see the option"
                            + " vertexAi.",
                    provider,
                    null);
        }
        return message.toLowerCase(Locale.ROOT).contains("billing")
                ? new AuthenticationException(told, provider, null)
                : new InvalidRequestException(told, provider, null);
    }
}
