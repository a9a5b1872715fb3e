package io.github.camelgemini.image.error;

import io.github.camelgemini.image.secret.OutsideText;
import io.github.camelgemini.image.secret.Secrets;
import java.io.Serial;

/**
 * The model answered without a picture: it decided so ({@code NO_IMAGE}), answered with text only, or ran out of
 * tokens. Not retried, since the answer is complete and billed. A different prompt usually helps.
 */
public class NoImageException extends GeminiImageException implements NoPictureError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String finishReason;
    private final String finishMessage;
    private final String text;

    /** For the other arguments, see the methods of the same names. */
    public NoImageException(
            String message, String finishReason, String finishMessage, String text, ProviderError provider) {
        super(message, provider, null);
        this.finishReason = OutsideText.word(finishReason);
        this.finishMessage = OutsideText.of(finishMessage);
        this.text = Secrets.redact(text);
    }

    /**
     * The finish reason of the API: {@code NO_IMAGE}, {@code STOP} with text only, {@code MAX_TOKENS}, …; null when it
     * gave none.
     */
    @Override
    public String getFinishReason() {
        return finishReason;
    }

    /** The API's explanation, or null when it gave none. */
    public String getFinishMessage() {
        return finishMessage;
    }

    /** The text of the answer, or null when there was none. */
    public String getText() {
        return text;
    }
}
