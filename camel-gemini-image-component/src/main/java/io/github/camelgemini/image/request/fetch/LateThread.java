package io.github.camelgemini.image.request.fetch;

/**
 * Where that is ended whose time is up: a thread of its own each time. Closing a stream may hang as long as reading it does,
 * and must neither hold up the end of others, nor depend on pools that whoever sends messages, or the application, can fill.
 */
public final class LateThread {

    private LateThread() {}

    /** Runs it on another thread, which holds up no end of the JVM. */
    public static void run(Runnable end) {
        Thread thread = new Thread(end, "GeminiImageLate");
        thread.setDaemon(true);
        thread.start();
    }
}
