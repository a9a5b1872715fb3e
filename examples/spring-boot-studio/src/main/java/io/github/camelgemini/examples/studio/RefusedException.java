package io.github.camelgemini.examples.studio;

import org.springframework.http.HttpStatus;

/** A request that is answered with a status and a message. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    RefusedException(HttpStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
