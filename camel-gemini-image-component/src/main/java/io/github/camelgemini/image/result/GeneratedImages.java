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
 * Several pictures as the body of a message: an unmodifiable list to split, count and index. As a {@link StreamCache} it tells
 * an endpoint that wants one stream why there is none. Java serializes it as a list of {@code byte[]}.
 */
public final class GeneratedImages extends AbstractList<GeneratedImage> implements StreamCache, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient List<GeneratedImage> images;

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

    /** This list, which does not change. */
    @Override
    public GeneratedImages copy(Exchange exchange) {
        return this;
    }

    private Object writeReplace() {
        return new ArrayList<>(images);
    }

    /**
     * Always fails: one after the other in one stream the pictures would be none that anything can open.
     *
     * @throws IOException saying so
     */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        throw new IOException("The body is a list of " + size()
                + " images, which cannot be written as one stream; split" + " it first: split(body())");
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
