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

/** Brings results into the form in which messages get them. */
public final class Deliveries {

    private final ImageStore imageStore;
    private final PayloadStore store;

    /** @param imageStore that keeps the pictures which JSON tells of, or null */
    public Deliveries(ImageStore imageStore, PayloadStore store) {
        this.imageStore = imageStore;
        this.store = store;
    }

    /**
     * Makes of a result what is wanted. For JSON the pictures are stored first, where the route has a store.
     *
     * @param parameters that JSON tells again, by the names of their fields
     * @param nextTurnContents the conversation to go on with, for JSON, or null
     * @return what is left to write into the message, once nothing can fail any more
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
