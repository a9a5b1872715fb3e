package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.TurnOrder;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.time.Duration;

/**
 * The settings for conversations.
 *
 * @param repository stores them
 * @param order of the messages of a conversation, over all endpoints of the component
 * @param maxTurns largest number of answers in a conversation
 * @param maxQueued largest number of messages that wait for their turn
 * @param patience how long a message waits
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
     * @param wanted number of requested pictures
     * @throws io.github.camelgemini.image.error.InvalidRequestException when it is more than one
     */
    public static void onePicture(int wanted) {
        if (wanted != 1) {
            throw new InvalidRequestException(
                    "numImages '" + wanted + "' must be 1 for chat, because a conversation continues from one image");
        }
    }
}
