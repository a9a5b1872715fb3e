package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.wire.Transfer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** How one request will be answered: the service's own behaviour, changed by scripted faults. */
final class Plan {

    /** The time before anything is sent. */
    Duration delay = Duration.ZERO;
    /** Additional time for an answer of a model; errors have none. */
    Duration latency = Duration.ZERO;
    /** The answer that replaces that of the service; null for the service's own. */
    private Function<Api, Reply> reply;
    /** The error to report instead; null for none. */
    private Trouble trouble;
    /** Whether the service processes the request and its answer is lost. */
    boolean answerLost;
    /** The answer that replaces the service's after it has processed the request; null for the service's own. */
    Reply instead;
    /** Text after the body; null for none. */
    String trailer;
    /** Additional response headers. */
    final Map<String, String> headers = new LinkedHashMap<>();

    final Generation generation = new Generation();
    final Transfer transfer = new Transfer();

    /** Also replaces an error. */
    void answer(Function<Api, Reply> instead) {
        reply = instead;
        trouble = null;
    }

    /** Also replaces another answer. */
    void fail(Trouble instead) {
        trouble = instead;
        reply = null;
    }

    Function<Api, Reply> reply() {
        return reply;
    }

    Trouble trouble() {
        return trouble;
    }

    /** Whether the service processes the request. */
    boolean isServed() {
        return reply == null && trouble == null;
    }
}
