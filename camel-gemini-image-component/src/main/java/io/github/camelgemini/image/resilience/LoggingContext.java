package io.github.camelgemini.image.resilience;

import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.MDC;

/** The MDC of a route's thread, for the threads that go on in its place; without it their log lines belong to no route. */
public final class LoggingContext {

    private final Map<String, String> values;

    private LoggingContext(Map<String, String> values) {
        this.values = values;
    }

    /** That of this thread. */
    public static LoggingContext current() {
        return new LoggingContext(MDC.getCopyOfContextMap());
    }

    /** The same step with this context. */
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

    /** The same executor, whose steps have this context. */
    public Executor around(Executor executor) {
        return step -> executor.execute(around(step));
    }
}
