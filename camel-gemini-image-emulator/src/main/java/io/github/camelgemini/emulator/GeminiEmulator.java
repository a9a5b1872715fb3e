package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.wire.Sockets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Google's Gemini image API on this machine.
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

    private static final long IDLE_TIMEOUT_MILLIS = 15 * 60 * 1000L;

    // The scheduler that Jetty makes for itself would keep the JVM alive, whatever its other threads are.
    private final Server server =
            new Server(daemonThreads(), new ScheduledExecutorScheduler("gemini-emulator-scheduler", true), null);
    private final ServerConnector connector;
    private final Studio studio = new Studio();
    private final Script script;
    private final RequestLog log = new RequestLog();
    private final Sockets sockets = new Sockets();
    private final FilesApi files;
    private final EndedModels ended;
    private final Api api;

    private GeminiEmulator(Builder builder) {
        script = new Script(new Habits(builder.smallPictures, builder.latency));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(64 * 1024);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(builder.host);
        connector.setPort(builder.port);
        connector.setAcceptQueueSize(4096);
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        server.addConnector(connector);
        server.setStopTimeout(0);
        FileStore stored = new FileStore(builder.fileLifetime);
        files = new FilesApi(stored);
        ended = new EndedModels(builder.endedModels);
        api = new Api(builder.credentials(), stored, files, studio, ended);
        AdminApi admin = new AdminApi(this);
        server.setHandler(new EmulatorHandler(admin, api, script, log, sockets));
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

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The requests since the start or the last {@link #clear()}, in order of arrival; the last 10,000 at most. */
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
     * Ends a model, until {@link #clear()}: after so many more calls that make a picture, all of its calls are 404, as
     * after its shutdown, and it is not listed any more.
     *
     * @param model its id, without {@code models/}
     * @param afterCalls at least 0; 0 ends it at once
     * @throws IllegalArgumentException when the emulator has no such model
     */
    public void endModel(String model, int afterCalls) {
        if (afterCalls < 0) {
            throw new IllegalArgumentException("A model cannot end after " + afterCalls + " calls");
        }
        ended.end(known(model), afterCalls);
    }

    /** The models that are not there any more, by their ids. */
    public List<String> endedModels() {
        return ended.all();
    }

    static String known(String model) {
        List<String> ids =
                ModelCatalog.load().all().stream().map(ImageModel::id).toList();
        if (!ids.contains(model)) {
            throw new IllegalArgumentException("There is no model '" + model + "'. There are: " + ids);
        }
        return model;
    }

    /** The faults that were scripted, used up or not. */
    public List<ScriptedFault> faults() {
        return script.faults();
    }

    /**
     * Forgets faults, requests, uploaded files, answers that were to go on and the ends of models, and closes the
     * connections that a stall left open.
     */
    public void clear() {
        api.clear();
        clearEndedModels();
        clearFaults();
        clearRequests();
        clearFiles();
    }

    /** Forgets the faults, and closes the connections that a stall left open. */
    public void clearFaults() {
        script.clear();
        sockets.releaseStalled();
    }

    /** Lets the models come back that {@link #endModel} ended. */
    public void clearEndedModels() {
        ended.clear();
    }

    /** Forgets the requests. */
    public void clearRequests() {
        log.clear();
    }

    /** Forgets the files of the Files API, as if they had expired. */
    public void clearFiles() {
        files.close();
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
            studio.close();
            files.close();
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
        private int port;
        private String apiKey;
        private String accessToken;
        private boolean bearerKeys = true;
        private Duration fileLifetime = Duration.ofHours(48);
        private final Set<String> endedModels = new LinkedHashSet<>();
        private boolean smallPictures;
        private Duration latency = Duration.ZERO;

        private Builder() {}

        /** The address to listen on; default {@code localhost}. Use {@code 0.0.0.0} in a container. */
        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /** The port to listen on; default 0, any free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The only valid key; by default any key is valid, but none at all is not. */
        public Builder apiKey(String key) {
            this.apiKey = key;
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

        /**
         * A model that has ended, for good: its calls are 404, and it is not listed. May be called several times.
         *
         * @param model its id, without {@code models/}
         * @throws IllegalArgumentException when the emulator has no such model
         */
        public Builder endedModel(String model) {
            endedModels.add(known(model));
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
                throw new IllegalArgumentException("A latency cannot be " + time);
            }
            this.latency = time;
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

        private Credentials credentials() {
            return new Credentials(Optional.ofNullable(apiKey), Optional.ofNullable(accessToken), bearerKeys);
        }
    }
}
