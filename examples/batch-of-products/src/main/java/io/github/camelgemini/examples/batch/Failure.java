package io.github.camelgemini.examples.batch;

import io.github.camelgemini.image.error.GeminiImageException;

/**
 * A product without a picture.
 *
 * @param line where it is in the list
 * @param reason in words that need no stack trace
 */
record Failure(long line, String sku, String reason) {

    static Failure of(Product product, Throwable failure) {
        return new Failure(product.line(), product.sku(), reason(failure));
    }

    /** The component's own sentence if it is the component's error, else that of the first cause. */
    static String reason(Throwable failure) {
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
