package io.github.camelgemini.image.result;

import java.io.IOException;
import java.io.OutputStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * Several pictures as the body of a message: an unmodifiable list to split, count and index. Camel copies it, as it does
 * every {@link StreamCache}, for exchanges that go their own way ({@code wireTap}, {@code seda}, parallel branches), so that
 * each has the pictures as long as it needs them; of a plain list it would hand on pictures that belong to another exchange.
 */
public final class GeneratedImages extends AbstractList<GeneratedImage> implements StreamCache {

    private final List<GeneratedImage> images;

    public GeneratedImages(List<GeneratedImage> images) {
        this.images = List.copyOf(images);
    }

    @Override
    public GeneratedImage get(int index) {
        return images.get(index);
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public GeneratedImages copy(Exchange exchange) throws IOException {
        List<GeneratedImage> copies = new ArrayList<>(images.size());
        for (GeneratedImage image : images) {
            copies.add(image.copy(exchange));
        }
        return new GeneratedImages(copies);
    }

    /**
     * Always fails: one after the other in one stream the pictures would be none that anything can open.
     *
     * @throws IOException saying so
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        throw new IOException("The body is a list of " + size()
                + " pictures, which cannot be written as one stream; split" + " it first: split(body())");
    }

    /** Nothing to do: every reader of a picture has a position of its own. */
    @Override
    public void reset() {}

    @Override
    public boolean inMemory() {
        return images.stream().allMatch(GeneratedImage::inMemory);
    }

    /** Size of all in bytes. */
    @Override
    public long length() {
        return images.stream().mapToLong(GeneratedImage::length).sum();
    }

    /** Always -1, which means that there is no position. */
    @Override
    public long position() {
        return -1;
    }
}
