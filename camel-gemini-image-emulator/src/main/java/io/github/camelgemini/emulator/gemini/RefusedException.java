package io.github.camelgemini.emulator.gemini;

import io.github.camelgemini.emulator.schema.Violation;
import java.util.List;

/** The API does not accept a request. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    /** Refuses a request with this error. */
    public RefusedException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    /** For JSON that could not be read. */
    public static RefusedException of(Violation violation) {
        return new RefusedException(
                violation.field().isEmpty()
                        ? ApiError.invalidArgument(violation.description())
                        : ApiError.schema(List.of(violation)));
    }

    /** The error in Google's words. */
    public ApiError error() {
        return error;
    }
}
