package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.wire.Transfer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** How one request will be answered: as the API does, changed by the faults that were scripted for it. */
final class Plan {

    /** Time before anything is sent. */
    Duration delay = Duration.ZERO;
    /** Further time before an answer with a picture or without one; errors come without it. */
    Duration latency = Duration.ZERO;
    /** The answer that replaces the API's own; null for the API's own. */
    Function<ReceivedRequest, Reply> reply;
    /** What follows the body; null for nothing. */
    String trailer;
    /** Response headers in addition. */
    final Map<String, String> headers = new LinkedHashMap<>();

    /** Whether a fault was scripted for it. */
    boolean scripted;

    final Generation generation = new Generation();
    final Transfer transfer = new Transfer();
}
