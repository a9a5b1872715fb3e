package io.github.camelgemini.emulator.gmi;

/** GMI does not accept a request. */
final class RefusedByGmiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient GmiError error;

    RefusedByGmiException(GmiError error) {
        super(error.text());
        this.error = error;
    }

    GmiError error() {
        return error;
    }
}
