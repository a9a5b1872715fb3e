package io.github.camelgemini.image.result;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/**
 * The endpoint in which a route stores its pictures. Each picture becomes a message of its own, with the picture as
 * body, a Content-Type, and a file name that does not depend on the message.
 */
public final class ImageStore implements AutoCloseable {

    private final Endpoint endpoint;
    private final ProducerTemplate template;

    public ImageStore(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.template = endpoint.getCamelContext().createProducerTemplate();
    }

    /**
     * Stores pictures in parallel, without blocking the caller.
     *
     * @return the location of each picture, in order
     */
    CompletableFuture<List<String>> store(ImageResult result, Exchange asked) {
        List<GeneratedImage> images = result.images();
        List<CompletableFuture<Exchange>> stored = IntStream.range(0, images.size())
                .mapToObj(i ->
                        template.asyncSend(endpoint, message(images.get(i), asked.getExchangeId() + "-" + (i + 1))))
                .toList();
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).thenApply(done -> stored.stream()
                .map(exchange -> location(exchange.join(), result.model()))
                .toList());
    }

    private Exchange message(GeneratedImage image, String name) {
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(image.handOut());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, image.mimeType());
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name + "." + image.extension());
        return exchange;
    }

    private String location(Exchange stored, String model) {
        if (stored.getException() != null) {
            throw failure("failed: " + stored.getException().getMessage(), model, stored.getException());
        }
        Message message = stored.getMessage();
        String uri = message.getHeader(ResultHeaders.URI, String.class);
        String file = message.getHeader(Exchange.FILE_NAME_PRODUCED, String.class);
        if (uri == null && file != null && endpoint.getEndpointUri().startsWith("file:")) {
            uri = Path.of(file).toAbsolutePath().normalize().toUri().toString();
        }
        if (uri == null) {
            throw failure(
                    "did not return the address of an image; set it in its route as header " + ResultHeaders.URI,
                    model,
                    null);
        }
        return uri;
    }

    private GeminiImageException failure(String what, String model, Exception cause) {
        return new GeminiImageException("imageStore " + endpoint + " " + what, ProviderError.ofModel(model), cause);
    }

    @Override
    public void close() {
        template.stop();
    }
}
