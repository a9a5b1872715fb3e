package io.github.camelgemini.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A service on the emulator's server: from a request to the reply of a healthy server, with the changes that faults make
 * to it, and in whose words errors are said. Thread-safe.
 *
 * <p>A service knows nothing of scripts, logs and sockets; paths are those below its own.
 */
public interface Api {

    /** The operations that there are, as {@link Target#operation()} names them. */
    Set<String> operations();

    /**
     * What a URL asks for; nothing when the service has no such URL.
     *
     * @param path decoded
     * @param query as sent, or null
     */
    Optional<Target> target(String method, String path, String query);

    /** Which texts of a request's JSON are pictures. */
    PictureFields pictureFields();

    /** The model that a request names; empty when it names none. */
    String model(Target target, JsonNode body);

    /** The text that is to be drawn. */
    String prompt(JsonNode body);

    /** How an answer begins, up to the first letter of a long text in it: for answers that never end. */
    String opening();

    /** The answer of a healthy server, an error for what it does not accept among them. */
    CompletableFuture<Reply> reply(Incoming incoming);

    /** An error in the service's own form and words. */
    Reply error(Incoming incoming, Trouble trouble);

    /** Forgets what earlier requests have left. */
    void clear();
}
