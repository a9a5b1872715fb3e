package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** inference.sh as its documents describe it. Time does not go by here unless a test turns the clock. */
class InferenceshTest {

    private static final String APP = "google/gemini-3-1-flash-image";
    private static final Duration TASK = Duration.ofHours(1);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(GeminiEmulator.builder()
            .smallPictures(true)
            .queueTime(TASK)
            .apiKey(EmulatedService.INFERENCESH, "inf_key"));

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(emulator.inferenceshUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer inf_key");
    }

    static HttpRequest.Builder post(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonNode data(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response = send(request.build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("data");
    }

    private static JsonNode run(String input, String more) throws IOException {
        return data(post(
                "/apps/run",
                "{\"app\":\"" + APP + "\",\"input\":{\"prompt\":\"a lighthouse\"" + input + "}" + more + "}"));
    }

    private static JsonNode task(JsonNode run) throws IOException {
        return data(request("/tasks/" + run.path("id").asText()));
    }

    private static JsonNode drawn(String input) throws IOException {
        JsonNode run = run(input, "");
        emulator.clock().advance(TASK);
        return task(run);
    }

    private static BufferedImage picture(JsonNode task, int index) throws IOException {
        URI url = URI.create(task.at("/output/images/" + index).asText());
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
        return ImageIO.read(new ByteArrayInputStream(response.body()));
    }

    @Test
    void runIsAnsweredAtOnceAndEndsWithAPicture() throws IOException {
        JsonNode run = run(",\"aspect_ratio\":\"16:9\"", "");

        assertThat(run.path("status").asInt()).isEqualTo(1);
        assertThat(run.path("status_text").asText()).isEqualTo("received");
        assertThat(run.path("output").isNull()).isTrue();
        emulator.clock().advance(TASK);
        JsonNode task = task(run);
        assertThat(task.path("status").asInt()).isEqualTo(10);
        assertThat(task.path("status_text").asText()).isEqualTo("completed");
        assertThat(task.at("/output/images")).hasSize(1);
        assertThat(task.at("/output/images/0").asText()).startsWith(emulator.inferenceshUrl() + "/pictures/");
        assertThat(task.at("/output/output_meta/outputs/0/width").asInt()).isEqualTo(1376);
        assertThat(picture(task, 0).getWidth()).isEqualTo(1376);
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 1, received",
        "0.06, 2, queued",
        "0.11, 3, dispatched",
        "0.16, 4, preparing",
        "0.21, 5, serving",
        "0.26, 6, setting_up",
        "0.5, 7, running",
        "0.95, 9, uploading",
        "1, 10, completed"
    })
    void taskGoesThroughItsStatuses(double share, int status, String text) throws IOException {
        JsonNode run = run("", "");

        emulator.clock().advance(Duration.ofMillis((long) (TASK.toMillis() * share)));

        assertThat(task(run).path("status").asInt()).isEqualTo(status);
        assertThat(task(run).path("status_text").asText()).isEqualTo(text);
        assertThat(data(request("/tasks/" + run.path("id").asText() + "/status"))
                        .path("status")
                        .asInt())
                .isEqualTo(status);
    }

    @Test
    void waitAnswersWhenThePictureIsThere() throws IOException {
        emulator.next(Fault.takes(Duration.ofMillis(50)));

        JsonNode run = run("", ",\"wait\":true");

        assertThat(run.path("status").asInt()).isEqualTo(10);
        assertThat(picture(run, 0).getWidth()).isEqualTo(1024);
    }

    /** Source document 004, as written but for the host. */
    @Test
    void runOfTheBlogWorksAsWritten() throws IOException {
        JsonNode run = data(
                post(
                        "/v1/apps/google/gemini-3-1-flash-image-preview/run",
                        """
                        {
                            "prompt": "A retro travel poster for Tokyo with bold typography reading TOKYO in art deco style",
                            "aspect_ratio": "2:3",
                            "resolution": "2K",
                            "num_images": 2,
                            "output_format": "png"
                          }"""));
        emulator.clock().advance(TASK);

        JsonNode task = task(run);

        assertThat(task.at("/output/images")).hasSize(2);
        assertThat(picture(task, 1).getHeight()).isEqualTo(2528);
        assertThat(emulator.requests().get(0).model()).isEqualTo("google/gemini-3-1-flash-image-preview");
        assertThat(emulator.requests().get(0).prompt()).startsWith("A retro travel poster");
        assertThat(emulator.jobs().get(0).paid()).isEqualByComparingTo("0.24");
    }

    /** Source document 000: each of its samples has an empty input. */
    @Test
    void runOfTheDocumentsWorksAsWritten() throws IOException {
        JsonNode run = data(post("/apps/run", "{\"app\": \"google/gemini-3-1-flash-image\", \"input\": {}}"));
        emulator.clock().advance(TASK);

        assertThat(task(run).at("/output/images")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/apps/run", "/run", "/v1/apps/run", "/v1/run"})
    void runHasSeveralPaths(String path) throws IOException {
        assertThat(data(post(path, "{\"app\":\"" + APP + "@latest\",\"input\":{\"prompt\":\"a cat\"}}"))
                        .path("id")
                        .asText())
                .hasSize(26);
    }

    @Test
    void autoIsTheRatioOfTheFirstPicture() throws IOException {
        String wide = drawn(",\"aspect_ratio\":\"21:9\"").at("/output/images/0").asText();

        JsonNode edited = drawn(",\"aspect_ratio\":\"auto\",\"images\":[\"" + wide + "\"]");

        assertThat(picture(edited, 0).getWidth()).isEqualTo(1584);
    }

    @Test
    void pictureThatCannotBeDownloadedFailsTheTask() throws IOException {
        JsonNode task = drawn(",\"images\":[\"" + emulator.inferenceshUrl() + "/pictures/none.png\"]");

        assertThat(task.path("status").asInt()).isEqualTo(11);
        assertThat(task.path("error").asText()).isEqualTo("Failed to download input file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input\":{\"prompt\":\"a\"}} | app is required",
                "{\"app\":\"google/gemini-3-1-flash-image\"} | input must be an object",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"num_images\":1}} | Invalid input: prompt: field required",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\",\"size\":1}} | Invalid input: size: unknown field",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\",\"num_images\":5}} | Invalid input: num_images: expected an integer from 1 to 4",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\",\"resolution\":\"1k\"}} | Invalid input: resolution: expected one of 512, 1K, 2K, 4K",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\",\"safety_tolerance\":\"BLOCK_FEW\"}} | Invalid input: safety_tolerance: expected one of BLOCK_NONE, BLOCK_LOW_AND_ABOVE, BLOCK_MEDIUM_AND_ABOVE, BLOCK_ONLY_HIGH",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\",\"images\":[\"iVBORw0KGgo=\"]}} | Invalid input: images.0: expected a URI",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\"},\"webhook\":\"x\"} | webhook must be an http or https URL",
                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a\"},\"model\":\"x\"} | Unknown fields [model]. Fields are: [app, app_id, function, infra, input, metadata, run_at, session, session_timeout, setup, stream, version_id, wait, webhook, workers]",
            })
    void mistakesAreProblems(String body, String detail) throws IOException {
        HttpResponse<String> response = send(post("/apps/run", body).build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).path("type").asText()).isEqualTo("https://api.inference.sh/errors/invalid_request");
        assertThat(json(response).path("detail").asText()).isEqualTo(detail);
        assertThat(emulator.jobs()).isEmpty();
    }

    @Test
    void wrongKeyIsUnauthorized() throws IOException {
        HttpResponse<String> response = send(post("/apps/run", "{}")
                .setHeader("Authorization", "Bearer wrong")
                .build());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).toString())
                .isEqualTo("{\"type\":\"https://api.inference.sh/errors/unauthorized\",\"title\":\"Unauthorized\","
                        + "\"status\":401,\"detail\":\"Invalid or missing API key\"}");
    }

    @Test
    void cancelledTaskIsNeverPaid() throws IOException {
        JsonNode run = run("", "");

        JsonNode cancelled = data(post("/tasks/" + run.path("id").asText() + "/cancel", ""));
        emulator.clock().advance(TASK);

        assertThat(cancelled.path("cancelled").asBoolean()).isTrue();
        assertThat(task(run).path("status").asInt()).isEqualTo(12);
        assertThat(emulator.jobs().get(0).status()).isEqualTo("cancelled");
        assertThat(emulator.jobs().get(0).paid()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void taskThatHasEndedCannotBeCancelled() throws IOException {
        JsonNode task = drawn("");

        assertThat(data(post("/tasks/" + task.path("id").asText() + "/cancel", ""))
                        .path("cancelled")
                        .asBoolean())
                .isFalse();
        assertThat(emulator.jobs().get(0).paid()).isEqualByComparingTo("0.08");
    }

    @Test
    void lostAnswerLeavesATask() throws IOException {
        emulator.next(Fault.answerLost());

        assertThatThrownBy(() -> run("", "")).isInstanceOf(IOException.class);

        assertThat(emulator.jobs()).hasSize(1);
        JsonNode list = data(post(
                "/tasks/list",
                "{\"filters\":[{\"field\":\"input.prompt\",\"operator\":\"contains\",\"value\":\"light\"}]}"));
        assertThat(list.path("items")).hasSize(1);
        assertThat(list.at("/items/0/input/prompt").asText()).isEqualTo("a lighthouse");
    }

    @Test
    void listHasPagesInBothDirections() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, run("", "").path("id").asText());
        }

        JsonNode first = data(post("/tasks/list", "{\"limit\":2}"));
        JsonNode second = data(post(
                "/tasks/list",
                "{\"limit\":2,\"cursor\":\"" + first.path("next_cursor").asText() + "\"}"));
        JsonNode back = data(post(
                "/tasks/list",
                "{\"limit\":2,\"direction\":\"prev\",\"cursor\":\""
                        + second.path("prev_cursor").asText() + "\"}"));

        assertThat(first.path("items"))
                .extracting(item -> item.path("id").asText())
                .containsExactly(ids.get(0), ids.get(1));
        assertThat(second.path("items"))
                .extracting(item -> item.path("id").asText())
                .containsExactly(ids.get(2), ids.get(3));
        assertThat(back.path("items")).isEqualTo(first.path("items"));
        assertThat(first.path("has_next").asBoolean()).isTrue();
        assertThat(first.path("has_previous").asBoolean()).isFalse();
        assertThat(first.path("total_items").asInt()).isEqualTo(5);
    }

    @Test
    void listIsFilteredAndSorted() throws IOException {
        String done = drawn("").path("id").asText();
        String waiting = run("", "").path("id").asText();

        assertThat(ids("{\"filters\":[{\"field\":\"status\",\"operator\":\"eq\",\"value\":10}]}"))
                .containsExactly(done);
        assertThat(
                        ids(
                                "{\"filters\":[{\"field\":\"status\",\"operator\":\"in\",\"value\":[\"received\",\"queued\"]}]}"))
                .containsExactly(waiting);
        assertThat(ids("{\"sort\":[{\"field\":\"created_at\",\"dir\":\"asc\"}]}"))
                .containsExactly(done, waiting);
        assertThat(send(post("/tasks/list", "{\"filters\":[{\"field\":\"id\",\"operator\":\"is\"}]}")
                                .build())
                        .statusCode())
                .isEqualTo(400);
    }

    private static List<String> ids(String body) throws IOException {
        List<String> ids = new ArrayList<>();
        data(post("/tasks/list", body))
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    @Test
    void deletedTaskIsNotFound() throws IOException {
        String path = "/tasks/" + run("", "").path("id").asText();

        assertThat(send(request(path).DELETE().build()).statusCode()).isEqualTo(204);

        HttpResponse<String> gone = send(request(path).build());
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(json(gone).path("type").asText()).endsWith("/not_found");
    }

    @Test
    void failureOfTheModelFailsTheTask() throws IOException {
        emulator.next(Fault.finish("IMAGE_SAFETY", null));

        JsonNode task = drawn("");

        assertThat(task.path("status").asInt()).isEqualTo(11);
        assertThat(task.path("error").asText())
                .isEqualTo("Image generation/editing failed: No images were generated. finish_reason=IMAGE_SAFETY");
        assertThat(emulator.jobs().get(0).paid()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void taskMayNeverEnd() throws IOException {
        emulator.next(Fault.neverEnds());
        JsonNode run = run("", "");

        emulator.clock().advance(Duration.ofDays(30));

        assertThat(task(run).path("status").asInt()).isEqualTo(7);
    }
}
