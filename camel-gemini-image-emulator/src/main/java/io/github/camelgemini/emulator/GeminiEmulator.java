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
 * Google's Gemini image API on this machine, and beside it other {@link EmulatedService services} of the same models.
 *
 * <pre>{@code
 * try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
 *     emulator.next(Fault.rateLimited(Duration.ofSeconds(3)));
 *     // point a client at emulator.baseUrl(), call it, and look at emulator.requests()
 * }
 * }</pre>
 *
 * <p>It speaks plain HTTP and listens on the loopback address only, unless told otherwise. Thread-safe.
 */
public final class GeminiEmulator implements AutoCloseable {

    /** They are drawn when they are fetched, so that one costs next to nothing before. */
    private static final int PICTURES_OF_QUEUES = 200_000;

    private static final long IDLE_TIMEOUT_MILLIS = 15 * 60 * 1000L;

    // The scheduler that Jetty makes for itself would keep the JVM alive, whatever its other threads are.
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

    /** So that a forgotten emulator does not keep its JVM alive. */
    private static QueuedThreadPool daemonThreads() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("gemini-emulator");
        threads.setDaemon(true);
        return threads;
    }

    /** An emulator to be set up. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts one as it comes, on any free port: for properties and YAML of Camel, which can call a method without more. */
    public static GeminiEmulator start() {
        return builder().start();
    }

    /** Where clients find it, for example {@code http://localhost:41234}; without a slash at the end. */
    public String baseUrl() {
        return "http://localhost:" + port();
    }

    /** Where clients find a service, for example {@code http://localhost:41234/anyfast}; without a slash at the end. */
    public String baseUrl(EmulatedService service) {
        return baseUrl() + service.path();
    }

    /** Where clients find AnyFast: {@link #baseUrl(EmulatedService)} of it. */
    public String anyfastUrl() {
        return baseUrl(EmulatedService.ANYFAST);
    }

    /** Where clients find AI/ML API: {@link #baseUrl(EmulatedService)} of it. */
    public String aimlapiUrl() {
        return baseUrl(EmulatedService.AIMLAPI);
    }

    /** Where clients find inference.sh: {@link #baseUrl(EmulatedService)} of it. */
    public String inferenceshUrl() {
        return baseUrl(EmulatedService.INFERENCESH);
    }

    /** Where clients find GMI's request queue: {@link #baseUrl(EmulatedService)} of it. */
    public String gmiUrl() {
        return baseUrl(EmulatedService.GMI);
    }

    /** The clock that queues and batches go by; a test may turn it on. */
    public EmulatorClock clock() {
        return clock;
    }

    /**
     * The requests that are or were in the queues of services and the batches of Google, in the order in which they came;
     * those of the answers that were lost among them. {@link #clear()} forgets them.
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
     * How many batches of Google were ever made, those of the answers that were lost and those that were deleted among
     * them; until {@link #clear()}.
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
     * The requests since the start or the last {@link #clear()}, in order of arrival; the last 10,000 at most, and fewer
     * where they would fill an eighth of the heap or 64 MB. One that is larger by itself has no body and the beginning of
     * its prompt.
     */
    public List<ReceivedRequest> requests() {
        return log.all();
    }

    /** Begins a fault for all requests that match, until {@link #clear()} or as often as said. */
    public Stubbing on(RequestMatcher matcher) {
        return faults -> script.add(matcher, ScriptedFault.ALWAYS, together(faults));
    }

    /**
     * The next request, whatever it is, gets these faults, all of them together. Called again, it is about the request
     * after that one.
     */
    public ScriptedFault next(Fault... faults) {
        return script.add(RequestMatcher.any(), 1, together(faults));
    }

    /**
     * Has a service do this with every request, until {@link #clear()}: for what is a matter of taste rather than a
     * mistake, such as {@link Fault#camelCase()}. Scripted faults are added to it. Called again, it is this instead.
     */
    public void usually(EmulatedService service, Fault... faults) {
        script.habits().set(service, together(faults));
    }

    /** What services do with every request. */
    public Map<EmulatedService, Fault> habits() {
        return script.habits().all();
    }

    /** Ends a model of Google's; see {@link #endModel(EmulatedService, String, int)}. */
    public void endModel(String model, int afterCalls) {
        endModel(EmulatedService.GOOGLE, model, afterCalls);
    }

    /**
     * Ends a model of a service, until {@link #clear()}: after so many more calls that make a picture, all of its calls are 404, as
     * after its shutdown, and it is not listed any more.
     *
     * @param model its name at the service, without {@code models/}
     * @param afterCalls at least 0; 0 ends it at once
     * @throws IllegalArgumentException when the service has no such model
     */
    public void endModel(EmulatedService service, String model, int afterCalls) {
        if (afterCalls < 0) {
            throw new IllegalArgumentException(
                    "The number of calls after which a model ends must not be negative, but is " + afterCalls);
        }
        services.ended(service).end(known(service, model), afterCalls);
    }

    /** The models of Google's that are not there any more, by their ids. */
    public List<String> endedModels() {
        return endedModels(EmulatedService.GOOGLE);
    }

    /** The models of a service that are not there any more, by their names. */
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

    /** The faults that were scripted, used up or not. */
    public List<ScriptedFault> faults() {
        return script.faults();
    }

    /**
     * Forgets faults, habits, requests, queues, uploaded files, answers that were to go on, what was spent and the ends of
     * models, and closes the connections that a stall left open. What the builder said holds again.
     */
    public void clear() {
        services.clear();
        clearEndedModels();
        clearHabits();
        clearFaults();
        clearRequests();
        clearFiles();
    }

    /** Forgets the faults, and closes the connections that a stall left open. */
    public void clearFaults() {
        script.clear();
        sockets.releaseStalled();
    }

    /** Has services do again what the builder said. */
    public void clearHabits() {
        script.habits().clear();
    }

    /** Lets the models come back that {@link #endModel(EmulatedService, String, int)} ended. */
    public void clearEndedModels() {
        services.clearEndedModels();
    }

    /** Forgets the requests. */
    public void clearRequests() {
        log.clear();
    }

    /** Forgets the requests that are or were in queues. */
    public void clearJobs() {
        google.clearBatches();
        inference.jobs().clear();
        gmi.jobs().clear();
    }

    /** Forgets the files of the Files API, as if they had expired. */
    public void clearFiles() {
        google.clearFiles();
    }

    /** Stops at once; connections in use are closed. */
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

    /** The second half of a sentence: on such a request, answer so. */
    @FunctionalInterface
    public interface Stubbing {

        /**
         * Sets the faults, all of them together, for every matching request; {@link ScriptedFault#times(int)} bounds
         * that. When several scripted faults are for the same request, the one that was scripted first is taken.
         */
        ScriptedFault answer(Fault... faults);
    }

    /** Sets up an emulator. */
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
         * Names by which the emulator may be called, as in a network of containers, beside {@code localhost}, what it
         * listens on, and addresses. Others are refused with 403: a web page could be behind them (DNS rebinding).
         */
        public Builder allowedHosts(String... names) {
            allowedHosts.addAll(List.of(names));
            return this;
        }

        /** The port to listen on; default 0, any free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The only valid key of Google's; by default any key is valid, but none at all is not. */
        public Builder apiKey(String key) {
            return apiKey(EmulatedService.GOOGLE, key);
        }

        /** The only valid key of a service; by default any key is valid, but none at all is not. */
        public Builder apiKey(EmulatedService service, String key) {
            keys.put(service, key);
            return this;
        }

        /** See {@link GeminiEmulator#usually(EmulatedService, Fault...)}; {@link GeminiEmulator#clear()} comes back to it. */
        public Builder usually(EmulatedService service, Fault... faults) {
            usual.put(service, together(faults));
            return this;
        }

        /**
         * What there is to be spent at AI/ML API, in US dollars, before it says that credits have run out; default one
         * million. {@link GeminiEmulator#clear()} fills it up.
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
         * What there is to be spent at GMI, in US dollars, before it says that credits have run out; default no end. What
         * is in the queue is set aside. {@link GeminiEmulator#clear()} fills it up.
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

        /** The only valid access token for Vertex AI; by default any token is valid, but none at all is not. */
        public Builder accessToken(String token) {
            this.accessToken = token;
            return this;
        }

        /**
         * Whether the Developer API also takes its key as {@code Authorization: Bearer}, as gateways do; default true.
         */
        public Builder bearerKeys(boolean accepted) {
            this.bearerKeys = accepted;
            return this;
        }

        /** How long files of the Files API are there after their upload; default 48 hours. */
        public Builder fileLifetime(Duration lifetime) {
            this.fileLifetime = lifetime;
            return this;
        }

        /**
         * Whether pictures have only the bytes that they were drawn with, about 30 to 90 KB for 1K, for tests that make
         * hundreds of them; default false: they weigh what the API's weigh, a JPEG of 1K 0.7 to 0.8 MB. Pixels are the
         * same. {@link Fault#pictureBytes} says it for single answers.
         */
        public Builder smallPictures(boolean small) {
            this.smallPictures = small;
            return this;
        }

        /** A model of Google's that has ended, for good; see {@link #endedModel(EmulatedService, String)}. */
        public Builder endedModel(String model) {
            return endedModel(EmulatedService.GOOGLE, model);
        }

        /**
         * A model of a service that has ended, for good: its calls are 404, and it is not listed. May be called several
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
         * How long each answer of a model takes at least, before its first byte; default 0. A picture of 1K takes 4 to
         * 19 seconds in life, depending on the model. Errors, and {@link Fault answers instead of the API's own}, come
         * at once; {@link Fault#delay} is added. No thread waits for it.
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
         * How long a request is in the queues of inference.sh and GMI, by the clock of the emulator; default 1 s, short
         * enough for a demonstration. In life it is 5 to 30 seconds. {@link Fault#takes} says it for single requests.
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
