package io.github.camelgemini.emulator.aimlapi;

/** AI/ML API does not accept a request. */
final class RefusedByAimlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient AimlError error;

    RefusedByAimlException(AimlError error) {
        super(error.message());
        this.error = error;
    }

    AimlError error() {
        return error;
    }
}
