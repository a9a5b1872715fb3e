package io.github.camelgemini.examples.emaileditor;

import java.io.Serial;

/** A mail that cannot be edited. The message is the explanation for its sender. */
final class UnusableMailException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    UnusableMailException(String sentence) {
        super(sentence);
    }

    UnusableMailException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
