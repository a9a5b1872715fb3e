package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.io.Serial;
import java.util.function.Supplier;

/**
 * An answer that is not complete yet: its rest is had by a further call. A backend fails its future with it, and is asked again
 * within the same {@code requestTimeout}; no route ever sees it. The call counts as an attempt, but not as a retry.
 */
public final class UnfinishedAnswerException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ImageRequest next;
    private final transient Supplier<ImageResult> soFar;

    /**
     * @param next what is to be asked, see {@link ImageRequest#goingOn}
     * @param soFar called when the rest does not come: a result of what is there, if a picture is; else it throws
     */
    public UnfinishedAnswerException(ImageRequest next, Supplier<ImageResult> soFar) {
        super(
                "The answer of model " + next.model() + " continues in a further call",
                ProviderError.ofModel(next.model()),
                null);
        this.next = next;
        this.soFar = soFar;
    }

    /**
     * A result of what there is of the answer.
     *
     * @throws GeminiImageException when there is no picture
     */
    public ImageResult soFar() {
        return soFar.get();
    }

    /** What is to be asked for the rest of the answer. */
    public ImageRequest next() {
        return next;
    }
}
