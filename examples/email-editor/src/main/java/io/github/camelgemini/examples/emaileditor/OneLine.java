package io.github.camelgemini.examples.emaileditor;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in one line that the mailbox cannot be read. The consumer tries again, so a stack trace would be logged
 * repeatedly.
 */
final class OneLine implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger("mails");

    @Override
    public void handleException(Throwable failure) {
        LOG.warn("Cannot read the mailbox, will try again: {}", reason(failure));
    }

    @Override
    public void handleException(String message, Throwable failure) {
        handleException(failure);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        handleException(failure);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return (cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .replaceAll("\\s+", " ")
                .strip();
    }
}
