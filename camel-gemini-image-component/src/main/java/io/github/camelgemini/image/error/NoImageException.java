package io.github.camelgemini.image.error;

import io.github.camelgemini.image.secret.OutsideText;
import io.github.camelgemini.image.secret.Secrets;
import java.io.Serial;

/**
 * The model answered without a picture: it chose to ({@code NO_IMAGE}), answered in words only, or ran out of tokens. Not
 * retried, since the answer is a complete and paid one; another wording of the prompt usually helps.
 */
public class NoImageException extends GeminiImageException implements NoPictureError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String finishReason;
    private final String finishMessage;
    private final String text;

    public NoImageException(
            String message, String finishReason, String finishMessage, String text, ProviderError provider) {
        super(message, provider, null);
        this.finishReason = OutsideText.word(finishReason);
        this.finishMessage = OutsideText.of(finishMessage);
        this.text = Secrets.redact(text);
    }

    /** The API's word: {@code NO_IMAGE}, {@code STOP} with words only, {@code MAX_TOKENS}, …; null when it gave none. */
    @Override
    public String getFinishReason() {
        return finishReason;
    }

    /** The API's sentence about it, or null when it gave none. */
    public String getFinishMessage() {
        return finishMessage;
    }

    /** What the model said instead, or null when it said nothing. */
    public String getText() {
        return text;
    }
}
