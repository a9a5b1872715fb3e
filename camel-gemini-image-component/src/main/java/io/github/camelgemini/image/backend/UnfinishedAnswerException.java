package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.Serial;

/**
 * An answer that is not complete yet: its rest is had by a further call. A backend fails its future with it, and is asked again
 * within the same {@code requestTimeout}; no route ever sees it. The call counts as an attempt, but not as a retry.
 */
public final class UnfinishedAnswerException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ImageRequest next;

    /** @param next what is to be asked, see {@link ImageRequest#goingOn} */
    public UnfinishedAnswerException(ImageRequest next) {
        super(
                "The answer of model " + next.model() + " goes on in a further call",
                ProviderError.ofModel(next.model()),
                null);
        this.next = next;
    }

    /** What is to be asked for the rest of the answer. */
    public ImageRequest next() {
        return next;
    }
}
