package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NoPictureError;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.result.ImageResult;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an operation came to, with all its calls.
 *
 * @param name such as {@code generate_content}
 * @param model that was asked, the last one if there were several; null for all
 * @param result the pictures, or null when it failed or was not about pictures
 * @param failure or null; an answer without a picture is none where the route takes it ({@code failOnBlocked=false})
 * @param blocked the answer without a picture, whether it is a failure or not; or null
 * @param duration of all of it, waits included
 * @param queued of that, how long it waited for its turn
 * @param calls that were made
 * @param throttled how many of them were answered with HTTP 429
 * @param usage tokens, those of a failure among them
 * @param cost in USD by the catalog's prices, or null
 * @param sent bytes of reference pictures, of all calls
 */
record CallReport(
        String name,
        String model,
        ImageResult result,
        Throwable failure,
        GeminiImageException blocked,
        Duration duration,
        Duration queued,
        int calls,
        int throttled,
        Usage usage,
        BigDecimal cost,
        long sent) {

    /** Bytes of pictures that came. */
    long received() {
        return result == null
                ? 0
                : result.images().stream().mapToLong(image -> image.length()).sum();
    }

    int pictures() {
        return result == null
                ? 0
                : result.images().size() + result.remoteImages().size();
    }

    String responseModel() {
        return result == null ? null : result.model();
    }

    String finishReason() {
        if (blocked instanceof NoPictureError answer) {
            return answer.getFinishReason();
        }
        return result == null ? null : result.finishReason();
    }

    /** The class of the failure, or null. */
    String errorType() {
        return errorType(failure);
    }

    static String errorType(Throwable failure) {
        if (failure == null) {
            return null;
        }
        Class<?> type = failure.getClass();
        // Those of a backend of the registry may have no name.
        return (type.isAnonymousClass() ? type.getSuperclass() : type).getSimpleName();
    }

    static int httpStatus(Throwable failure) {
        return failure instanceof GeminiImageException known ? known.getHttpStatus() : 0;
    }
}
