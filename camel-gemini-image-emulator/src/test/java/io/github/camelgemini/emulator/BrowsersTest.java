package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What web pages get: the API from anywhere, the emulator's own paths from nowhere else, and a page at {@code /}. */
class BrowsersTest {

    private static final String STRANGER = "https://somewhere.example";
    private static final String GENERATE = "/v1beta/models/" + MODEL + ":generateContent";
    private static final String PROMPT = Http.prompt("a harbour");

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().allowedHosts("gemini.containers"));

    /** Headers that java.net.http does not let anybody set need a connection by hand. */
    private static String call(String method, String path, String body, String... headers) throws IOException {
        return callAs("localhost:" + emulator.port(), method, path, body, headers);
    }

    private static String callAs(String host, String method, String path, String body, String... headers)
            throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nConnection: close\r\nx-goog-api-key: k\r\nContent-Length: " + body.length() + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request.append("\r\n").append(body).toString());
    }

    private static String send(String request) throws IOException {
        return RawCall.send(emulator.port(), request, Duration.ofSeconds(30)).received();
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    private static String headersOf(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n") + 2).toLowerCase(Locale.ROOT);
    }

    @Test
    void pageMayCallTheApi() throws IOException {
        String answer = call("POST", GENERATE, PROMPT, "Origin: " + STRANGER);

        assertThat(status(answer)).isEqualTo(200);
        assertThat(headersOf(answer)).contains("access-control-allow-origin: *\r\n", "x-goog-upload-url");
    }

    @Test
    void pageSeesErrorsToo() throws IOException {
        emulator.next(Fault.overloaded());

        String answer = call("POST", GENERATE, PROMPT, "Origin: " + STRANGER);

        assertThat(status(answer)).isEqualTo(503);
        assertThat(headersOf(answer)).contains("access-control-allow-origin: *\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {GENERATE, "/v1/models", "/upload/v1/files", "/v1beta/files/abc"})
    void browserThatAsksFirstIsToldYesAndIsNoRequest(String path) throws IOException {
        emulator.next(Fault.overloaded());

        String answer = call(
                "OPTIONS",
                path,
                "",
                "Origin: " + STRANGER,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-goog-api-key,content-type");

        assertThat(status(answer)).isEqualTo(200);
        assertThat(headersOf(answer))
                .contains("access-control-allow-origin: *\r\n")
                .contains("access-control-allow-headers: x-goog-api-key,content-type\r\n")
                .contains("access-control-allow-methods: get, post, put, delete\r\n");
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void programIsNotToldOfPages() throws IOException {
        assertThat(headersOf(call("POST", GENERATE, PROMPT))).doesNotContain("access-control");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /emulator/requests, Origin: https://somewhere.example",
        "GET,    /emulator,          Sec-Fetch-Site: cross-site",
        "GET,    /emulator/requests, Sec-Fetch-Site: same-site",
        "POST,   /emulator/faults,   Origin: https://somewhere.example",
        "POST,   /emulator/faults,   Origin: http://localhost:1",
        "POST,   /emulator/faults,   Origin: null",
        "POST,   /emulator/faults,   Content-Type: text/plain|Sec-Fetch-Site: cross-site",
        "POST,   /emulator/habits,   Content-Type: application/x-www-form-urlencoded|Origin: null",
        "POST,   /emulator/clock,    Content-Type: multipart/form-data; boundary=x|Origin: http://evil.localhost",
        "DELETE, /emulator/files,    Origin: https://somewhere.example"
    })
    void foreignPageNeitherReadsNorScripts(String method, String path, String header) throws IOException {
        String answer = call(method, path, "{\"faults\":[\"overloaded\"]}", header.split("\\|"));

        assertThat(status(answer)).isEqualTo(403);
        assertThat(headersOf(answer)).doesNotContain("access-control");
        assertThat(emulator.emulator().faults()).isEmpty();
    }

    @Test
    void foreignPageThatAsksFirstIsNotToldYes() throws IOException {
        String answer =
                call("OPTIONS", "/emulator/faults", "", "Origin: " + STRANGER, "Access-Control-Request-Method: DELETE");

        assertThat(headersOf(answer)).doesNotContain("access-control");
    }

    /** Its own name leads to this machine by now (DNS rebinding), so that a browser sees one origin. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "rebound.example:8080",
                "localhost.rebound.example",
                "127.0.0.1.rebound.example",
                "notlocalhost",
                "gemini.containers.rebound.example"
            })
    void pageOfAnotherNameGetsNothing(String host) throws IOException {
        emulator.next(Fault.overloaded());

        for (String path : List.of("/", "/emulator/requests", "/v1beta/files", "/aimlapi/v2/billing")) {
            String answer = callAs(host, "GET", path, "", "Origin: http://" + host, "Sec-Fetch-Site: same-origin");

            assertThat(status(answer)).as(path).isEqualTo(403);
            assertThat(answer).contains("--allowed-host").doesNotContain("access-control");
        }
        assertThat(emulator.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "pictures.localhost:8080",
                "127.0.0.1",
                "192.168.1.5:8080",
                "[::1]:8080",
                "gemini.containers:8080",
                "Gemini.Containers."
            })
    void addressesAndAllowedNamesAreAnswered(String host) throws IOException {
        assertThat(status(callAs(host, "GET", "/emulator/requests", ""))).isEqualTo(200);
    }

    @Test
    void ownPageMayScript() throws IOException {
        String answer = call(
                "POST",
                "/emulator/faults",
                "{\"faults\":[\"overloaded\"]}",
                "Origin: http://localhost:" + emulator.port(),
                "Sec-Fetch-Site: same-origin");

        assertThat(status(answer)).isEqualTo(200);
    }

    @Test
    void pageTellsHowToCallItWhereItIs() throws IOException {
        String page = call("GET", "/", "");

        assertThat(status(page)).isEqualTo(200);
        assertThat(headersOf(page)).contains("content-type: text/html");
        assertThat(page)
                .contains("curl -s http://localhost:" + emulator.port() + "/v1beta/models/")
                .contains("prefers-color-scheme: dark", "gemini-nano-banana-2.1")
                .doesNotContain("BASE_URL", "MODELS");
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void pageDoesNotRepeatAHostThatIsNone() throws IOException {
        String page = send("GET / HTTP/1.1\r\nHost: <script>alert(1)\r\nConnection: close\r\n\r\n");

        assertThat(page).doesNotContain("http://<script>");
    }

    @Test
    void anotherPathThanThePageIsNotFound() throws IOException {
        String answer = call("GET", "/index.html", "", "Origin: " + STRANGER);

        assertThat(status(answer)).isEqualTo(404);
    }
}
