package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.TurnOrder;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.time.Duration;

/**
 * How conversations go on.
 *
 * @param repository where they are kept
 * @param order of the messages that belong to one, whatever endpoint of the component they come to
 * @param maxTurns how many answers one may have
 * @param maxQueued how many messages may wait for their turn
 * @param patience how long each of them waits
 */
public record ChatSettings(
        ConversationRepository repository, TurnOrder order, int maxTurns, int maxQueued, Duration patience) {

    public ChatSettings {
        if (maxTurns < 1) {
            throw new InvalidRequestException("option conversationMaxTurns '" + maxTurns + "' must be at least 1");
        }
    }

    /**
     * Refuses several pictures at a time.
     *
     * @param wanted how many are
     */
    public static void onePicture(int wanted) {
        if (wanted != 1) {
            throw new InvalidRequestException(
                    "numImages '" + wanted + "' must be 1 for chat, because a conversation continues from one image");
        }
    }
}
