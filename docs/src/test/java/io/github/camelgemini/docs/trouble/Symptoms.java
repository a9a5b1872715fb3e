package io.github.camelgemini.docs.trouble;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.awaitility.Awaitility;

/** The failures on the page about troubleshooting, by tag, each with a way to provoke it. */
public final class Symptoms {

    private static final String GENERATE = "gemini-image:generate";

    private Symptoms() {}

    /** Provokes the failure, and gives what the log prints. */
    public interface Cause {
        String message(Trouble trouble) throws Exception;
    }

    /** All failures in the order of the page. */
    public static Map<String, Cause> all() {
        Map<String, Cause> all = new LinkedHashMap<>();
        quota(all);
        noPicture(all);
        request(all);
        options(all);
        keys(all);
        network(all);
        pictures(all);
        again(all);
        batches(all);
        setUp(all);
        return all;
    }

    private static Cause after(Fault... faults) {
        return trouble -> {
            trouble.emulator().next(faults);
            return trouble.failure(GENERATE, "A cat");
        };
    }

    private static void quota(Map<String, Cause> all) {
        all.put("rate-limit", after(Fault.rateLimited(Duration.ofSeconds(34))));
        all.put("paused", trouble -> {
            trouble.emulator().next(Fault.rateLimited(Duration.ofHours(1)));
            trouble.failure(GENERATE, "A cat");
            return trouble.failure(GENERATE + "?requestTimeout=60000", "A cat");
        });
        all.put("too-many-wait", trouble -> {
            trouble.emulator().on(RequestMatcher.any()).answer(Fault.stallBeforeHeaders());
            String uri = GENERATE + "?maxConcurrentRequests=1&maxQueued=1";
            return CompletableFuture.anyOf(
                            trouble.sendAside(uri, "A cat"),
                            trouble.sendAside(uri, "A dog"),
                            trouble.sendAside(uri, "A bird"))
                    .get()
                    .toString();
        });
        all.put("daily-quota", after(Fault.dailyQuota()));
        all.put("no-credits", after(Fault.creditsDepleted()));
        all.put("budget", trouble -> {
            trouble.component().setBudget(0.001);
            return trouble.failure(GENERATE, "A cat");
        });
    }

    private static void noPicture(Map<String, Cause> all) {
        all.put("prompt-blocked", after(Fault.promptBlocked("PROHIBITED_CONTENT")));
        all.put(
                "image-blocked",
                after(Fault.finish("IMAGE_SAFETY", "Unable to show the generated image. Try rephrasing the prompt.")));
        all.put("text-only", after(Fault.textOnly("Which colour shall the cat have?")));
        all.put("no-image", after(Fault.noImage()));
    }

    private static void request(Map<String, Cause> all) {
        all.put("no-prompt", trouble -> trouble.failure(GENERATE, null));
        all.put("empty-body", trouble -> trouble.failure(GENERATE + "?prompt=Make it night", new byte[0]));
        all.put("no-picture-to-edit", trouble -> trouble.failure("gemini-image:edit?prompt=Make it night", "A cat"));
        all.put("cut-off", trouble -> {
            byte[] picture = drawn(trouble).getBody(byte[].class);
            return trouble.failure(
                    GENERATE + "?model=gemini-2.5-flash-image&prompt=Make it night",
                    Arrays.copyOf(picture, picture.length / 2));
        });
        all.put("no-converter", trouble -> {
            trouble.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:two").to(GENERATE + "?numImages=2").to("file:" + trouble.folder());
                }
            });
            return trouble.failure("direct:two", "A cat");
        });
        all.put("long-prompt", trouble -> trouble.failure(GENERATE, "cat ".repeat(1 << 19)));
        all.put(
                "input-too-large",
                trouble -> trouble.failure(
                        GENERATE + "?maxInputBytes=1000&prompt=Make it night",
                        drawn(trouble).getBody(byte[].class)));
        all.put(
                "http-413",
                after(Fault.rawBody(413, "text/html", "<html><h1>413 Request Entity Too Large</h1></html>")));
        all.put(
                "private-address",
                trouble -> trouble.failure(
                        GENERATE,
                        "Put this coat on her",
                        Map.of(GeminiImageHeaders.REFERENCE_IMAGES, "http://10.0.0.7/coat.png")));
        all.put("reference-gone", trouble -> {
            HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            web.createContext("/", exchange -> {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            });
            web.start();
            try {
                String url = "http://localhost:" + web.getAddress().getPort() + "/coat.png";
                return trouble.failure(GENERATE + "?referenceImages=" + url, "Put this coat on her");
            } finally {
                web.stop(0);
            }
        });
    }

    private static void options(Map<String, Cause> all) {
        all.put("parameter-of-another-model", trouble -> trouble.failure(GENERATE + "?temperature=0.5", "A cat"));
        all.put(
                "size-of-another-model",
                trouble -> trouble.failure(GENERATE + "?imageSize=4K&model=gemini-3.1-flash-lite-image", "A cat"));
        all.put("unquoted-ratio", trouble -> trouble.failure(GENERATE + "?aspectRatio=969", "A cat"));
        all.put("unknown-option", trouble -> trouble.failure(GENERATE + "?aspectRato=16:9", "A cat"));
        all.put(
                "unknown-field",
                trouble -> trouble.failure(GENERATE, "{\"prompt\": \"A cat\", \"aspect_ratoi\": \"16:9\"}"));
        all.put("vertex-only", trouble -> trouble.failure(GENERATE + "?personGeneration=allow_adult", "A cat"));
        all.put("http-400", after(Fault.status(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")));
        all.put("model-gone", trouble -> {
            trouble.emulator().next(Fault.modelNotFound());
            return trouble.failure(GENERATE + "?model=gemini-2.5-flash-image", "A cat");
        });
        all.put("deprecated-model", trouble -> {
            trouble.failure(GENERATE + "?model=gemini-3.1-flash-image", "A cat");
            return trouble.logged("has been deprecated");
        });
    }

    private static void keys(Map<String, Cause> all) {
        all.put("no-key", trouble -> {
            trouble.component().getConfiguration().setApiKey(null);
            trouble.component().getConfiguration().setBaseUrl(null);
            return trouble.failure(GENERATE, "A cat");
        });
        all.put("wrong-key", after(Fault.invalidKey()));
        all.put("http-401", after(Fault.invalidToken()));
        all.put("http-403", after(Fault.missingKey()));
        all.put("billing", after(Fault.billing()));
        all.put("key-in-uri", trouble -> {
            trouble.failure(GENERATE + "?apiKey=any-other-key", "A cat");
            return trouble.logged("is in the URI of an endpoint");
        });
    }

    private static void network(Map<String, Cause> all) {
        all.put("time-out", trouble -> {
            trouble.emulator().next(Fault.stallBeforeHeaders());
            return trouble.failure(GENERATE + "?requestTimeout=500", "A cat");
        });
        all.put("time-out-in-queue", trouble -> {
            trouble.emulator().on(RequestMatcher.any()).answer(Fault.stallBeforeHeaders());
            trouble.sendAside(GENERATE + "?maxConcurrentRequests=1", "A cat");
            Awaitility.await().until(() -> trouble.emulator().requests().size() == 1);
            return trouble.failure(GENERATE + "?maxConcurrentRequests=1&requestTimeout=500", "A dog");
        });
        all.put("overloaded", after(Fault.overloaded()));
        all.put("retry", trouble -> {
            trouble.emulator().next(Fault.overloaded());
            trouble.failure(GENERATE + "?maxRetries=1&retryInitialDelay=1", "A cat");
            return trouble.logged(". Retry in ");
        });
        all.put("connection-broke", after(Fault.resetBeforeHeaders()));
        all.put("connection-refused", trouble -> {
            trouble.component().getConfiguration().setBaseUrl("http://localhost:" + freePort());
            return trouble.failure(GENERATE, "A cat");
        });
        all.put("page-of-a-proxy", after(Fault.html(200)));
        all.put("redirect", after(Fault.redirect("https://login.example.com/")));
        all.put("certificate", trouble -> {
            // Any server with TLS and a certificate that nobody trusts.
            GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_IMAPS));
            server.start();
            try {
                trouble.component()
                        .getConfiguration()
                        .setBaseUrl("https://localhost:" + server.getImaps().getPort());
                return trouble.failure(GENERATE, "A cat");
            } finally {
                server.stop();
            }
        });
        all.put("health-down", trouble -> {
            HealthCheckRegistry registry = HealthCheckRegistry.get(trouble.context());
            HealthCheckRepository producers = (HealthCheckRepository) registry.resolveById("producers");
            producers.setEnabled(true);
            registry.register(producers);
            trouble.emulator().on(RequestMatcher.any()).answer(Fault.invalidKey());
            trouble.context().start();
            trouble.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:draw").routeId("draw").to(GENERATE);
                }
            });
            HealthCheck.Result down = HealthCheckHelper.invokeReadiness(trouble.context()).stream()
                    .filter(result -> result.getState() == HealthCheck.State.DOWN)
                    .findFirst()
                    .orElseThrow();
            return down.getCheck().getId() + ": " + down.getState() + "\n"
                    + down.getMessage().orElseThrow();
        });
    }

    private static void pictures(Map<String, Cause> all) {
        all.put("picture-gone", trouble -> {
            trouble.component().getConfiguration().setSpoolThreshold(1L);
            trouble.component()
                    .getConfiguration()
                    .setSpoolDirectory(trouble.folder().toString());
            GeneratedImage picture = drawn(trouble).getBody(GeneratedImage.class);
            trouble.context().stop();
            try {
                picture.newInputStream().close();
                return "it is there";
            } catch (Exception e) {
                return Trouble.told(e);
            }
        });
        all.put("no-spool-folder", trouble -> {
            String file = Files.createFile(trouble.folder().resolve("pictures")).toString();
            return trouble.failure(GENERATE + "?spoolThreshold=1&spoolDirectory=" + file, "A cat");
        });
    }

    private static void again(Map<String, Cause> all) {
        all.put("drawn-again", trouble -> {
            trouble.emulator().on(RequestMatcher.any()).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
            Files.writeString(trouble.folder().resolve("1.txt"), "forbidden");
            trouble.context().start();
            trouble.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + trouble.folder() + "?initialDelay=0&delay=50")
                            .to(GENERATE);
                }
            });
            Awaitility.await()
                    .atMost(Trouble.LIMIT)
                    .until(() -> trouble.emulator().requests().size() > 1);
            return trouble.logged("Failed delivery for");
        });
    }

    private static void batches(Map<String, Cause> all) {
        all.put("batch-expired", trouble -> {
            trouble.emulator().on(RequestMatcher.operation("batches.create")).answer(Fault.batchExpires());
            AtomicReference<Exception> failure = new AtomicReference<>();
            results(trouble, "", failure);
            submit(trouble);
            trouble.emulator().clock().advance(Duration.ofHours(48));
            Awaitility.await().atMost(Trouble.LIMIT).until(() -> failure.get() != null);
            return Trouble.told(failure.get());
        });
        all.put("batch-old", trouble -> {
            trouble.emulator().on(RequestMatcher.operation("batches.create")).answer(Fault.neverEnds());
            results(trouble, "&batchMaxAge=3000", new AtomicReference<>());
            submit(trouble);
            return trouble.logged("is older than batchMaxAge");
        });
    }

    private static void results(Trouble trouble, String options, AtomicReference<Exception> failure) throws Exception {
        trouble.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(exchange ->
                                failure.set(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from("gemini-image:batchResults?initialDelay=0&delay=50" + options)
                        .to("log:pictures");
            }
        });
    }

    private static void submit(Trouble trouble) {
        Exchange submitted = trouble.send(
                "gemini-image:batch", List.of("A cat"), Map.of(GeminiImageHeaders.BATCH_ID, "spring-catalogue"));
        if (submitted.getException() != null) {
            throw new IllegalStateException(submitted.getException());
        }
    }

    private static void setUp(Map<String, Cause> all) {
        all.put("no-component", trouble -> MissingJars.without("camel-gemini-image-component", GENERATE, "A cat"));
        all.put(
                "no-camel-http",
                trouble -> MissingJars.without("camel-http-4", GENERATE + "?service=anyfast&apiKey=any-key", "A cat"));
        all.put(
                "no-camel-bean",
                trouble -> MissingJars.without("camel-bean-4", "direct:end", "${exception.blockReason}"));
        all.put("other-service-lacks", trouble -> {
            trouble.component().getConfiguration().setBaseUrl(null);
            return trouble.failure(
                    GENERATE + "?service=aimlapi&apiKey=any-key&baseUrl="
                            + trouble.emulator().aimlapiUrl() + "&safetyThreshold=BLOCK_NONE",
                    "A cat");
        });
        all.put("job-goes-on", trouble -> {
            trouble.emulator()
                    .on(RequestMatcher.service(EmulatedService.INFERENCESH))
                    .answer(Fault.neverEnds());
            return trouble.failure(
                    GENERATE + "?service=inferencesh&apiKey=any-key&requestTimeout=2000&baseUrl="
                            + trouble.emulator().inferenceshUrl(),
                    "A cat");
        });
    }

    private static Message drawn(Trouble trouble) {
        return trouble.send(GENERATE + "?model=gemini-2.5-flash-image", "A cat", Map.of())
                .getMessage();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
