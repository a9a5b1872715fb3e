package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;

/**
 * The envelope of an answer: the current one, none for {@code X-API-Version: 2}, or the old one if a fault asks for it.
 */
final class Envelope {

    private Envelope() {}

    static Reply of(Incoming incoming, JsonNode data) {
        if (incoming.header("X-API-Version").filter("2"::equals).isPresent()) {
            return Reply.json(200, data);
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        if (incoming.generation().queue.oldestEnvelope) {
            envelope.put("success", true).put("status", 200).set("data", data);
            return Reply.json(200, envelope);
        }
        envelope.set("data", data);
        envelope.putArray("messages");
        return Reply.json(200, envelope);
    }
}
