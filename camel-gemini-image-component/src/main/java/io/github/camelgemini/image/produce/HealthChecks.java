package io.github.camelgemini.image.produce;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.resilience.CallLimits;
import io.github.camelgemini.image.secret.OutsideFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health checks of a producer, in Camel's repository {@code producers}, which is off by default. Liveness means
 * that the producer could start with its options, readiness that the service knows its model. Neither makes a picture.
 */
final class HealthChecks {

    private static final String GROUP = "camel";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Keeps probes of several instances and orchestrators far below any quota. */
    private static final Duration UP_LASTS = Duration.ofMinutes(1);

    private static final Duration DOWN_LASTS = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final ProducerMeans means;
    private volatile List<AbstractHealthCheck> checks = List.of();
    private volatile Lease lease;
    private volatile Throwable startFailure;

    HealthChecks(Endpoint endpoint, ProducerMeans means) {
        this.endpoint = endpoint;
        this.means = means;
    }

    /**
     * Called when the producer starts.
     *
     * @param routeId of the producer's route. Null for a producer made for a message ({@code toD}, templates): there
     *     may be any number of them, and their failures belong to the message, not to the application.
     */
    void register(String routeId) {
        WritableHealthCheckRepository repository = repository();
        if (repository == null || routeId == null) {
            return;
        }
        if (checks.isEmpty()) {
            checks = List.of(new ConfigurationCheck(routeId), new ServiceCheck(routeId));
        }
        for (AbstractHealthCheck check : checks) {
            check.setEnabled(means.options().healthChecked());
            // From an earlier start that failed.
            repository.removeHealthCheck(check);
            repository.addHealthCheck(check);
        }
    }

    /** Called when the producer can make calls. */
    void started(Lease started) {
        startFailure = null;
        lease = started;
    }

    /** Called when the start failed; it may be repeated. */
    void failed(Exception failure) {
        startFailure = OutsideFailure.of(failure);
        lease = null;
    }

    /** Called when the producer stops. Camel also stops one that could not start; its checks stay, to show why. */
    void stopped() {
        lease = null;
        if (startFailure == null) {
            remove();
        }
    }

    void remove() {
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            checks.forEach(repository::removeHealthCheck);
        }
    }

    private WritableHealthCheckRepository repository() {
        return HealthCheckHelper.getHealthCheckRepository(
                endpoint.getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    private final class ConfigurationCheck extends AbstractHealthCheck {

        ConfigurationCheck(String routeId) {
            super(GROUP, "producer:configuration:" + routeId + ":" + endpoint);
        }

        @Override
        public boolean isReadiness() {
            return false;
        }

        @Override
        public boolean isLiveness() {
            return true;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            describe(result);
            if (startFailure != null) {
                result.down().message(startFailure.getMessage()).error(startFailure);
            } else {
                result.up();
            }
        }
    }

    private final class ServiceCheck extends AbstractHealthCheck {

        /** The last answer of the service, and until when it is used. */
        private record Answer(Throwable failure, long until) {}

        private Answer last;

        ServiceCheck(String routeId) {
            super(GROUP, "producer:service:" + routeId + ":" + endpoint);
        }

        @Override
        public boolean isReadiness() {
            return true;
        }

        @Override
        public boolean isLiveness() {
            return false;
        }

        /** Called by one thread at a time, which {@link AbstractHealthCheck} ensures. */
        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            describe(result);
            Lease now = lease;
            if (now == null) {
                result.down().message("The producer has not started").error(startFailure);
                return;
            }
            ModelCatalog models = means.catalog().at(now.check().traits().face());
            describe(now.limits().get(models.oneNameOf(String.valueOf(model()))), result);
            if (now.budget() != null) {
                now.budget().describe().forEach((name, value) -> result.detail("budget." + name, value));
            }
            if (last == null || System.nanoTime() - last.until() >= 0) {
                Exception failure = ask(now);
                last = new Answer(
                        OutsideFailure.of(failure),
                        System.nanoTime() + (failure == null ? UP_LASTS : DOWN_LASTS).toNanos());
            }
            if (last.failure() == null) {
                result.up();
            } else {
                result.down().message(last.failure().getMessage()).error(last.failure());
                if (last.failure() instanceof GeminiImageException known) {
                    result.detail(SERVICE_STATUS_CODE, known.getHttpStatus());
                    result.detail(SERVICE_ERROR_CODE, String.valueOf(known.getProviderStatus()));
                }
            }
        }

        /** The problem, or null. */
        private Exception ask(Lease now) {
            CompletableFuture<List<JsonNode>> asked = now.probe(model());
            try {
                List<JsonNode> unused = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return null;
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                boolean notAskable = cause instanceof InvalidRequestException refused && refused.getHttpStatus() == 0;
                // If the route names no model, the successor of the default one is used.
                boolean replaced = cause instanceof ModelNotFoundException
                        && !means.options().modelWritten();
                boolean there = notAskable || replaced || cause instanceof RateLimitException;
                return there ? null : cause instanceof Exception known ? known : e;
            } catch (TimeoutException e) {
                asked.cancel(true);
                return new TimeoutException("No answer within " + PATIENCE.toSeconds() + " s");
            } catch (InterruptedException e) {
                asked.cancel(true);
                Thread.currentThread().interrupt();
                return e;
            }
        }
    }

    private String model() {
        return means.options().model();
    }

    private void describe(HealthCheckResultBuilder result) {
        result.detail(HealthCheck.ENDPOINT_URI, endpoint.toString());
        result.detail("model", String.valueOf(model()));
        means.catalog().find(String.valueOf(model())).ifPresent(known -> known.lifeCycle()
                .describe(LocalDate.now(ZoneOffset.UTC))
                .forEach((name, value) -> result.detail("model." + name, value)));
    }

    private static void describe(CallLimits.State limit, HealthCheckResultBuilder result) {
        if (limit == null) {
            return;
        }
        result.detail("calls.inFlight", limit.inFlight());
        result.detail("calls.waiting", limit.waiting());
        result.detail("calls.allowed", limit.allowed());
        if (!limit.pause().isZero()) {
            result.detail("calls.pausedUntil", Instant.now().plus(limit.pause()).toString());
        }
    }
}
