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

/** How one request will be answered: as the service does, changed by the faults that were scripted for it. */
final class Plan {

    /** Time before anything is sent. */
    Duration delay = Duration.ZERO;
    /** Further time before an answer with a picture or without one; errors come without it. */
    Duration latency = Duration.ZERO;
    /** The answer that replaces that of the service; null for the service's own. */
    private Function<Api, Reply> reply;
    /** What the service has to say instead; null for nothing. */
    private Trouble trouble;
    /** The service does what it was asked to, and its answer is lost. */
    boolean answerLost;
    /** What is answered after the service has done what it was asked to; null for what the service answers. */
    Reply instead;
    /** What follows the body; null for nothing. */
    String trailer;
    /** Response headers in addition. */
    final Map<String, String> headers = new LinkedHashMap<>();

    final Generation generation = new Generation();
    final Transfer transfer = new Transfer();

    /** Instead of an error, too. */
    void answer(Function<Api, Reply> instead) {
        reply = instead;
        trouble = null;
    }

    /** Instead of another answer, too. */
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

    /** Whether the service does what it was asked to. */
    boolean isServed() {
        return reply == null && trouble == null;
    }
}
