package io.github.camelgemini.image.result;

import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.payload.Payload;
import org.apache.camel.Exchange;

/**
 * A result in the form in which a message gets it; all that can fail is behind it.
 *
 * @param json the result as JSON, where it is wanted so, else null
 */
public record Delivery(ImageResult result, Output output, Payload json) {

    /** Gives the message what it asked for. */
    public void write(Exchange exchange) {
        if (json == null) {
            ResultWriter.write(result, output, exchange);
        } else {
            ResultWriter.writeJson(result, json, exchange);
        }
    }

    /** Discards it, when no message gets it. */
    public void discard() {
        if (json != null) {
            json.discard();
        }
        result.discard();
    }
}
