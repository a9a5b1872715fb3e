package io.github.camelgemini.image.request.fetch;

/**
 * Runs what ends an operation after its time limit, each time on a thread of its own. Closing a stream may hang as long
 * as reading it. That must not delay the end of other operations, nor depend on pools that senders or the application
 * can fill.
 */
public final class LateThread {

    private LateThread() {}

    /** Runs a task on a daemon thread. */
    public static void run(Runnable end) {
        Thread thread = new Thread(end, "GeminiImageLate");
        thread.setDaemon(true);
        thread.start();
    }
}
