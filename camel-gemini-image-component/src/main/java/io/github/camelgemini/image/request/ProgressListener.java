package io.github.camelgemini.image.request;

import io.github.camelgemini.image.payload.ImageInfo;

/**
 * Receives the progress of a call, on the thread that makes it, so methods must return at once. A retry reports
 * everything again.
 */
public interface ProgressListener {

    /** Ignores all events. */
    ProgressListener NONE = new ProgressListener() {};

    /** A piece of a thought. Only if thoughts were requested. */
    default void thought(String text) {}

    /** A piece of text. */
    default void text(String text) {}

    /**
     * The progress in percent, from a service with a queue. The same value may be reported repeatedly.
     *
     * @param percent 0 to 100
     */
    default void percent(int percent) {}

    /**
     * Bytes of pictures have arrived. Called many times for each picture.
     *
     * @param bytes of all pictures of this call so far, including interim pictures
     */
    default void receiving(long bytes) {}

    /** A picture has arrived completely. */
    default void received(ImageInfo picture, long bytes) {}
}
