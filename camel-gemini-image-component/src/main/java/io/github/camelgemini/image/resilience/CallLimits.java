package io.github.camelgemini.image.resilience;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** The limits of one connection, by model: what shares a quota of the API shares a limit. */
public final class CallLimits {

    /** Messages may name models, so there must be an end to them. */
    private static final int MANY = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScheduledExecutorService timer;
    private final Map<String, CallLimit> byModel = new HashMap<>();

    /** @param timer where waits are kept; needs one thread, and no limit of its queue */
    public CallLimits(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** @param model may be null, for calls that are about none */
    synchronized CallLimit of(String model) {
        if (byModel.size() >= MANY) {
            byModel.values().removeIf(CallLimit::isIdle);
        }
        return byModel.computeIfAbsent(String.valueOf(model), name -> new CallLimit(timer, MINUTE));
    }
}
