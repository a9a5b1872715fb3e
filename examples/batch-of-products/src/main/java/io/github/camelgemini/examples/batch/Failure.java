package io.github.camelgemini.examples.batch;

import io.github.camelgemini.image.error.GeminiImageException;

/**
 * A product without a picture.
 *
 * @param line number in the list
 * @param reason in plain words
 */
record Failure(long line, String sku, String reason) {

    static Failure of(Product product, Throwable failure) {
        return new Failure(product.line(), product.sku(), reason(failure));
    }

    /** The message of the component's exception, or else of the first cause. */
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
