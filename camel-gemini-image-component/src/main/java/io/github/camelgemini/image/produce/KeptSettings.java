package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.repository.KnownRequests;
import io.github.camelgemini.image.repository.ResultRepository;
import io.github.camelgemini.image.request.RequestHeaders;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The settings for stored results.
 *
 * @param repository stores the results, or null
 * @param requestId gives the id of a message; null if only its header can
 * @param patience how long to wait for a request that another process sends
 */
public record KeptSettings(ResultRepository repository, Expression requestId, Duration patience) {

    /**
     * Checks the options.
     *
     * @throws InvalidRequestException when there is an expression and no repository
     */
    public KeptSettings {
        if (requestId != null && repository == null) {
            throw new InvalidRequestException(
                    "option requestId requires resultRepository or resultFolder, where results are stored");
        }
    }

    /**
     * The id of a message.
     *
     * @return empty when it has none, and no option gives one
     * @throws InvalidRequestException when the expression gives none, or it cannot be used
     */
    Optional<String> idOf(Exchange exchange) {
        String header = exchange.getMessage().getHeader(RequestHeaders.REQUEST_ID, String.class);
        if (header != null && repository == null) {
            throw new InvalidRequestException("header " + RequestHeaders.REQUEST_ID
                    + " requires the option resultRepository or resultFolder, where results are stored");
        }
        if (header != null) {
            KnownRequests.check(header);
            return Optional.of(header);
        }
        if (requestId == null) {
            return Optional.empty();
        }
        String id = requestId.evaluate(exchange, String.class);
        if (id == null || id.isBlank()) {
            throw new InvalidRequestException("option requestId '" + requestId + "' gives no id for this message");
        }
        KnownRequests.check(id);
        return Optional.of(id);
    }
}
