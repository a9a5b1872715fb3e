package io.github.camelgemini.image.resilience;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** The limits of one connection, by model: what shares a quota of the API shares a limit. */
public final class CallLimits {

    /** Messages may name models, so there must be an end to them. */
    private static final int MANY = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScheduledExecutorService timer;
    private final UnaryOperator<String> nameOf;
    private final Map<String, CallLimit> byModel = new HashMap<>();

    /**
     * Limits of models that nobody has asked yet.
     *
     * @param timer where waits are kept; needs one thread, and no limit of its queue
     * @param nameOf gives one name for all that a model may be asked by
     */
    public CallLimits(ScheduledExecutorService timer, UnaryOperator<String> nameOf) {
        this.timer = timer;
        this.nameOf = nameOf;
    }

    /** @param model may be null, for calls that are about none */
    synchronized CallLimit of(String model) {
        if (byModel.size() >= MANY) {
            byModel.values().removeIf(CallLimit::isIdle);
        }
        return byModel.computeIfAbsent(
                model == null ? "none" : nameOf.apply(model), name -> new CallLimit(timer, MINUTE));
    }

    /** How it stands with each model that was asked lately; calls that are about none are under {@code none}. */
    public synchronized Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        byModel.forEach((model, limit) -> states.put(model, limit.state(State::new)));
        return states;
    }

    /**
     * How it stands with the calls of one model.
     *
     * @param inFlight calls that are with the API
     * @param waiting calls that wait for their turn
     * @param allowed calls that may be in flight: {@code maxConcurrentRequests}, or fewer after the API said that it was too
     *     many or the model overloaded
     * @param pause for which no call begins, because the API said so; zero when it did not
     */
    public record State(int inFlight, int waiting, int allowed, Duration pause) {

        /** That of two connections together. */
        public State plus(State other) {
            return new State(
                    inFlight + other.inFlight,
                    waiting + other.waiting,
                    allowed + other.allowed,
                    pause.compareTo(other.pause) > 0 ? pause : other.pause);
        }
    }
}
