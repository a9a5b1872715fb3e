package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /tasks/{id}/stream} of inference.sh, as lines of JSON and as server-sent events. */
class InferenceshStreamTest {

    private static final Duration TASK = Duration.ofHours(1);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().queueTime(TASK));

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(emulator.inferenceshUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer key");
    }

    private static String run() throws IOException {
        return json(send(request("/apps/run")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a lighthouse\"}}"))
                        .build()))
                .at("/data/id")
                .asText();
    }

    private static BufferedReader stream(String id, String accept, String lastEvent) throws IOException {
        HttpResponse<InputStream> response = send(
                request("/tasks/" + id + "/stream")
                        .header("Accept", accept)
                        .header("Last-Event-ID", lastEvent)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(accept);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static BufferedReader lines(String id) throws IOException {
        return stream(id, "application/x-ndjson", "");
    }

    private static List<JsonNode> rest(BufferedReader lines) throws IOException {
        List<JsonNode> rest = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            rest.add(Http.JSON.readTree(line));
        }
        return rest;
    }

    @Test
    void linesComeAsThingsHappen() throws IOException {
        try (BufferedReader lines = lines(run())) {
            JsonNode task = Http.JSON.readTree(lines.readLine());
            assertThat(task.path("status").asInt()).isEqualTo(1);
            assertThat(task.at("/input/prompt").asText()).isEqualTo("a lighthouse");

            emulator.clock().advance(TASK.dividedBy(10).multipliedBy(5));
            JsonNode queued = Http.JSON.readTree(lines.readLine());
            assertThat(queued.at("/data/status").asInt()).isEqualTo(2);
            assertThat(queued.path("fields").toString()).contains("status", "updated_at");

            emulator.clock().advance(TASK);
            List<JsonNode> rest = rest(lines);
            assertThat(rest.get(rest.size() - 1).at("/data/status").asInt()).isEqualTo(10);
            assertThat(rest.get(rest.size() - 1).at("/data/output/images")).hasSize(1);
            assertThat(rest.stream()
                            .filter(line -> line.path("event").asText().equals("delta"))
                            .map(line -> line.at("/data/delta/progress").asInt()))
                    .isNotEmpty()
                    .isSorted()
                    .allMatch(percent -> percent >= 0 && percent <= 100);
        }
    }

    /** Source document 000: {@code if update.get("progress")}, {@code if update.get("output")}. */
    @Test
    void updatesHaveProgressAndOutput() throws IOException {
        try (BufferedReader lines = lines(run())) {
            emulator.clock().advance(TASK);

            List<JsonNode> updates = rest(lines).stream()
                    .filter(line -> !line.has("event"))
                    .map(line -> line.has("data") ? line.path("data") : line)
                    .toList();

            assertThat(updates).anyMatch(update -> update.path("progress").asInt() > 0);
            assertThat(updates).anyMatch(update -> update.path("output").has("images"));
        }
    }

    @Test
    void eventsAreNamedAndNumberedAndDone() throws IOException {
        try (BufferedReader lines = stream(run(), "text/event-stream", "")) {
            assertThat(lines.readLine()).isEqualTo("id: 1");
            assertThat(lines.readLine()).isEqualTo("event: update");
            assertThat(Http.JSON
                            .readTree(lines.readLine().substring(6))
                            .path("status")
                            .asInt())
                    .isEqualTo(1);

            emulator.clock().advance(TASK);
            List<String> rest = lines.lines().toList();

            assertThat(rest.subList(rest.size() - 3, rest.size())).containsExactly("event: done", "data: {}", "");
            String last = rest.get(rest.size() - 5);
            assertThat(Http.JSON.readTree(last.substring(6)).at("/output/images"))
                    .hasSize(1);
        }
    }

    @Test
    void eventsGoOnAfterTheLastThatWasHeard() throws IOException {
        try (BufferedReader lines = stream(run(), "text/event-stream", "7")) {
            assertThat(lines.readLine()).isEqualTo("id: 8");
        }
    }

    @Test
    void silenceIsBrokenByHeartbeats() throws IOException {
        emulator.next(Fault.neverEnds());
        try (BufferedReader lines = lines(run())) {
            lines.readLine();

            String line = "";
            while (!line.equals("{\"type\":\"heartbeat\"}")) {
                emulator.clock().advance(Duration.ofSeconds(11));
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("{\"type\":\"heartbeat\"}");
        }
    }

    @Test
    void cancellationEndsTheStream() throws IOException {
        String id = run();
        try (BufferedReader lines = lines(id)) {
            lines.readLine();

            send(request("/tasks/" + id + "/cancel")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());

            List<JsonNode> rest = rest(lines);
            assertThat(rest.get(rest.size() - 1).at("/data/status").asInt()).isEqualTo(12);
        }
    }

    @Test
    void taskThatHasEndedIsOneLine() throws IOException {
        String id = run();
        emulator.clock().advance(TASK);

        try (BufferedReader lines = lines(id)) {
            List<JsonNode> all = rest(lines);
            assertThat(all).hasSize(1);
            assertThat(all.get(0).path("status").asInt()).isEqualTo(10);
        }
    }

    @Test
    void streamMayEndWithAnError() throws IOException {
        emulator.on(RequestMatcher.operation("tasks.stream")).answer(Fault.midStreamError());

        try (BufferedReader lines = stream(run(), "text/event-stream", "")) {
            assertThat(lines.lines().toList()).contains("event: error");
        }
    }

    @Test
    void streamMayBreakOff() throws IOException {
        emulator.on(RequestMatcher.operation("tasks.stream")).answer(Fault.resetMidBody(100));

        assertThatThrownBy(() -> {
                    try (BufferedReader lines = lines(run())) {
                        rest(lines);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void streamOfNobodyIsNotFound() throws IOException {
        assertThat(send(request("/tasks/none/stream").build()).statusCode()).isEqualTo(404);
    }
}
