package io.github.camelgemini.image.result;

import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;

/** Converts results to the form in which messages get them. */
public final class Deliveries {

    private final ImageStore imageStore;
    private final PayloadStore store;

    /**
     * @param imageStore stores the pictures of JSON results, or null
     */
    public Deliveries(ImageStore imageStore, PayloadStore store) {
        this.imageStore = imageStore;
        this.store = store;
    }

    /**
     * Converts a result. For JSON the pictures are stored first, if the route has a store.
     *
     * @param parameters that the JSON repeats, by the names of their fields
     * @param nextTurnContents the conversation so far, for JSON, or null
     * @return writes the message; cannot fail any more
     */
    public CompletableFuture<Delivery> prepare(
            ImageResult result,
            Output output,
            Map<String, Object> parameters,
            Payload nextTurnContents,
            Exchange exchange) {
        if (output != Output.JSON) {
            return CompletableFuture.completedFuture(new Delivery(result, output, null));
        }
        CompletableFuture<List<String>> uris =
                imageStore == null ? CompletableFuture.completedFuture(List.of()) : imageStore.store(result, exchange);
        return uris.thenApply(stored -> {
            try {
                Payload json = ResultJson.write(result, parameters, stored, nextTurnContents, store);
                return new Delivery(result, output, json);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }
}
