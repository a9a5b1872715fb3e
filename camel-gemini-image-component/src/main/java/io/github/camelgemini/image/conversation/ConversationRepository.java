package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where {@code gemini-image:chat} keeps conversations between two messages: JSON under an id. To use one of your own, bind
 * it in the registry and name it in the option {@code conversationRepository}.
 *
 * <p>The JSON is the {@code contents} of the Gemini API with all pictures as Base64, so a conversation of ten pictures has
 * ten megabytes and more: it is given and taken as a stream. Ids come from messages, so they are text of up to 256
 * characters that may look like anything, also like a path.
 *
 * <p>Methods are called on worker threads and may block. The component calls none for an id before the one for the same id
 * has returned; different ids are used at the same time.
 */
public interface ConversationRepository {

    /**
     * Looks a conversation up.
     *
     * @return its JSON from the start, to be closed by the caller; or empty when there is none, or no more
     */
    Optional<InputStream> load(String id) throws IOException;

    /**
     * Keeps a conversation in place of the former one of that id. When this fails, the former one must still be there.
     *
     * @param contents the JSON; readable only until this returns
     */
    void save(String id, PayloadSource contents) throws IOException;

    /** Forgets a conversation; does nothing when there is none. */
    void remove(String id) throws IOException;
}
