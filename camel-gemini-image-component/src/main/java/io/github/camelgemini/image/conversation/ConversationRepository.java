package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Stores the conversations of {@code gemini-image:chat} between two messages: JSON under an id. To use your own, bind
 * it in the registry and name it in the option {@code conversationRepository}.
 *
 * <p>The JSON is the {@code contents} of the Gemini API with all pictures in Base64. A conversation with ten pictures
 * has ten megabytes or more, so it is passed as a stream. Ids come from messages. They are texts of up to 256
 * characters with any content; one may look like a path.
 *
 * <p>Methods are called on worker threads and may block. For one id, the component makes one call at a time. Calls for
 * different ids may run in parallel.
 */
public interface ConversationRepository {

    /**
     * Reads a conversation.
     *
     * @return its JSON, to be closed by the caller; empty when there is none, or it has expired
     */
    Optional<InputStream> load(String id) throws IOException;

    /**
     * Stores a conversation, and replaces the earlier one of that id. If this fails, the earlier one must still exist.
     *
     * @param contents the JSON; readable only until this method returns
     */
    void save(String id, PayloadSource contents) throws IOException;

    /** Deletes a conversation; does nothing when there is none. */
    void remove(String id) throws IOException;
}
