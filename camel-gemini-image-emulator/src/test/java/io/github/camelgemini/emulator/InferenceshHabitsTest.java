package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that inference.sh has or had, its limits, and what it has beside tasks. */
class InferenceshHabitsTest {

    private static final String RUN =
            "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a lighthouse\"}}";
    private static final Duration TASK = Duration.ofHours(1);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(
            GeminiEmulator.builder().smallPictures(true).queueTime(TASK));

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(emulator.inferenceshUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer key");
    }

    private static HttpRequest.Builder post(String path, String body) {
        return request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonNode answer(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response = send(request.build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static JsonNode drawn() throws IOException {
        String id = answer(post("/apps/run", RUN)).at("/data/id").asText();
        emulator.clock().advance(TASK);
        return answer(request("/tasks/" + id)).path("data");
    }

    @Test
    void envelopeOfTodayHasMessages() throws IOException {
        JsonNode answer = answer(post("/apps/run", RUN));

        assertThat(answer.size()).isEqualTo(2);
        assertThat(answer.path("messages").isArray()).isTrue();
    }

    @Test
    void versionTwoHasNoEnvelope() throws IOException {
        JsonNode answer = answer(post("/apps/run", RUN).header("X-API-Version", "2"));

        assertThat(answer.path("id").asText()).hasSize(26);
    }

    @Test
    void envelopeOfOldSaysSuccess() throws IOException {
        emulator.usually(EmulatedService.INFERENCESH, Fault.oldestEnvelope());

        JsonNode answer = answer(post("/apps/run", RUN));

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.at("/data/id").asText()).hasSize(26);
    }

    /** Source document 000 has 9 for completed. */
    @ParameterizedTest
    @CsvSource({"0.5, 7", "0.95, 8", "1, 9"})
    void numbersOfOldAreOneLessFromUploadingOn(double share, int status) throws IOException {
        emulator.usually(EmulatedService.INFERENCESH, Fault.oldStatusNumbers());
        String id = answer(post("/apps/run", RUN)).at("/data/id").asText();

        emulator.clock().advance(Duration.ofMillis((long) (TASK.toMillis() * share)));

        assertThat(answer(request("/tasks/" + id)).at("/data/status").asInt()).isEqualTo(status);
    }

    @Test
    void statusesCanBeNames() throws IOException {
        emulator.usually(EmulatedService.INFERENCESH, Fault.statusNames());

        assertThat(drawn().path("status").asText()).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri", "url"})
    void picturesCanBeObjects(String field) throws IOException {
        emulator.usually(EmulatedService.INFERENCESH, Fault.pictureObjects(field));

        JsonNode image = drawn().at("/output/images/0");

        assertThat(image.path(field).asText()).startsWith(emulator.inferenceshUrl());
        assertThat(image.has("content_type")).isEqualTo(field.equals("url"));
    }

    @Test
    void outputMetaCanBeMissing() throws IOException {
        assertThat(drawn().at("/output/output_meta/outputs/0/count").asInt()).isEqualTo(1);
        emulator.usually(EmulatedService.INFERENCESH, Fault.withoutOutputMeta());

        assertThat(drawn().path("output").has("output_meta")).isFalse();
    }

    @Test
    void requirementThatIsNotMetIs412() throws IOException {
        emulator.next(Fault.requirementNotMet("integration", "google", "Connect Google"));

        HttpResponse<String> response = send(post("/apps/run", RUN).build());

        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(json(response).toString())
                .isEqualTo("{\"satisfied\":false,\"errors\":[{\"type\":\"integration\",\"key\":\"google\","
                        + "\"message\":\"Connect Google\",\"action\":{\"type\":\"connect\"}}]}");
        assertThat(emulator.jobs()).isEmpty();
    }

    @Test
    void runsAreLimitedAndSaySo() throws IOException {
        emulator.usually(EmulatedService.INFERENCESH, Fault.rateLimits());
        for (int left = 99; left >= 0; left--) {
            HttpResponse<String> response = send(post("/apps/run", RUN).build());
            assertThat(response.headers().firstValue("X-RateLimit-Remaining")).contains(Integer.toString(left));
        }

        HttpResponse<String> refused = send(post("/apps/run", RUN).build());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("X-RateLimit-Reset")).isPresent();
        assertThat(emulator.jobs()).hasSize(100);
        emulator.clock().advance(Duration.ofMinutes(1));
        assertThat(send(post("/apps/run", RUN).build()).statusCode()).isEqualTo(200);
    }

    @Test
    void rateLimitSaysWhenToComeBack() throws IOException {
        emulator.next(Fault.rateLimited(Duration.ofMillis(2500)));

        HttpResponse<String> response = send(post("/apps/run", RUN).build());

        assertThat(response.headers().firstValue("Retry-After")).contains("3");
        assertThat(response.headers().firstValue("X-RateLimit-Remaining")).contains("0");
    }

    @Test
    void taskBeginsWhenItIsToldTo() throws IOException {
        String at = emulator.clock()
                .instant()
                .plus(Duration.ofDays(1))
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        String id = answer(post("/apps/run", RUN.replaceFirst("}$", ",\"run_at\":\"" + at + "\"}")))
                .at("/data/id")
                .asText();

        emulator.clock().advance(Duration.ofHours(20));
        assertThat(answer(request("/tasks/" + id)).at("/data/status").asInt()).isEqualTo(1);
        assertThat(answer(request("/tasks/" + id)).at("/data/run_at").asText()).isEqualTo(at);
        emulator.clock().advance(Duration.ofHours(6));
        assertThat(answer(request("/tasks/" + id)).at("/data/status").asInt()).isEqualTo(10);
    }

    @Test
    void uploadNeedsTheTypeThatWasAnnounced() throws IOException {
        JsonNode file = answer(
                        post(
                                "/files",
                                "{\"files\":[{\"uri\":\"\",\"filename\":\"a.png\",\"content_type\":\"image/png\",\"size\":3}]}"))
                .at("/data/0");
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(file.path("upload_url").asText()))
                .PUT(HttpRequest.BodyPublishers.ofString("abc"));

        assertThat(send(put.copy().header("Content-Type", "image/jpeg").build()).statusCode())
                .isEqualTo(403);
        assertThat(send(put.copy().header("Content-Type", "image/png").build()).statusCode())
                .isEqualTo(200);

        HttpResponse<String> content = send(
                HttpRequest.newBuilder(URI.create(file.path("uri").asText())).build());
        assertThat(content.body()).isEqualTo("abc");
        assertThat(content.headers().firstValue("Content-Type")).contains("image/png");
    }

    @Test
    void largeUploadIsKept() throws IOException {
        JsonNode file = answer(post("/files", "{\"files\":[{\"filename\":\"a.png\",\"content_type\":\"image/png\"}]}"))
                .at("/data/0");
        byte[] bytes = "large ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        send(HttpRequest.newBuilder(URI.create(file.path("upload_url").asText()))
                .header("Content-Type", "image/png")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build());

        assertThat(send(
                                HttpRequest.newBuilder(
                                                URI.create(file.path("uri").asText()))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(bytes);
    }

    @Test
    void filesOfATaskAreListedAndDeleted() throws IOException {
        JsonNode task = drawn();
        String path = "/tasks/" + task.path("id").asText() + "/files";

        JsonNode files = answer(request(path + "?role=output")).path("data");
        JsonNode deleted = answer(request(path).DELETE()).path("data");

        assertThat(files.at("/0/uri")).isEqualTo(task.at("/output/images/0"));
        assertThat(deleted.path("deleted")).containsExactly(files.at("/0/id"));
        assertThat(send(HttpRequest.newBuilder(URI.create(files.at("/0/uri").asText()))
                                .build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(answer(request(path).DELETE()).at("/data/skipped/0/reason").asText())
                .isEqualTo("not_found");
    }

    @Test
    void taskIsDeletedWithItsFiles() throws IOException {
        JsonNode task = drawn();

        send(request("/tasks/" + task.path("id").asText() + "?files=true")
                .DELETE()
                .build());

        assertThat(send(HttpRequest.newBuilder(
                                        URI.create(task.at("/output/images/0").asText()))
                                .build())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void logsTimingsAndTelemetryAreOfTheTask() throws IOException {
        JsonNode task = drawn();
        String path = "/tasks/" + task.path("id").asText();

        assertThat(answer(request(path + "/logs")).at("/data/logs/0/content").asText())
                .isEqualTo("generating: 100%");
        assertThat(answer(request(path + "/timings"))
                        .at("/data/total_duration_ms")
                        .asLong())
                .isEqualTo(TASK.toMillis());
        assertThat(answer(request(path + "/telemetry")).at("/data/task_id")).isEqualTo(task.path("id"));
    }

    @Test
    void entitlementsCountWhatIsRunning() throws IOException {
        answer(post("/apps/run", RUN));

        assertThat(answer(request("/entitlements"))
                        .at("/data/limits/concurrency")
                        .asInt())
                .isEqualTo(100);
        assertThat(answer(request("/entitlements/usage"))
                        .at("/data/concurrency/current")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void endedAppIsNotFoundAndNotListed() throws IOException {
        emulator.endModel(EmulatedService.INFERENCESH, "google/gemini-3-1-flash-image", 1);
        answer(post("/apps/run", RUN));

        assertThat(send(post("/apps/run", RUN).build()).statusCode()).isEqualTo(404);
        assertThat(answer(post("/apps/list", "{}")).at("/data/total_items").asInt())
                .isEqualTo(2);
    }

    @Test
    void openApiNamesTheUrls() throws IOException {
        JsonNode paths = answer(request("/openapi.json")).path("paths");

        assertThat(paths.at("/~1apps~1{namespace}~1{name}~1run/post/operationId")
                        .asText())
                .isEqualTo("apps.run");
        assertThat(paths.path("/tasks/{id}").size()).isEqualTo(2);
    }

    @Test
    void appIsFoundByItsIdToo() throws IOException {
        JsonNode app = answer(request("/apps/google/gemini-3-1-flash-image")).path("data");

        assertThat(answer(request("/apps/" + app.path("id").asText())).path("data"))
                .isEqualTo(app);
    }

    @Test
    void urlOfNothingIsAProblem() throws IOException {
        HttpResponse<String> response = send(request("/nothing").build());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("detail").asText()).isEqualTo("/nothing not found");
    }
}
