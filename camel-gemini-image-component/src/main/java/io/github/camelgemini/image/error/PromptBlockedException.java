package io.github.camelgemini.image.error;

import io.github.camelgemini.image.secret.OutsideText;
import java.io.Serial;

/** The prompt (text or reference images) was refused before generation began. Not retried. */
public class PromptBlockedException extends GeminiImageException implements NoPictureError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String blockReason;

    /**
     * @param blockReason see {@link #getBlockReason}
     */
    public PromptBlockedException(String message, String blockReason, ProviderError provider) {
        super(message, provider, null);
        this.blockReason = OutsideText.word(blockReason);
    }

    /**
     * The block reason of the API: {@code SAFETY}, {@code PROHIBITED_CONTENT}, {@code BLOCKLIST}, {@code IMAGE_SAFETY},
     * …
     */
    public String getBlockReason() {
        return blockReason;
    }
}
