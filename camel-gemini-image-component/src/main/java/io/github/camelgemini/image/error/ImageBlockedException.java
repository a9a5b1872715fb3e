package io.github.camelgemini.image.error;

import io.github.camelgemini.image.secret.OutsideText;
import java.io.Serial;

/** The provider's filters stopped the generation or withheld the picture. Not retried. */
public class ImageBlockedException extends GeminiImageException implements NoPictureError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String finishReason;
    private final String finishMessage;

    /** For the arguments, see the methods of the same names. */
    public ImageBlockedException(String message, String finishReason, String finishMessage, ProviderError provider) {
        super(message, provider, null);
        this.finishReason = OutsideText.word(finishReason);
        this.finishMessage = OutsideText.of(finishMessage);
    }

    /**
     * The finish reason of the API: {@code IMAGE_SAFETY}, {@code SAFETY}, {@code RECITATION}, {@code
     * PROHIBITED_CONTENT}, …
     */
    @Override
    public String getFinishReason() {
        return finishReason;
    }

    /** The API's explanation, or null when it gave none. */
    public String getFinishMessage() {
        return finishMessage;
    }
}
