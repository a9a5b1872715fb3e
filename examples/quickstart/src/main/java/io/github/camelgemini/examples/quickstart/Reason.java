package io.github.camelgemini.examples.quickstart;

import io.github.camelgemini.image.error.GeminiImageException;

/** Says in a line why something failed. */
final class Reason {

    private Reason() {}

    /** The component's own sentence if it is the component's error, else that of the first cause. */
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
