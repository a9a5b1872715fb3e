package io.github.camelgemini.emulator;

/** The API does not accept a request. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    RefusedException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
