package io.github.camelgemini.examples.emaileditor;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.util.Optional;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Listens to Camel for a failure that every mail would have. */
final class Hopeless extends EventNotifierSupport {

    private volatile String reason;

    /** Why no mail will get a reply; empty if there is no such failure. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeFailedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Throwable failure = ((ExchangeFailedEvent) event).getCause();
        boolean ofAll = failure instanceof AuthenticationException
                || failure instanceof QuotaExhaustedException
                || failure instanceof BudgetExceededException
                || failure instanceof ModelNotFoundException
                || (failure instanceof ServiceUnavailableException unavailable && unavailable.getHttpStatus() == 0);
        if (ofAll) {
            reason = failure.getMessage();
        }
    }
}
