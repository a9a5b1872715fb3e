package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.batch.BatchResult;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.result.Deliveries;
import io.github.camelgemini.image.result.FormatConversion;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import io.github.camelgemini.image.secret.OutsideFailure;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/** Writes results of batches into exchanges. */
final class ResultExchanges {

    private final FormatConversion conversion;
    private final Deliveries deliveries;
    private final ConsumerOptions options;

    ResultExchanges(FormatConversion conversion, Deliveries deliveries, ConsumerOptions options) {
        this.conversion = conversion;
        this.deliveries = deliveries;
        this.options = options;
    }

    /**
     * Writes pictures as {@code generate} does, or the failure.
     *
     * @return false when a picture cannot be converted; the exchange then has this failure
     */
    boolean write(BatchResult result, Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(BatchHeaders.BATCH_ID, result.batch());
        if (result.key() != null) {
            message.setHeader(BatchHeaders.BATCH_KEY, result.key());
        }
        message.setHeader(BatchHeaders.BATCH_JOB_ID, result.job().id());
        message.setHeader(BatchHeaders.BATCH_STATE, result.job().state().name());
        if (result.failure() != null) {
            boolean known = ResultWriter.writeNoPicture(result.failure(), exchange);
            if (!known || options.failOnBlocked()) {
                fail(exchange, result.failure());
            }
            return true;
        }
        ImageResult converted;
        try {
            converted = conversion.apply(result.result(), options.encoding());
        } catch (LocalStorageException e) {
            throw e;
        } catch (Throwable e) {
            fail(exchange, e);
            return false;
        }
        try {
            deliveries
                    .prepare(converted, options.output(), Map.of(), null, exchange)
                    .join()
                    .write(exchange);
            return true;
        } catch (Throwable e) {
            converted.discard();
            throw e;
        }
    }

    /**
     * Passes an exchange to the route's error handler and its {@code onException}, before the first step. There are no
     * redeliveries, since they would run the route without a picture. Camel's own {@code bridgeErrorHandler} does the
     * same.
     */
    static void fail(Exchange exchange, Throwable failure) {
        Throwable told = OutsideFailure.of(failure);
        exchange.setException(told);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, told);
        exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
        exchange.getExchangeExtension().setRedeliveryExhausted(true);
    }
}
