package io.github.camelgemini.image.resilience;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** The limits of one connection, by model. Models with a common quota of the API share a limit. */
public final class CallLimits {

    /** The limit for models, since messages may name any number. */
    private static final int MANY = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScheduledExecutorService timer;
    private final UnaryOperator<String> nameOf;
    private final Map<String, CallLimit> byModel = new HashMap<>();

    /**
     * Creates the limits, without any model yet.
     *
     * @param timer schedules waits; needs one thread, and an unbounded queue
     * @param nameOf gives a single name for a model that can be called by several
     */
    public CallLimits(ScheduledExecutorService timer, UnaryOperator<String> nameOf) {
        this.timer = timer;
        this.nameOf = nameOf;
    }

    /**
     * @param model may be null, for calls without a model
     */
    synchronized CallLimit of(String model) {
        if (byModel.size() >= MANY) {
            byModel.values().removeIf(CallLimit::isIdle);
        }
        return byModel.computeIfAbsent(
                model == null ? "none" : nameOf.apply(model), name -> new CallLimit(timer, MINUTE));
    }

    /** The state for each recently used model; calls without a model are under {@code none}. */
    public synchronized Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        byModel.forEach((model, limit) -> states.put(model, limit.state(State::new)));
        return states;
    }

    /**
     * The state of the calls of one model.
     *
     * @param inFlight number of calls in flight
     * @param waiting number of calls that wait for their turn
     * @param allowed limit for calls in flight: {@code maxConcurrentRequests}, or fewer after the API has reported too
     *     many calls or an overload
     * @param pause for which no call begins because of the API; zero for none
     */
    public record State(int inFlight, int waiting, int allowed, Duration pause) {

        /** The sum over two connections. */
        public State plus(State other) {
            return new State(
                    inFlight + other.inFlight,
                    waiting + other.waiting,
                    allowed + other.allowed,
                    pause.compareTo(other.pause) > 0 ? pause : other.pause);
        }
    }
}
