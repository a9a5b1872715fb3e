package io.github.camelgemini.image.secret;

import java.io.Serial;

/**
 * Replaces an exception of a library whose message quotes data from outside, among the causes of one of our exceptions:
 * loggers print causes too. It shows the name of that exception, its stack trace, and its message as {@link
 * OutsideText}. For JSON parsers, whose messages quote the JSON, it shows the name only.
 */
public final class OutsideFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String PARSERS = "com.fasterxml.jackson.";
    /** A longer or circular chain ends there. */
    private static final int DEEPEST = 30;

    private final String name;

    private OutsideFailure(String name, String message, Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /**
     * Makes a failure safe to show.
     *
     * @param failure null stays null
     * @return the failure itself if nothing in it, its causes and its suppressed exceptions has to be left out;
     *     otherwise a replacement
     */
    public static Throwable of(Throwable failure) {
        return failure == null || isClean(failure, 0) ? failure : copy(failure, 0);
    }

    private static boolean isClean(Throwable failure, int depth) {
        if (failure == null) {
            return true;
        }
        if (depth > DEEPEST || !isClean(failure.getMessage(), failure)) {
            return false;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isClean(suppressed, depth + 1)) {
                return false;
            }
        }
        return isClean(failure.getCause(), depth + 1);
    }

    private static boolean isClean(String message, Throwable failure) {
        return message == null || message.equals(told(message, failure));
    }

    private static OutsideFailure copy(Throwable failure, int depth) {
        String name = failure instanceof OutsideFailure copied
                ? copied.name
                : failure.getClass().getName();
        Throwable cause = failure.getCause() == null || depth >= DEEPEST ? null : copy(failure.getCause(), depth + 1);
        OutsideFailure copy = new OutsideFailure(name, told(failure.getMessage(), failure), cause);
        copy.setStackTrace(failure.getStackTrace());
        if (depth < DEEPEST) {
            for (Throwable suppressed : failure.getSuppressed()) {
                copy.addSuppressed(copy(suppressed, depth + 1));
            }
        }
        return copy;
    }

    private static String told(String message, Throwable failure) {
        return failure.getClass().getName().startsWith(PARSERS)
                ? null
                : OutsideText.of(message, 3 * OutsideText.LONGEST);
    }

    /** The class name of the replaced exception. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return getMessage() == null ? name : name + ": " + getMessage();
    }
}
