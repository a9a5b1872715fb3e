package io.github.camelgemini.examples.imagefactory;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.kafka.clients.admin.Admin;

/**
 * Checks before the start whether API and broker are available. Otherwise workers would retry endlessly, and only log
 * the failures.
 */
final class Reachable {

    private static final int BROKER_MILLIS = 5_000;

    private Reachable() {}

    /**
     * Asks the API for its models, which costs nothing, with the key and the options of a worker.
     *
     * @throws IllegalStateException when the API is not available or refuses the key
     */
    static void api() throws Exception {
        Main camel = new Main();
        camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
        camel.addOverrideProperty("camel.component.gemini-image.max-retries", "0");
        camel.start();
        try {
            Exchange answer =
                    camel.getCamelContext().createProducerTemplate().request("gemini-image:models", exchange -> {});
            Exception failure = answer.getException();
            boolean hopeless = failure instanceof AuthenticationException
                    || (failure instanceof ServiceUnavailableException unavailable && unavailable.getHttpStatus() == 0);
            if (hopeless) {
                throw new IllegalStateException("The API cannot draw: " + failure.getMessage(), failure);
            }
        } finally {
            camel.stop();
        }
    }

    /**
     * Connects to a broker.
     *
     * @param brokers as in {@code bootstrap.servers}
     * @throws IllegalStateException when none of them answers
     */
    static void broker(String brokers) throws InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                brokers,
                "request.timeout.ms",
                BROKER_MILLIS,
                "default.api.timeout.ms",
                BROKER_MILLIS,
                "reconnect.backoff.ms",
                BROKER_MILLIS,
                "reconnect.backoff.max.ms",
                BROKER_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "No broker answers at " + brokers + ": " + e.getCause().getMessage(), e);
        }
    }
}
