package io.github.camelgemini.endpoints;

import java.util.Map;
import java.util.Optional;

/** A server that pictures are sent to. */
interface Receiver extends AutoCloseable {

    /** What the sending JVM has to know of it, as properties of Camel. */
    Map<String, String> properties();

    /** The picture that came since the last call, if one did; it is forgotten then. */
    Optional<Received> take() throws Exception;

    @Override
    void close() throws Exception;
}
