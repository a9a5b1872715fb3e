package io.github.camelgemini.image.secret;

import java.io.Serial;

/**
 * Stands for an exception of a library whose message quotes what others sent, among the causes of one of ours: loggers print
 * those too. It is told under the name of that exception, with its stack trace, and with its message as {@link OutsideText}; of
 * what parsers say of JSON, which quotes pieces of it, nothing but the name is left.
 */
public final class OutsideFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String PARSERS = "com.fasterxml.jackson.";
    /** A chain that is longer, or a circle, ends there. */
    private static final int DEEPEST = 30;

    private final String name;

    private OutsideFailure(String name, String message, Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /**
     * A failure that may be told.
     *
     * @param failure null stays null
     * @return the failure itself where nothing in it, its causes and its suppressed ones has to be left out; else one that stands
     *     for it
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

    /** The class of the exception that it stands for. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return getMessage() == null ? name : name + ": " + getMessage();
    }
}
