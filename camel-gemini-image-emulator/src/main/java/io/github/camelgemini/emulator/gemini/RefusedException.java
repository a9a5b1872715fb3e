package io.github.camelgemini.emulator.gemini;

import io.github.camelgemini.emulator.schema.Violation;
import java.util.List;

/** The API does not accept a request. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    /** Refuses with this error. */
    public RefusedException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    /** What could not be read of a request's JSON. */
    public static RefusedException of(Violation violation) {
        return new RefusedException(
                violation.field().isEmpty()
                        ? ApiError.invalidArgument(violation.description())
                        : ApiError.schema(List.of(violation)));
    }

    /** What Google says. */
    public ApiError error() {
        return error;
    }
}
