package io.github.camelgemini.image.request;

/**
 * A request of a batch. Close it after it was sent.
 *
 * @param key unique in the batch
 * @param request complete and checked
 */
public record KeyedRequest(String key, ImageRequest request) implements AutoCloseable {

    @Override
    public void close() {
        request.close();
    }
}
