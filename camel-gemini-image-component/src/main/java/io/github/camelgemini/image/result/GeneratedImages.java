package io.github.camelgemini.image.result;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * Several pictures as the body of a message: an unmodifiable list to split, count and index. It is a {@link
 * StreamCache} to explain to endpoints that need one stream why there is none. Java serialization turns it into a list
 * of {@code byte[]}.
 */
public final class GeneratedImages extends AbstractList<GeneratedImage> implements StreamCache, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient List<GeneratedImage> images;

    /** The pictures of a result, in order. */
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

    /** Gives this list, because it is immutable. */
    @Override
    public GeneratedImages copy(Exchange exchange) {
        return this;
    }

    private Object writeReplace() {
        return new ArrayList<>(images);
    }

    /**
     * Always fails: several pictures in one stream would not be a readable file.
     *
     * @throws IOException explains this
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        throw new IOException("The body is a list of " + size()
                + " images, which cannot be written as one stream; split" + " it first: split(body())");
    }

    /** Does nothing: every reader of a picture has its own position. */
    @Override
    public void reset() {}

    @Override
    public boolean inMemory() {
        return images.stream().allMatch(GeneratedImage::inMemory);
    }

    /** The total size in bytes. */
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
