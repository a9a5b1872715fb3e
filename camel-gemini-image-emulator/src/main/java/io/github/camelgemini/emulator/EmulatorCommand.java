package io.github.camelgemini.emulator;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the emulator by itself, until it is interrupted. */
@Command(
        name = "camel-gemini-image-emulator",
        mixinStandardHelpOptions = true,
        versionProvider = EmulatorCommand.Version.class,
        sortOptions = false,
        description = "Google's Gemini image API on this machine: no key, no network, no cost.",
        footer = {
            "",
            "Faults are scripted, and requests shown, at the path /emulator; see the README.",
            "Exit status: 1 when it cannot listen, 2 for wrong options."
        })
public final class EmulatorCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "8080",
            description = "Port to listen on; 0 is any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "<address>",
            defaultValue = "localhost",
            description = "Address to listen on; 0.0.0.0 in a container. Default: ${DEFAULT-VALUE}")
    private String host;

    @Option(names = "--api-key", paramLabel = "<key>", description = "The only valid key. Default: any key is valid")
    private String apiKey;

    @Option(
            names = "--access-token",
            paramLabel = "<token>",
            description = "The only valid access token for Vertex AI paths. Default: any token is valid")
    private String accessToken;

    @Option(
            names = "--small-pictures",
            description = "Pictures have only the bytes that they were drawn with. Default: they weigh what the API's"
                    + " weigh, a JPEG of 1K 0.7 to 0.8 MB")
    private boolean smallPictures;

    @Option(
            names = "--latency",
            paramLabel = "<time>",
            defaultValue = "0s",
            converter = Time.class,
            description = "How long a picture takes, for example 8s or 500ms. Default: ${DEFAULT-VALUE}")
    private Duration latency;

    @Option(
            names = "--ended-model",
            paramLabel = "<id>",
            description = "A model that has ended: it is not found. May be given several times")
    private List<String> endedModels = List.of();

    @Spec
    private CommandSpec spec;

    EmulatorCommand() {}

    /** Starts the command; see {@code --help}. */
    public static void main(String[] args) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        // Of slf4j-simple, which is in the executable jar only; Jetty's start is nobody's concern.
        System.setProperty(
                "org.slf4j.simpleLogger.defaultLogLevel",
                System.getProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn"));
        System.exit(new CommandLine(new EmulatorCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        GeminiEmulator.Builder builder = GeminiEmulator.builder()
                .host(host)
                .port(port)
                .smallPictures(smallPictures)
                .latency(latency);
        if (apiKey != null) {
            builder.apiKey(apiKey);
        }
        if (accessToken != null) {
            builder.accessToken(accessToken);
        }
        try {
            endedModels.forEach(builder::endedModel);
        } catch (IllegalArgumentException unknown) {
            throw new CommandLine.ParameterException(spec.commandLine(), unknown.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        try (GeminiEmulator emulator = builder.start()) {
            out.println("The Gemini image API is at " + emulator.baseUrl() + " — Ctrl-C stops it. Try:");
            out.println();
            out.println(example(emulator.baseUrl()));
            out.flush();
            new CountDownLatch(1).await();
            return CommandLine.ExitCode.OK;
        } catch (IllegalStateException cannotListen) {
            spec.commandLine().getErr().println(cannotListen.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private String example(String baseUrl) {
        String key = apiKey == null ? "any-key" : apiKey;
        return "  curl -s " + baseUrl + "/v1beta/models/gemini-3.1-flash-image:generateContent \\\n"
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
