package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that no option names are those of the environment, each for its own service. */
@Timeout(120)
class KeysOfTheEnvironmentTest {

    private static final Map<String, String> KEYS = Map.of(
            "GOOGLE_API_KEY", "google-marked-key-4711",
            "GEMINI_API_KEY", "gemini-marked-key-4711",
            "ANYFAST_API_KEY", "any-fast-marked-key-4711",
            "AIMLAPI_API_KEY", "aimlapi-marked-key-4711",
            "INFERENCE_API_KEY", "inference-marked-key-4711",
            "GMI_API_KEY", "gmi-marked-key-4711");

    private final GeminiEmulator emulator = GeminiEmulator.builder().start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void eachServiceGetsItsOwnAndNoOther() throws Exception {
        try (OtherJvm jvm = drawsIn(KEYS)) {
            for (String service : List.of("google", "anyfast", "aimlapi", "inferencesh", "gmi")) {
                assertThat(jvm.lineWith("Outcome of ")).isEqualTo("Outcome of " + service + ": drawn");
            }
        }

        assertThat(emulator.requests())
                .extracting(ReceivedRequest::service)
                .contains(
                        EmulatedService.GOOGLE,
                        EmulatedService.ANYFAST,
                        EmulatedService.AIMLAPI,
                        EmulatedService.INFERENCESH,
                        EmulatedService.GMI);
        assertThat(emulator.requests()).allSatisfy(request -> assertThat(keysIn(request))
                .isEqualTo(
                        switch (request.operation()) {
                            case "pictures.get" -> Map.of();
                            default ->
                                switch (request.service()) {
                                    case ANYFAST -> only("ANYFAST_API_KEY");
                                    case AIMLAPI -> only("AIMLAPI_API_KEY");
                                    case INFERENCESH -> only("INFERENCE_API_KEY");
                                    case GMI -> only("GMI_API_KEY");
                                    default -> only("GOOGLE_API_KEY");
                                };
                        }));
    }

    @Test
    void keyOfGoogleIsOfferedToNoOtherService() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>(KEYS);
        keys.put("ANYFAST_API_KEY", "");
        keys.put("AIMLAPI_API_KEY", "");
        keys.put("INFERENCE_API_KEY", "");
        keys.put("GMI_API_KEY", "");

        try (OtherJvm jvm = drawsIn(keys)) {
            assertThat(jvm.lineWith("Outcome of ")).isEqualTo("Outcome of google: drawn");
            assertThat(jvm.lineWith("Outcome of ")).contains("anyfast", "ANYFAST_API_KEY");
            assertThat(jvm.lineWith("Outcome of ")).contains("aimlapi", "AIMLAPI_API_KEY");
            assertThat(jvm.lineWith("Outcome of ")).contains("inferencesh", "INFERENCE_API_KEY");
            assertThat(jvm.lineWith("Outcome of ")).contains("gmi", "GMI_API_KEY");
        }

        assertThat(emulator.requests()).extracting(ReceivedRequest::service).containsOnly(EmulatedService.GOOGLE);
    }

    private OtherJvm drawsIn(Map<String, String> environment) throws Exception {
        return OtherJvm.startIn(
                environment,
                KeysOfTheEnvironmentTest.class,
                emulator.baseUrl(),
                emulator.anyfastUrl(),
                emulator.aimlapiUrl(),
                emulator.inferenceshUrl(),
                emulator.gmiUrl());
    }

    private static Map<String, String> only(String variable) {
        return Map.of(variable, KEYS.get(variable));
    }

    /** Wherever in the request they are. */
    private static Map<String, String> keysIn(ReceivedRequest request) {
        String all = request.path() + request.query() + request.headers() + request.body();
        Map<String, String> found = new LinkedHashMap<>(KEYS);
        found.values().removeIf(key -> !all.contains(key));
        return found;
    }

    public static void main(String[] urls) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                ProducerTemplate template = context.createProducerTemplate()) {
            context.start();
            template.start();
            draw(template, "google", urls[0]);
            draw(template, "anyfast", urls[1]);
            draw(template, "aimlapi", urls[2]);
            draw(template, "inferencesh", urls[3]);
            draw(template, "gmi", urls[4]);
        }
    }

    private static void draw(ProducerTemplate template, String service, String url) {
        String outcome;
        try {
            Exchange exchange = template.request(
                    "gemini-image:generate?maxRetries=0&service=" + service + "&baseUrl=" + url,
                    message -> message.getMessage().setBody("a cat"));
            outcome = exchange.getException() == null ? "drawn" : String.valueOf(exchange.getException());
        } catch (RuntimeException e) {
            outcome = e + " " + e.getCause();
        }
        System.out.println("Outcome of " + service + ": " + outcome.replace('\n', ' '));
    }
}
