package io.github.camelgemini.image.request;

import io.github.camelgemini.image.payload.ImageInfo;

/**
 * Is told how a call gets on, by the thread that makes it, so it must return at once. When a call is tried again, it hears
 * everything again.
 */
public interface ProgressListener {

    /** Wants to know nothing. */
    ProgressListener NONE = new ProgressListener() {};

    /** The model thinks; text as it comes, only if thoughts were asked for. */
    default void thought(String text) {}

    /** The model speaks; text as it comes. */
    default void text(String text) {}

    /**
     * So much of the work is done, as a service says that draws by a queue; the same may be told again.
     *
     * @param percent 0 to 100
     */
    default void percent(int percent) {}

    /**
     * Bytes of pictures have come, many times for each picture.
     *
     * @param bytes of all pictures of this call so far, those of the model's thinking included
     */
    default void receiving(long bytes) {}

    /** A picture is there. */
    default void received(ImageInfo picture, long bytes) {}
}
