package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NoPictureError;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.result.ImageResult;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The outcome of an operation, over all its calls.
 *
 * @param name such as {@code generate_content}
 * @param model that was called, the last one if there were several; null for all models
 * @param result the pictures; null for a failure, or an operation without pictures
 * @param failure or null; with {@code failOnBlocked=false}, an answer without a picture is none
 * @param blocked the answer without a picture, whether it is a failure or not; or null
 * @param duration of the whole operation, with waits
 * @param queued how much of it was spent waiting for a free place
 * @param calls number of calls
 * @param throttled number of calls that were answered with HTTP 429
 * @param usage tokens, including those of a failure
 * @param cost in USD by the catalog's prices, or null
 * @param sent bytes of reference images, over all calls
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

    /** Bytes of the pictures that arrived. */
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
        // An anonymous class of a custom backend has no name.
        return (type.isAnonymousClass() ? type.getSuperclass() : type).getSimpleName();
    }

    static int httpStatus(Throwable failure) {
        return failure instanceof GeminiImageException known ? known.getHttpStatus() : 0;
    }
}
