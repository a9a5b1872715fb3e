package io.github.camelgemini.examples.emaileditor;

import java.io.Serial;

/** A mail that no picture can be made of; the message is the sentence for its sender. */
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
