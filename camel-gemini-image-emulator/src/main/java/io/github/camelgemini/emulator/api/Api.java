package io.github.camelgemini.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A service of the emulator. It turns a request into the reply of a healthy server, with the changes that faults make,
 * and reports errors in its own format. Thread-safe.
 *
 * <p>A service knows nothing of scripts, logs and sockets. Its paths are relative to its own.
 */
public interface Api {

    /** All operations, as {@link Target#operation()} names them. */
    Set<String> operations();

    /**
     * What a URL asks for; empty when the service has no such URL.
     *
     * @param path decoded
     * @param query as sent, or null
     */
    Optional<Target> target(String method, String path, String query);

    /** Which strings in a request's JSON are pictures. */
    PictureFields pictureFields();

    /** The model that a request names; empty when it names none. */
    String model(Target target, JsonNode body);

    /** The prompt. */
    String prompt(JsonNode body);

    /** The beginning of an answer, up to the first letter of a long text. For answers that never end. */
    String opening();

    /** The answer of a healthy server, including errors for invalid requests. */
    CompletableFuture<Reply> reply(Incoming incoming);

    /** An error in the service's own format. */
    Reply error(Incoming incoming, Trouble trouble);

    /** Removes the state of earlier requests. */
    void clear();
}
