package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdminApiTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static HttpResponse<String> admin(String method, String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/emulator" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static int status(String text) throws IOException {
        return send(generate(emulator.baseUrl(), MODEL, prompt(text))).statusCode();
    }

    @Test
    void aFaultIsScriptedForAWord() throws IOException {
        String script = "{\"faults\":[\"overloaded\",{\"kind\":\"delay\",\"duration\":\"10ms\"}],\"times\":1,"
                + "\"prompt\":\"beach\",\"model\":\"" + MODEL + "\",\"operation\":\"generateContent\"}";

        assertThat(admin("POST", "/faults", script).statusCode()).isEqualTo(200);

        assertThat(status("a hill")).isEqualTo(200);
        assertThat(status("a beach")).isEqualTo(503);
        assertThat(status("a beach")).isEqualTo(200);
    }

    static Stream<Method> kinds() {
        return Arrays.stream(Fault.class.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFaultOfJavaIsUnderstoodByHttp(Method kind) throws IOException {
        ObjectNode fault = Http.JSON.createObjectNode().put("kind", kind.getName());
        for (Parameter parameter : kind.getParameters()) {
            switch (parameter.getType().getSimpleName()) {
                case "Duration" -> fault.put(parameter.getName(), "1.5s");
                case "String" -> fault.put(parameter.getName(), "x");
                default -> fault.put(parameter.getName(), 200);
            }
        }
        ObjectNode script = Http.JSON.createObjectNode();
        script.putArray("faults").add(fault);

        HttpResponse<String> response = admin("POST", "/faults", script.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(emulator.emulator().faults()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"faults\":[\"explode\"]} | There is no fault 'explode'",
                "{\"faults\":[{\"kind\":\"pixels\",\"width\":3}]} | 'height' is missing or wrong in pixels(int width, int height)",
                "{\"faults\":[{\"kind\":\"gzip\",\"level\":3}]} | gzip() has no [level]",
                "{\"faults\":[{\"kind\":\"delay\",\"duration\":\"soon\"}]} | A duration is written",
                "{\"faults\":[{\"kind\":\"pixels\",\"width\":0,\"height\":0}]} | at least one pixel",
                "{\"faults\":[]} | No fault was given",
                "{\"fault\":\"gzip\"} | There is no field 'fault'",
                "{ | No valid JSON",
            })
    void mistakesAreExplained(String script, String message) throws IOException {
        HttpResponse<String> response = admin("POST", "/faults", script);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains(message);
    }

    @Test
    void requestsAreShownAndForgotten() throws IOException {
        status("a hill");

        JsonNode request = json(admin("GET", "/requests", "")).get(0);
        assertThat(request.path("prompt").asText()).isEqualTo("a hill");
        assertThat(request.path("operation").asText()).isEqualTo("generateContent");
        assertThat(request.at("/body/contents/0/parts/0/text").asText()).isEqualTo("a hill");

        admin("DELETE", "/requests", "");
        assertThat(json(admin("GET", "/requests", ""))).isEmpty();
    }

    @Test
    void faultsAreShownAndForgotten() throws IOException {
        emulator.on(RequestMatcher.any()).answer(Fault.overloaded());
        status("a hill");

        JsonNode fault = json(admin("GET", "/faults", "")).get(0);
        assertThat(fault.path("served").asInt()).isEqualTo(1);
        assertThat(fault.path("left").asText()).isEqualTo("always");

        admin("DELETE", "/faults", "");
        assertThat(status("a hill")).isEqualTo(200);
    }

    @Test
    void theOverviewNamesAllKinds() throws IOException {
        assertThat(json(admin("GET", "", "")).path("faultKinds").toString())
                .contains("rateLimited(Duration retryDelay)", "stallBeforeHeaders()");
    }

    @Test
    void anotherPathIsExplained() throws IOException {
        assertThat(admin("GET", "/nothing", "").statusCode()).isEqualTo(404);
    }
}
