package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StreamCache;

/**
 * Any aggregation strategy, for the {@code aggregate} of a route whose exchanges have pictures as body.
 *
 * <p>An aggregator collects exchanges that are done, and with each its picture is gone; Camel's own stream caches have
 * the same limit. This one makes the aggregate an owner of every {@link StreamCache}, as pictures are, that comes in as a
 * body, or in a body that is a list. {@code split}, {@code multicast} and {@code recipientList} do not need it.
 */
public final class PayloadAggregationStrategy implements AggregationStrategy {

    private final AggregationStrategy strategy;

    /** The strategy that does the aggregation. */
    public PayloadAggregationStrategy(AggregationStrategy strategy) {
        this.strategy = Objects.requireNonNull(strategy);
    }

    @Override
    public Exchange aggregate(Exchange old, Exchange added) {
        own(added);
        return handOver(old, added, strategy.aggregate(old, added));
    }

    @Override
    public Exchange aggregate(Exchange old, Exchange added, Exchange input) {
        own(added);
        return handOver(old, added, strategy.aggregate(old, added, input));
    }

    @Override
    public boolean canPreComplete() {
        return strategy.canPreComplete();
    }

    @Override
    public boolean preComplete(Exchange old, Exchange added) {
        return strategy.preComplete(old, added);
    }

    @Override
    public void onCompletion(Exchange exchange) {
        strategy.onCompletion(exchange);
    }

    @Override
    public void onCompletion(Exchange exchange, Exchange input) {
        strategy.onCompletion(exchange, input);
    }

    @Override
    public void timeout(Exchange exchange, int index, int total, long timeout) {
        strategy.timeout(exchange, index, total, timeout);
    }

    @Override
    public void onOptimisticLockFailure(Exchange old, Exchange added) {
        strategy.onOptimisticLockFailure(old, added);
    }

    private static void own(Exchange added) {
        Object body = added.getMessage().getBody();
        if (body instanceof StreamCache cache) {
            added.getMessage().setBody(copy(cache, added));
        } else if (body instanceof List<?> list) {
            List<Object> copies = new ArrayList<>(list.size());
            for (Object item : list) {
                copies.add(item instanceof StreamCache cache ? copy(cache, added) : item);
            }
            added.getMessage().setBody(copies);
        }
    }

    private static StreamCache copy(StreamCache cache, Exchange owner) {
        try {
            StreamCache copy = cache.copy(owner);
            return copy == null ? cache : copy;
        } catch (IOException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** Only the result will ever be done, so it takes over what is to happen then. */
    private static Exchange handOver(Exchange old, Exchange added, Exchange result) {
        for (Exchange from : new Exchange[] {old, added}) {
            if (from != null && from != result && result != null) {
                from.getExchangeExtension().handoverCompletions(result);
            }
        }
        return result;
    }
}
