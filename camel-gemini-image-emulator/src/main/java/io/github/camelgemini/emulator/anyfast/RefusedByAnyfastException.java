package io.github.camelgemini.emulator.anyfast;

/** AnyFast does not accept a request. */
final class RefusedByAnyfastException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient AnyfastError error;

    RefusedByAnyfastException(AnyfastError error) {
        super(error.message());
        this.error = error;
    }

    AnyfastError error() {
        return error;
    }
}
