package io.github.camelgemini.emulator;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the emulator as a command, until it is interrupted. */
@Command(
        name = "camel-gemini-image-emulator",
        mixinStandardHelpOptions = true,
        versionProvider = EmulatorCommand.Version.class,
        sortOptions = false,
        description = "Emulates Google's Gemini image API on this machine, without a key, network or cost.",
        footer = {
            "",
            "The path /emulator scripts faults and shows requests. See the page Testing of the documentation.",
            "Exit status: 1 if it cannot listen, 2 if an option is wrong."
        })
public final class EmulatorCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "8080",
            description = "Port to listen on. 0 means any free port. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "<address>",
            defaultValue = "localhost",
            description = "Address to listen on. In a container use 0.0.0.0. Default: ${DEFAULT-VALUE}")
    private String host;

    @Option(
            names = "--allowed-host",
            paramLabel = "<name>",
            description =
                    "A host name that clients may use, as in a container network. Without this option only localhost and IP"
                            + " addresses are accepted. Can be repeated")
    private List<String> allowedHosts = List.of();

    @Option(names = "--api-key", paramLabel = "<key>", description = "The only valid key. Default: any key is valid")
    private String apiKey;

    @Option(
            names = "--access-token",
            paramLabel = "<token>",
            description = "The only valid access token for Vertex AI paths. Default: any token is valid")
    private String accessToken;

    @Option(
            names = "--service-key",
            paramLabel = "<service=key>",
            description =
                    "The only valid key of another service, for example anyfast=secret. Default: any key is valid")
    private Map<String, String> serviceKeys = Map.of();

    @Option(
            names = "--usually",
            paramLabel = "<service=fault>",
            description = "A fault that a service shows in every request, for example anyfast=urlInText or"
                    + " aimlapi=inlineData. Parameters are written as in JSON. Can be repeated")
    private List<String> usually = List.of();

    @Option(
            names = "--aimlapi-balance",
            paramLabel = "<usd>",
            defaultValue = "1000000",
            description = "Balance in USD at AI/ML API. Default: ${DEFAULT-VALUE}")
    private BigDecimal aimlapiBalance;

    @Option(
            names = "--small-pictures",
            description =
                    "Returns small image files. Default: images have the file size of the API's, such as 0.7 to 0.8 MB for"
                            + " a 1K JPEG")
    private boolean smallPictures;

    @Option(
            names = "--latency",
            paramLabel = "<time>",
            defaultValue = "0s",
            converter = Time.class,
            description = "How long an image takes, for example 8s or 500ms. Default: ${DEFAULT-VALUE}")
    private Duration latency;

    @Option(
            names = "--queue-time",
            paramLabel = "<time>",
            defaultValue = "1s",
            converter = Time.class,
            description = "How long a request is in the queues of inference.sh and GMI. Default: ${DEFAULT-VALUE}")
    private Duration queueTime;

    @Option(names = "--gmi-balance", paramLabel = "<usd>", description = "Balance in USD at GMI. Default: unlimited")
    private BigDecimal gmiBalance;

    @Option(
            names = "--ended-model",
            paramLabel = "<id>",
            description =
                    "A model that has been shut down, so that it is not found. For another service put its name before it, as in"
                            + " anyfast:<id>. Can be repeated")
    private List<String> endedModels = List.of();

    @Spec
    private CommandSpec spec;

    EmulatorCommand() {}

    /** Starts the command; see {@code --help}. */
    public static void main(String[] args) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        // For slf4j-simple, which is in the executable jar only. Jetty's start messages are not interesting.
        System.setProperty(
                "org.slf4j.simpleLogger.defaultLogLevel",
                System.getProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn"));
        System.exit(new CommandLine(new EmulatorCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        GeminiEmulator.Builder builder = GeminiEmulator.builder()
                .host(host)
                .allowedHosts(allowedHosts.toArray(String[]::new))
                .port(port)
                .smallPictures(smallPictures)
                .latency(latency)
                .queueTime(queueTime);
        if (apiKey != null) {
            builder.apiKey(apiKey);
        }
        if (accessToken != null) {
            builder.accessToken(accessToken);
        }
        try {
            setUpServices(builder);
        } catch (IllegalArgumentException unknown) {
            throw new CommandLine.ParameterException(spec.commandLine(), unknown.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        try (GeminiEmulator emulator = builder.start()) {
            out.println("The Gemini image API is at " + emulator.baseUrl() + " — Ctrl-C stops it. Try:");
            out.println();
            out.println(example(emulator.baseUrl()));
            out.println();
            out.println("Other services: AnyFast at " + emulator.anyfastUrl() + ", AI/ML API at "
                    + emulator.aimlapiUrl() + ", inference.sh at " + emulator.inferenceshUrl() + ", GMI at "
                    + emulator.gmiUrl());
            out.flush();
            new CountDownLatch(1).await();
            return CommandLine.ExitCode.OK;
        } catch (IllegalStateException cannotListen) {
            spec.commandLine().getErr().println(cannotListen.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void setUpServices(GeminiEmulator.Builder builder) {
        builder.aimlapiBalance(aimlapiBalance);
        if (gmiBalance != null) {
            builder.gmiBalance(gmiBalance);
        }
        serviceKeys.forEach((service, key) -> builder.apiKey(EmulatedService.of(service), key));
        for (String model : endedModels) {
            int colon = model.indexOf(':');
            builder.endedModel(
                    colon < 0 ? EmulatedService.GOOGLE : EmulatedService.of(model.substring(0, colon)),
                    model.substring(colon + 1));
        }
        Map<EmulatedService, List<Fault>> habits = new EnumMap<>(EmulatedService.class);
        for (String habit : usually) {
            int equals = habit.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("A habit must be a service and a fault, as in anyfast=camelCase");
            }
            habits.computeIfAbsent(EmulatedService.of(habit.substring(0, equals)), any -> new ArrayList<>())
                    .add(FaultKinds.read(habit.substring(equals + 1)));
        }
        habits.forEach((service, faults) -> builder.usually(service, faults.toArray(Fault[]::new)));
    }

    private String example(String baseUrl) {
        String key = apiKey == null ? "any-key" : apiKey;
        return "  curl -s " + baseUrl + "/v1beta/models/gemini-nano-banana-2.1:generateContent \\\n"
                + "    -H 'x-goog-api-key: " + key + "' -H 'Content-Type: application/json' \\\n"
                + "    -d '{\"contents\":[{\"parts\":[{\"text\":\"A T-Rex relaxing on a beach\"}]}],"
                + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"],"
                + "\"imageConfig\":{\"aspectRatio\":\"16:9\"}}}' \\\n"
                + "    | grep -o '\"data\":\"[^\"]*' | cut -d'\"' -f4 | base64 -d > t-rex.jpg";
    }

    static final class Time implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return FaultKinds.duration(text);
            } catch (IllegalArgumentException notADuration) {
                throw new CommandLine.TypeConversionException(notADuration.getMessage());
            }
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EmulatorCommand.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "development" : version};
        }
    }
}
