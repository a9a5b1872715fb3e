package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.aimlapi.AimlApi;
import io.github.camelgemini.emulator.anyfast.AnyfastApi;
import io.github.camelgemini.emulator.api.Balance;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.gmi.GmiApi;
import io.github.camelgemini.emulator.google.Credentials;
import io.github.camelgemini.emulator.google.GoogleApi;
import io.github.camelgemini.emulator.google.MadeBatch;
import io.github.camelgemini.emulator.inferencesh.InferenceApi;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Sockets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * An emulator of Google's Gemini image API, and of other {@link EmulatedService services} that offer the same models.
 * It runs on this machine, without network access or API key.
 *
 * <pre>{@code
 * try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
 *     emulator.next(Fault.rateLimited(Duration.ofSeconds(3)));
 *     // point a client at emulator.baseUrl(), call it, and look at emulator.requests()
 * }
 * }</pre>
 *
 * <p>It serves plain HTTP. By default it listens on the loopback address only. Thread-safe.
 */
public final class GeminiEmulator implements AutoCloseable {

    /** A picture is made when it is fetched, so one that waits costs almost nothing. */
    private static final int PICTURES_OF_QUEUES = 200_000;

    private static final long IDLE_TIMEOUT_MILLIS = 15 * 60 * 1000L;

    // Jetty's own scheduler would keep the JVM alive, whatever its other threads are.
    private final Server server =
            new Server(daemonThreads(), new ScheduledExecutorScheduler("gemini-emulator-scheduler", true), null);
    private final ServerConnector connector;
    private final Studio studio = new Studio();
    private final Script script;
    private final RequestLog log = new RequestLog();
    private final Sockets sockets = new Sockets();
    private final Services services = new Services();
    private final EmulatorClock clock = new EmulatorClock();
    private final GoogleApi google;
    private final InferenceApi inference;
    private final GmiApi gmi;

    private GeminiEmulator(Builder builder) {
        script = new Script(new Habits(builder.smallPictures, builder.latency, builder.usual));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(64 * 1024);
        // Objects of Cloud Storage have escaped slashes and percent signs in their names.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING)));
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(builder.host);
        connector.setPort(builder.port);
        connector.setAcceptQueueSize(4096);
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        server.addConnector(connector);
        server.setStopTimeout(0);
        EndedModels ended = builder.ended(EmulatedService.GOOGLE);
        HostedPictures hosted = new HostedPictures();
        google = new GoogleApi(
                builder.credentials(), builder.fileLifetime, clock, builder.queueTime, studio, ended, hosted);
        services.add(EmulatedService.GOOGLE, google, ended, hosted);
        addAnyfast(builder);
        addAimlapi(builder);
        inference = addInferencesh(builder);
        gmi = addGmi(builder);
        AdminApi admin = new AdminApi(this, services);
        AllowedHosts hosts = new AllowedHosts(builder.host, builder.allowedHosts);
        server.setHandler(new EmulatorHandler(hosts, admin, services, script, log, sockets));
    }

    private void addAnyfast(Builder builder) {
        EndedModels ended = builder.ended(EmulatedService.ANYFAST);
        HostedPictures hosted = new HostedPictures();
        AnyfastApi api = new AnyfastApi(builder.key(EmulatedService.ANYFAST), studio, ended, hosted);
        services.add(EmulatedService.ANYFAST, api, ended, hosted);
    }

    private void addAimlapi(Builder builder) {
        EndedModels ended = builder.ended(EmulatedService.AIMLAPI);
        HostedPictures hosted = new HostedPictures();
        AimlApi api = new AimlApi(
                builder.key(EmulatedService.AIMLAPI), new Balance(builder.aimlapiBalance), studio, ended, hosted);
        services.add(EmulatedService.AIMLAPI, api, ended, hosted);
    }

    private InferenceApi addInferencesh(Builder builder) {
        EndedModels ended = builder.ended(EmulatedService.INFERENCESH);
        HostedPictures hosted = new HostedPictures(PICTURES_OF_QUEUES);
        InferenceApi api = new InferenceApi(
                builder.key(EmulatedService.INFERENCESH), clock, builder.queueTime, studio, ended, hosted);
        services.add(EmulatedService.INFERENCESH, api, ended, hosted);
        return api;
    }

    private GmiApi addGmi(Builder builder) {
        EndedModels ended = builder.ended(EmulatedService.GMI);
        HostedPictures hosted = new HostedPictures(PICTURES_OF_QUEUES);
        GmiApi api = new GmiApi(
                builder.key(EmulatedService.GMI),
                Optional.ofNullable(builder.gmiBalance),
                clock,
                builder.queueTime,
                studio,
                ended,
                hosted);
        services.add(EmulatedService.GMI, api, ended, hosted);
        return api;
    }

    /** Daemon threads, so that a forgotten emulator does not keep the JVM alive. */
    private static QueuedThreadPool daemonThreads() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("gemini-emulator");
        threads.setDaemon(true);
        return threads;
    }

    /** A builder for an emulator. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts an emulator with all defaults on a free port. For Camel properties and YAML, which can call a static
     * method.
     */
    public static GeminiEmulator start() {
        return builder().start();
    }

    /** The base URL for clients, for example {@code http://localhost:41234}; without a slash at the end. */
    public String baseUrl() {
        return "http://localhost:" + port();
    }

    /** The base URL of a service, for example {@code http://localhost:41234/anyfast}; without a slash at the end. */
    public String baseUrl(EmulatedService service) {
        return baseUrl() + service.path();
    }

    /** The base URL of AnyFast, see {@link #baseUrl(EmulatedService)}. */
    public String anyfastUrl() {
        return baseUrl(EmulatedService.ANYFAST);
    }

    /** The base URL of AI/ML API, see {@link #baseUrl(EmulatedService)}. */
    public String aimlapiUrl() {
        return baseUrl(EmulatedService.AIMLAPI);
    }

    /** The base URL of inference.sh, see {@link #baseUrl(EmulatedService)}. */
    public String inferenceshUrl() {
        return baseUrl(EmulatedService.INFERENCESH);
    }

    /** The base URL of GMI's request queue, see {@link #baseUrl(EmulatedService)}. */
    public String gmiUrl() {
        return baseUrl(EmulatedService.GMI);
    }

    /** The clock for queues and batches; a test may advance it. */
    public EmulatorClock clock() {
        return clock;
    }

    /**
     * All requests in the queues of services, and all batches of Google, in the order of their submission. Finished
     * ones are included, and so are those whose answer was lost. {@link #clear()} removes them.
     */
    public List<QueuedJob> jobs() {
        List<QueuedJob> all = new ArrayList<>();
        inference.jobs().all().forEach(job -> all.add(queued(EmulatedService.INFERENCESH, job, inference.status(job))));
        gmi.jobs().all().forEach(job -> all.add(queued(EmulatedService.GMI, job, gmi.status(job))));
        google.madeBatches().forEach(batch -> all.add(queued(batch)));
        all.sort(Comparator.comparing(QueuedJob::createdAt));
        return all;
    }

    /**
     * The number of Google's batches since the start or the last {@link #clear()}, including those that were deleted,
     * and those whose answer was lost.
     */
    public int batches() {
        return google.batches();
    }

    private static QueuedJob queued(MadeBatch batch) {
        return new QueuedJob(
                EmulatedService.GOOGLE,
                batch.id(),
                batch.model(),
                batch.displayName(),
                batch.requests(),
                batch.created(),
                batch.state(),
                null,
                batch.webhookCalls());
    }

    private QueuedJob queued(EmulatedService service, Job job, String status) {
        Instant now = clock.instant();
        return new QueuedJob(
                service,
                job.id(),
                job.order().model(),
                job.order().prompt(),
                1,
                job.order().created(),
                status,
                job.paid(now),
                job.webhookCalls());
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * The requests since the start or the last {@link #clear()}, in order of arrival. At most the last 10,000 are kept,
     * and fewer if they would fill an eighth of the heap or 64 MB. A single request above this size is kept without its
     * body, and with the beginning of its prompt.
     */
    public List<ReceivedRequest> requests() {
        return log.all();
    }

    /**
     * Scripts faults for all matching requests, until {@link #clear()}, or as often as {@link ScriptedFault#times(int)}
     * says.
     */
    public Stubbing on(RequestMatcher matcher) {
        return faults -> script.add(matcher, ScriptedFault.ALWAYS, together(faults));
    }

    /**
     * Scripts faults for the next request, whatever it is. They are combined. Another call scripts the request after
     * that one.
     */
    public ScriptedFault next(Fault... faults) {
        return script.add(RequestMatcher.any(), 1, together(faults));
    }

    /**
     * Sets faults for all requests to a service, until {@link #clear()}. Meant for variants of the API rather than
     * failures, such as {@link Fault#camelCase()}. Scripted faults are added to them. Another call replaces them.
     */
    public void usually(EmulatedService service, Fault... faults) {
        script.habits().set(service, together(faults));
    }

    /** The faults of services that were set with {@link #usually(EmulatedService, Fault...)}. */
    public Map<EmulatedService, Fault> habits() {
        return script.habits().all();
    }

    /** Shuts down a model of Google's, see {@link #endModel(EmulatedService, String, int)}. */
    public void endModel(String model, int afterCalls) {
        endModel(EmulatedService.GOOGLE, model, afterCalls);
    }

    /**
     * Shuts down a model of a service, until {@link #clear()}. After the given number of calls that make a picture, all
     * calls of the model get 404, and it is not listed any more.
     *
     * @param model its name at the service, without {@code models/}
     * @param afterCalls at least 0; 0 shuts it down at once
     * @throws IllegalArgumentException when the service has no such model
     */
    public void endModel(EmulatedService service, String model, int afterCalls) {
        if (afterCalls < 0) {
            throw new IllegalArgumentException(
                    "The number of calls after which a model ends must not be negative, but is " + afterCalls);
        }
        services.ended(service).end(known(service, model), afterCalls);
    }

    /** The ids of Google's models that are shut down. */
    public List<String> endedModels() {
        return endedModels(EmulatedService.GOOGLE);
    }

    /** The names of a service's models that are shut down. */
    public List<String> endedModels(EmulatedService service) {
        return services.ended(service).all();
    }

    private static String known(EmulatedService service, String model) {
        List<String> ids =
                ModelCatalog.of(service.id()).all().stream().map(ImageModel::id).toList();
        if (!ids.contains(model)) {
            String where = service == EmulatedService.GOOGLE ? "" : " at " + service;
            throw new IllegalArgumentException("Unknown model '" + model + "'" + where + ". Models are: " + ids);
        }
        return model;
    }

    /** All scripted faults, including those that are used up. */
    public List<ScriptedFault> faults() {
        return script.faults();
    }

    /**
     * Resets the emulator to the state after its start. Removes faults, requests, queues, batches, uploaded files and
     * incomplete answers, restores balances and models, and closes connections that a stall left open. The settings of
     * the builder stay.
     */
    public void clear() {
        services.clear();
        clearEndedModels();
        clearHabits();
        clearFaults();
        clearRequests();
        clearFiles();
    }

    /** Removes the faults, and closes connections that a stall left open. */
    public void clearFaults() {
        script.clear();
        sockets.releaseStalled();
    }

    /** Restores the faults for all requests that the builder has set. */
    public void clearHabits() {
        script.habits().clear();
    }

    /** Restores the models that {@link #endModel(EmulatedService, String, int)} has shut down. */
    public void clearEndedModels() {
        services.clearEndedModels();
    }

    /** Removes the requests from the log. */
    public void clearRequests() {
        log.clear();
    }

    /** Removes all requests from queues, and all batches. */
    public void clearJobs() {
        google.clearBatches();
        inference.jobs().clear();
        gmi.jobs().clear();
    }

    /** Removes the files of the Files API, as if they had expired. */
    public void clearFiles() {
        google.clearFiles();
    }

    /** Stops the emulator at once. Connections in use are closed. */
    @Override
    public void close() {
        sockets.releaseStalled();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The emulator could not be stopped", e);
        } finally {
            clock.close();
            studio.close();
            google.close();
        }
    }

    private GeminiEmulator started() {
        try {
            server.start();
            return this;
        } catch (Exception e) {
            studio.close();
            throw new IllegalStateException(
                    "The emulator could not listen on " + connector.getHost() + ":" + connector.getPort(), e);
        }
    }

    private static Fault together(Fault... faults) {
        if (faults.length == 0) {
            throw new IllegalArgumentException("No fault was given");
        }
        Fault all = faults[0];
        for (int i = 1; i < faults.length; i++) {
            all = all.and(faults[i]);
        }
        return all;
    }

    /** The second part of {@link GeminiEmulator#on(RequestMatcher)}. */
    @FunctionalInterface
    public interface Stubbing {

        /**
         * Sets the faults for every matching request, combined. {@link ScriptedFault#times(int)} limits how often. If
         * several scripted faults match a request, the one that was scripted first is used.
         */
        ScriptedFault answer(Fault... faults);
    }

    /** Builds an emulator. */
    public static final class Builder {

        private String host = "localhost";
        private final Set<String> allowedHosts = new LinkedHashSet<>();
        private int port;
        private String accessToken;
        private boolean bearerKeys = true;
        private Duration fileLifetime = Duration.ofHours(48);
        private final Map<EmulatedService, Set<String>> endedModels = new EnumMap<>(EmulatedService.class);
        private final Map<EmulatedService, String> keys = new EnumMap<>(EmulatedService.class);
        private final Map<EmulatedService, Fault> usual = new EnumMap<>(EmulatedService.class);
        private BigDecimal aimlapiBalance = new BigDecimal(1_000_000);
        private BigDecimal gmiBalance;
        private boolean smallPictures;
        private Duration latency = Duration.ZERO;
        private Duration queueTime = Duration.ofSeconds(1);

        private Builder() {}

        /** The address to listen on; default {@code localhost}. Use {@code 0.0.0.0} in a container. */
        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /**
         * Additional host names for the emulator, for example in a container network. {@code localhost}, the host name
         * it listens on, and IP addresses are always allowed. Requests with other names get 403, because a web page may
         * be the sender (DNS rebinding).
         */
        public Builder allowedHosts(String... names) {
            allowedHosts.addAll(List.of(names));
            return this;
        }

        /** The port to listen on; default 0, which means any free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The only valid key for Google's API. By default every key is valid, but a request without a key is not. */
        public Builder apiKey(String key) {
            return apiKey(EmulatedService.GOOGLE, key);
        }

        /** The only valid key for a service. By default every key is valid, but a request without a key is not. */
        public Builder apiKey(EmulatedService service, String key) {
            keys.put(service, key);
            return this;
        }

        /**
         * Sets faults for all requests, see {@link GeminiEmulator#usually(EmulatedService, Fault...)}. {@link
         * GeminiEmulator#clear()} restores them.
         */
        public Builder usually(EmulatedService service, Fault... faults) {
            usual.put(service, together(faults));
            return this;
        }

        /**
         * The balance at AI/ML API in US dollars; default one million. When it is spent, the service answers that there
         * are no credits. {@link GeminiEmulator#clear()} restores it.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder aimlapiBalance(BigDecimal usd) {
            if (usd.signum() < 0) {
                throw new IllegalArgumentException("The balance must not be negative, but is " + usd);
            }
            this.aimlapiBalance = usd;
            return this;
        }

        /**
         * The balance at GMI in US dollars; default unlimited. When it is spent, the service answers that there are no
         * credits. Requests in the queue reserve their price. {@link GeminiEmulator#clear()} restores the balance.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder gmiBalance(BigDecimal usd) {
            if (usd.signum() < 0) {
                throw new IllegalArgumentException("The balance must not be negative, but is " + usd);
            }
            this.gmiBalance = usd;
            return this;
        }

        /**
         * The only valid access token for Vertex AI. By default every token is valid, but a request without a token is
         * not.
         */
        public Builder accessToken(String token) {
            this.accessToken = token;
            return this;
        }

        /**
         * Whether the Developer API also accepts its key as {@code Authorization: Bearer}, as gateways do; default
         * true.
         */
        public Builder bearerKeys(boolean accepted) {
            this.bearerKeys = accepted;
            return this;
        }

        /** How long uploaded files of the Files API exist; default 48 hours. */
        public Builder fileLifetime(Duration lifetime) {
            this.fileLifetime = lifetime;
            return this;
        }

        /**
         * Whether pictures are sent without padding, with about 30 to 90 KB for 1K. For tests that make hundreds of
         * them. Default false: pictures are as large as the API's, 0.7 to 0.8 MB for a JPEG of 1K. The pixels are the
         * same. {@link Fault#pictureBytes} sets the size for single answers.
         */
        public Builder smallPictures(boolean small) {
            this.smallPictures = small;
            return this;
        }

        /** Shuts down a model of Google's permanently, see {@link #endedModel(EmulatedService, String)}. */
        public Builder endedModel(String model) {
            return endedModel(EmulatedService.GOOGLE, model);
        }

        /**
         * Shuts down a model of a service permanently: its calls get 404, and it is not listed. May be called several
         * times.
         *
         * @param model its name at the service, without {@code models/}
         * @throws IllegalArgumentException when the service has no such model
         */
        public Builder endedModel(EmulatedService service, String model) {
            endedModels.computeIfAbsent(service, any -> new LinkedHashSet<>()).add(known(service, model));
            return this;
        }

        /**
         * The shortest time before the first byte of an answer of a model; default 0. Live calls for a picture of 1K
         * take 4 to 19 seconds, depending on the model. Errors, and {@link Fault faults that replace the answer}, have
         * no latency; {@link Fault#delay} is added to it. No thread waits.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder latency(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("The latency must not be negative, but is " + time);
            }
            this.latency = time;
            return this;
        }

        /**
         * How long a request is in the queues of inference.sh and GMI, by the clock of the emulator; default 1 s. Live
         * requests take 5 to 30 seconds. {@link Fault#takes} sets it for single requests.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder queueTime(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("The time in the queue must not be negative, but is " + time);
            }
            this.queueTime = time;
            return this;
        }

        /**
         * Starts the emulator.
         *
         * @throws IllegalStateException when it cannot listen on its port
         */
        public GeminiEmulator start() {
            return new GeminiEmulator(this).started();
        }

        private Optional<String> key(EmulatedService service) {
            return Optional.ofNullable(keys.get(service));
        }

        private EndedModels ended(EmulatedService service) {
            return new EndedModels(endedModels.getOrDefault(service, Set.of()));
        }

        private Credentials credentials() {
            return new Credentials(key(EmulatedService.GOOGLE), Optional.ofNullable(accessToken), bearerKeys);
        }
    }
}
