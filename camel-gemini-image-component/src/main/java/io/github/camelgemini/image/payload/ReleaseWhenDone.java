package io.github.camelgemini.image.payload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.InflightRepository.InflightExchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Ends an exchange's ownership of a payload when the exchange is done, or hands it on to the exchange that waits for the
 * result.
 *
 * <p>A Kamelet, a {@code circuitBreaker}, a {@code recipientList}, {@code enrich} from a route, and {@code seda} with a
 * reply work on a copy of the caller's exchange with a unit of work of its own. It is done before the caller goes on with the result, and Camel
 * hands no completions over there. The copy knows its caller by id only, so that one is looked up among the exchanges in
 * flight; the component has the context keep them.
 */
final class ReleaseWhenDone extends SynchronizationAdapter {

    private final Payload payload;
    /** From the id of a copy to that of its caller, all the way up. */
    private final Map<String, String> callers = new HashMap<>();

    /** @param owner who got the payload; its callers are noted now, since each result that comes back overwrites them */
    ReleaseWhenDone(Payload payload, Exchange owner) {
        this.payload = payload;
        Exchange copy = owner;
        String caller = callerOf(owner);
        while (caller != null && callers.putIfAbsent(copy.getExchangeId(), caller) == null) {
            copy = withId(caller, inFlight(owner)).orElse(null);
            caller = copy == null ? null : callerOf(copy);
        }
    }

    @Override
    public void onDone(Exchange done) {
        String callerId = callers.getOrDefault(done.getExchangeId(), callerOf(done));
        if (callerId == null) {
            payload.release();
            return;
        }
        List<Exchange> others =
                inFlight(done).stream().filter(other -> other != done).toList();
        Optional<Exchange> caller = withId(callerId, others);
        // By what came back from a copy of its own, whose caller it was: that names no caller of this one.
        boolean overwritten = callerId.equals(done.getExchangeId());
        if (caller.isEmpty() && (isOfKamelet(done) || (isAnswered(done) && !overwritten))) {
            caller = onlyRelative(done, others);
        }
        if (caller.isPresent() && isAwaited(done, caller.get())) {
            // It waits for the result, so it is not busy with its completions.
            caller.get().getExchangeExtension().addOnCompletion(this);
        } else if (caller.isPresent() || !isOfKamelet(done)) {
            payload.release();
        }
        // Else a Kamelet whose caller cannot be told from others: the picture lives until it is garbage collected.
    }

    private static String callerOf(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
    }

    private static List<Exchange> inFlight(Exchange one) {
        return one.getContext().getInflightRepository().browse().stream()
                .map(InflightExchange::getExchange)
                .toList();
    }

    private static Optional<Exchange> withId(String id, List<Exchange> exchanges) {
        return exchanges.stream().filter(e -> e.getExchangeId().equals(id)).findFirst();
    }

    /** Copies share a clock. For callers that are copies without a unit of work, as in enrich, or were overwritten. */
    private static Optional<Exchange> onlyRelative(Exchange done, List<Exchange> others) {
        List<Exchange> relatives =
                others.stream().filter(e -> e.getClock() == done.getClock()).toList();
        return relatives.size() == 1 ? Optional.of(relatives.get(0)) : Optional.empty();
    }

    /** Not after fire and forget, which is the exchange of another route without a reply; nor by one that completes already. */
    private static boolean isAwaited(Exchange done, Exchange caller) {
        if (isOnCompletion(done) && !isOnCompletion(caller)) {
            return false;
        }
        return isOfKamelet(done) || isAnswered(done) || Objects.equals(done.getFromRouteId(), caller.getFromRouteId());
    }

    private static boolean isOnCompletion(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.ON_COMPLETION) != null;
    }

    private static boolean isAnswered(Exchange done) {
        return done.getPattern().isOutCapable();
    }

    /** A copy that runs in a Kamelet; what a template sends to one has no route. */
    private static boolean isOfKamelet(Exchange exchange) {
        return exchange.getFromRouteId() != null
                && exchange.getFromEndpoint() != null
                && exchange.getFromEndpoint().getEndpointUri().startsWith("kamelet:");
    }

    @Override
    public String toString() {
        return "Release[" + payload + "]";
    }
}
