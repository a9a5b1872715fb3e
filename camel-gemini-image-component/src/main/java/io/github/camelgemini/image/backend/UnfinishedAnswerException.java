package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.io.Serial;
import java.util.function.Supplier;

/**
 * An answer that is incomplete: another call gets the rest. A backend fails its future with this exception. The
 * component calls it again within the same {@code requestTimeout}; routes never see the exception. The call counts as
 * an attempt, but not as a retry.
 */
public final class UnfinishedAnswerException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ImageRequest next;
    private final transient Supplier<ImageResult> soFar;

    /**
     * @param next the request for the rest, see {@link ImageRequest#goingOn}
     * @param soFar called when the rest does not arrive: gives a result with the pictures that are there, or throws
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
     * The result from the part of the answer that arrived.
     *
     * @throws GeminiImageException when it contains no picture
     */
    public ImageResult soFar() {
        return soFar.get();
    }

    /** The request for the rest of the answer. */
    public ImageRequest next() {
        return next;
    }
}
