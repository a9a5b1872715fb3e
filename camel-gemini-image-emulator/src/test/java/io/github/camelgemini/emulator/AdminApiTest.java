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
                "{\"faults\":[\"explode\"]} | Unknown fault 'explode'",
                "{\"faults\":[{\"kind\":\"pixels\",\"width\":3}]} | 'height' is missing or wrong in pixels(int width, int height)",
                "{\"faults\":[{\"kind\":\"gzip\",\"level\":3}]} | gzip() has no [level]",
                "{\"faults\":[{\"kind\":\"delay\",\"duration\":\"soon\"}]} | A duration must be written as",
                "{\"faults\":[{\"kind\":\"pixels\",\"width\":0,\"height\":0}]} | at least one pixel",
                "{\"faults\":[]} | 'faults' is []; it must be a list of at least one fault",
                "{\"faults\":\"gzip\"} | 'faults' is \"gzip\"; it must be a list of at least one fault",
                "{\"faults\":{\"a\":\"gzip\"}} | it must be a list of at least one fault",
                "{\"times\":1} | 'faults' is missing",
                "{\"faults\":[5]} | A fault must be its name, or an object with its name as 'kind', but is 5",
                "{\"faults\":[{}]} | A fault must be its name",
                "{\"faults\":[\"gzip\"],\"times\":\"x\"} | 'times' is \"x\"; it must be a whole number of 0 or more",
                "{\"faults\":[\"gzip\"],\"times\":\"2\"} | 'times' is \"2\"; it must be a whole number",
                "{\"faults\":[\"gzip\"],\"times\":-1} | 'times' is -1",
                "{\"faults\":[\"gzip\"],\"times\":1.5} | 'times' is 1.5",
                "{\"faults\":[\"gzip\"],\"times\":null} | 'times' is null",
                "{\"faults\":[\"gzip\"],\"times\":3000000000} | 'times' is 3000000000",
                "{\"faults\":[\"gzip\"],\"after\":true} | 'after' is true; it must be a whole number",
                "{\"faults\":[\"gzip\"],\"prompt\":5} | 'prompt' is 5; it must be a text",
                "{\"faults\":[\"gzip\"],\"prompt\":\"\"} | 'prompt' is \"\"",
                "{\"faults\":[\"gzip\"],\"model\":[]} | 'model' is []",
                "{\"faults\":[\"gzip\"],\"operation\":\"generate\"} | 'operation' is \"generate\"; it must be one of [apps.get, apps.list,",
                "{\"faults\":[{\"kind\":\"pictures\",\"n\":1.5}]} | 'n' is missing or wrong in pictures(int n)",
                "{\"faults\":[{\"kind\":\"pictures\",\"n\":\"2\"}]} | 'n' is missing or wrong",
                "{\"faults\":[{\"kind\":\"delay\",\"duration\":\"99999999999999s\"}]} | is too long",
                "{\"faults\":[{\"kind\":\"textOnly\",\"text\":null}]} | 'text' must not be null",
                "{\"faults\":[{\"kind\":\"html\",\"status\":99}]} | The HTTP status must be a number from 200 to 599, but is 99",
                "{\"faults\":[{\"kind\":\"header\",\"name\":\"a b\",\"value\":\"c\"}]} | 'a b' is not a valid header name",
                "{\"faults\":[{\"kind\":\"header\",\"name\":\"a\",\"value\":\"b\\r\\nc\"}]} | 'value' must be one line",
                "{\"faults\":[{\"kind\":\"pixels\",\"width\":70000,\"height\":1}]} | larger than the emulator can draw",
                "{\"faults\":[{\"kind\":\"deeplyNested\",\"levels\":-1}]} | at least 0",
                "{\"faults\":[\"gzip\"],\"faults\":[\"chunked\"]} | Not valid JSON: Duplicate field",
                "{\"faults\":[\"gzip\"]} x | Not valid JSON",
                "[] | The body must be a JSON object",
                "'' | The body must be a JSON object",
                "{\"fault\":\"gzip\"} | Unknown field 'fault'",
                "{ | Not valid JSON",
            })
    void mistakesAreExplained(String script, String message) throws IOException {
        HttpResponse<String> response = admin("POST", "/faults", script);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains(message);
        assertThat(emulator.emulator().faults()).isEmpty();
    }

    @Test
    void faultBeginsAfterSomeRequests() throws IOException {
        admin("POST", "/faults", "{\"faults\":[\"modelNotFound\"],\"after\":2,\"prompt\":\"beach\"}");

        assertThat(status("a beach")).isEqualTo(200);
        assertThat(status("a hill")).isEqualTo(200);
        assertThat(status("a beach")).isEqualTo(200);
        assertThat(status("a beach")).isEqualTo(404);
        assertThat(status("a beach")).isEqualTo(404);
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
