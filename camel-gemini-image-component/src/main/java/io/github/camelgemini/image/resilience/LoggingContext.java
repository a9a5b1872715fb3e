package io.github.camelgemini.image.resilience;

import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.MDC;

/**
 * The MDC of a route's thread, for the threads that continue its work. Without it, their log lines could not be
 * assigned to a route.
 */
public final class LoggingContext {

    private final Map<String, String> values;

    private LoggingContext(Map<String, String> values) {
        this.values = values;
    }

    /** The MDC of the current thread. */
    public static LoggingContext current() {
        return new LoggingContext(MDC.getCopyOfContextMap());
    }

    /** A task that runs with this MDC. */
    public Runnable around(Runnable step) {
        if (values == null || values.isEmpty()) {
            return step;
        }
        return () -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            MDC.setContextMap(values);
            try {
                step.run();
            } finally {
                if (before == null) {
                    MDC.clear();
                } else {
                    MDC.setContextMap(before);
                }
            }
        };
    }

    /** An executor whose tasks run with this MDC. */
    public Executor around(Executor executor) {
        return step -> executor.execute(around(step));
    }
}
