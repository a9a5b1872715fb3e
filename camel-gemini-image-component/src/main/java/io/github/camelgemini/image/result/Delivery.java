package io.github.camelgemini.image.result;

import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.payload.Payload;
import org.apache.camel.Exchange;

/**
 * A result in the form in which a message gets it. Writing it cannot fail any more.
 *
 * @param json the result as JSON, if requested, else null
 */
public record Delivery(ImageResult result, Output output, Payload json) {

    /** Writes the message. */
    public void write(Exchange exchange) {
        if (json == null) {
            ResultWriter.write(result, output, exchange);
        } else {
            ResultWriter.writeJson(result, json, exchange);
        }
    }

    /** Discards the result, when no message gets it. */
    public void discard() {
        if (json != null) {
            json.discard();
        }
        result.discard();
    }
}
