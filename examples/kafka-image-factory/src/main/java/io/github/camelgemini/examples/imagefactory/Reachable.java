package io.github.camelgemini.examples.imagefactory;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.kafka.clients.admin.Admin;

/** Asks, before anything is started, whether it can work at all: else it would try again and again, and say so only in logs. */
final class Reachable {

    private static final int BROKER_MILLIS = 5_000;

    private Reachable() {}

    /**
     * Asks the API for its models, which costs nothing, with the key and the options of a worker.
     *
     * @throws IllegalStateException with a sentence, when it is not reached or refuses the key
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
     * Asks a broker who it is.
     *
     * @param brokers as in {@code bootstrap.servers}
     * @throws IllegalStateException with a sentence, when none of them answers
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
