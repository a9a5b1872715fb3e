package io.github.camelgemini.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.secret.Secrets;
import io.github.camelgemini.image.springboot.test.AutoConfigureGeminiEmulator;
import io.swagger.parser.OpenAPIParser;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The API over HTTP, and what arrives at the model. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camel.component.gemini-image.max-retries=0",
            "studio.max-in-progress=2",
            "studio.allowed-hosts=studio.containers"
        })
@AutoConfigureGeminiEmulator
@ExtendWith(OutputCaptureExtension.class)
class StudioApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    GeminiEmulator emulator;

    @Autowired
    ConversationRepository conversations;

    @Autowired
    ObjectMapper json;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("studio.folder", () -> folder.resolve("pictures").toString());
        properties.add("server.tomcat.basedir", () -> folder.resolve("tomcat").toString());
    }

    @Test
    void promptBecomesAPicture() throws Exception {
        HttpResponse<String> accepted = post(Map.of("prompt", "A fern", "aspectRatio", "16:9", "imageSize", "1K"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        String id = tree(accepted).path("id").asText();
        assertThat(accepted.headers().firstValue("Location")).contains("/api/pictures/" + id);
        JsonNode picture = finished(id);
        assertThat(picture.path("state").asText()).isEqualTo("done");
        assertThat(picture.path("cost").asDouble()).isPositive();
        HttpResponse<byte[]> file = file(id);
        assertThat(file.headers().firstValue("Content-Type"))
                .contains(picture.path("type").asText());
        assertThat(file.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("camel"));
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(file.body()));
        assertThat(drawn.getWidth()).isEqualTo(picture.path("width").asInt());
        assertThat(drawn.getWidth()).isGreaterThan(drawn.getHeight());
    }

    @Test
    void progressIsToldUntilThePictureIsDone() throws Exception {
        emulator.next(Fault.pictureBytes(2_000_000));

        String id = accepted(post(Map.of("prompt", "A fern")));

        List<JsonNode> events = events(id);
        assertThat(events.get(events.size() - 1).path("state").asText()).isEqualTo("done");
        assertThat(events).extracting(event -> event.path("id").asText()).containsOnly(id);
        assertThat(events(id))
                .as("who comes late hears the end")
                .singleElement()
                .satisfies(event -> assertThat(event.path("state").asText()).isEqualTo("done"));
    }

    @Test
    void beginningIsToldBeforeTheEnd() throws Exception {
        emulator.next(Fault.delay(Duration.ofSeconds(2)));

        String id = accepted(post(Map.of("prompt", "A fern")));

        assertThat(events(id))
                .extracting(event -> event.path("state").asText())
                .contains("drawing")
                .endsWith("done");
    }

    @Test
    void uploadedPicturesAreEditedAndForgotten() throws Exception {
        HttpResponse<String> answer = form(
                Map.of("prompt", "Put them side by side"),
                new Upload("picture1", "red.png", picture(Color.RED)),
                new Upload("picture2", "blue.png", picture(Color.BLUE)));

        assertThat(finished(accepted(answer)).path("state").asText()).isEqualTo("done");
        ReceivedRequest request = onlyRequest();
        assertThat(request.prompt()).isEqualTo("Put them side by side");
        assertThat(request.pictures()).hasSize(2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(uploadsLeft()).isEmpty());
    }

    @Test
    void conversationGoesOnWithThePictureBefore() throws Exception {
        JsonNode first = finished(accepted(post(Map.of("prompt", "A fern"))));

        JsonNode second = finished(accepted(post(Map.of(
                "prompt",
                "Make it winter",
                "conversation",
                first.path("conversation").asText()))));

        assertThat(second.path("state").asText()).isEqualTo("done");
        assertThat(second.path("conversation")).isEqualTo(first.path("conversation"));
        assertThat(emulator.requests()).hasSize(2);
        assertThat(emulator.requests().get(1).body().toString())
                .contains("A fern", "Make it winter", "thoughtSignature");
    }

    @Test
    void headersAndParametersOfAClientReachNobody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/pictures?CamelGeminiImageModel=gemini-2.5-flash-image"))
                .header("Content-Type", "application/json")
                .header("CamelGeminiImageModel", "gemini-2.5-flash-image")
                .header("CamelGeminiImageConversationId", "mine")
                .header("CamelFileName", "../../evil.jpg")
                .header("camelgeminiimagenumimages", "8")
                .header("picture", "mine")
                .POST(BodyPublishers.ofString("{\"prompt\": \"A fern\"}"))
                .build();

        String id = accepted(http.send(request, BodyHandlers.ofString()));

        assertThat(finished(id).path("state").asText()).isEqualTo("done");
        assertThat(onlyRequest().model()).isNotEqualTo("gemini-2.5-flash-image");
        try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.startsWith(id));
        }
        assertThat(folder.resolve("evil.jpg")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"prompt": " "}                          | 400 | Write a prompt: say what to draw, or what to change.
                    {"prompt": 1}                            | 400 | The field 'prompt' must be a text.
                    {"prompt": "x", "model": "y"}            | 400 | The field 'model' is unknown. The fields are prompt, aspectRatio, imageSize, conversation.
                    {"prompt": "x", "aspectRatio": "wide"}   | 400 | The field 'aspectRatio' is 'wide' and must be width:height, for example 16:9.
                    {"prompt                                 | 400 | The request is not a JSON object.
                    []                                       | 400 | The request is not a JSON object.
                    {"prompt": "x", "conversation": "y"}     | 404 | This picture has been deleted, so it cannot be edited again. Start a new picture.
                    """)
    void wrongRequestsAreRefusedInASentence(String body, int status, String sentence) throws Exception {
        assertRefused(postText("application/json", body), status, sentence);
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void failuresAreSentences() throws Exception {
        assertThat(failure(Fault.promptBlocked("SAFETY")))
                .startsWith("The prompt was blocked: SAFETY")
                .endsWith("Try it in other words.");
        assertThat(failure(Fault.finish("IMAGE_SAFETY", "It was not safe.")))
                .contains("IMAGE_SAFETY")
                .endsWith("Try it in other words.");
        assertThat(failure(Fault.noImage())).endsWith("Say in the prompt that you want a picture.");
        assertThat(failure(Fault.dailyQuota())).containsIgnoringCase("quota").endsWith(".");
        assertThat(failure(Fault.overloaded())).endsWith("Try again in a minute.");
        assertThat(failure(Fault.invalidKey()))
                .isEqualTo("The studio cannot use the model at the moment. Its log says why.");
    }

    @ParameterizedTest
    @CsvSource({"aspectRatio, 7:5, '16:9'", "imageSize, 8K, 4K", "aspectRatio, 16/10, '16:9'", "imageSize, 1080p, 2K"})
    void whatTheModelDoesNotHaveIsRefusedAtOnce(String field, String value, String one) throws Exception {
        HttpResponse<String> answer = post(Map.of("prompt", "A fern", field, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(tree(answer).path("error").asText())
                .startsWith("The field '" + field + "' is '" + value + "' and must be one of ")
                .contains(one)
                .endsWith(".");
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void nothingIsInventedWhereThePictureToGoOnWithWasRefused() throws Exception {
        emulator.next(Fault.promptBlocked("SAFETY"));
        JsonNode refused = finished(accepted(post(Map.of("prompt", "A fern"))));

        HttpResponse<String> answer = post(Map.of(
                "prompt",
                "Make it winter",
                "conversation",
                refused.path("conversation").asText()));

        assertRefused(answer, 409, "There is no picture to edit yet. Wait for it, or start a new picture.");
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void nothingIsInventedWhereTheConversationIsForgotten() throws Exception {
        JsonNode first = finished(accepted(post(Map.of("prompt", "A fern"))));
        String conversation = first.path("conversation").asText();
        conversations.remove(conversation);

        HttpResponse<String> answer = post(Map.of("prompt", "Make it winter", "conversation", conversation));

        assertRefused(answer, 404, "This picture has been deleted, so it cannot be edited again. Start a new picture.");
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void whatWasAskedForIsTold() throws Exception {
        HttpResponse<String> answer = form(
                Map.of("prompt", "Edit it", "aspectRatio", "9:16", "imageSize", "2K"),
                new Upload("picture1", "red.png", picture(Color.RED)));

        JsonNode picture = finished(accepted(answer));

        assertThat(picture.path("prompt").asText()).isEqualTo("Edit it");
        assertThat(picture.path("aspectRatio").asText()).isEqualTo("9:16");
        assertThat(picture.path("imageSize").asText()).isEqualTo("2K");
        assertThat(picture.path("uploads").asInt()).isEqualTo(1);
        assertThat(picture.path("goesOn").asBoolean()).isFalse();
    }

    @Test
    void whatTheOperatorMustKnowIsLoggedInALineWithoutThePrompt(CapturedOutput output) throws Exception {
        failure(Fault.overloaded());
        failure(Fault.dailyQuota());
        failure(Fault.invalidKey());
        failure(Fault.resetBeforeHeaders());

        assertThat(output.getAll().lines().filter(line -> line.contains("could not be drawn: ")))
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("API key not valid"))
                .noneSatisfy(line -> assertThat(line).contains("A fern"));
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    @Test
    void keyThatAServerEchoesIsNeitherShownNorLogged(CapturedOutput output) throws Exception {
        String key = "AIzaSyMarked4711OfTheStudio";
        Secrets.keep(key);

        assertThat(failure(Fault.finish("IMAGE_SAFETY", "Sent with " + key + ".")))
                .contains("Sent with ***.");
        assertThat(failure(Fault.status(503, "UNAVAILABLE", "Key " + key.replace("A", "\\u0041"))))
                .contains("Key ***");
        assertThat(output.getAll()).doesNotContain("4711OfTheStudio");
    }

    @Test
    void refusedPromptsAreNotLogged(CapturedOutput output) throws Exception {
        failure(Fault.promptBlocked("SAFETY"));

        assertThat(output.getAll()).doesNotContain("could not be drawn");
    }

    @Test
    void wrongTypeOfUploadIsASentence() throws Exception {
        HttpResponse<String> answer = form(
                Map.of("prompt", "Edit it"),
                new Upload("picture1", "paper.pdf", "%PDF-1.7 no picture".getBytes(StandardCharsets.US_ASCII)));

        assertRefused(
                answer, 415, "One of the files is not a picture that can be edited. Send PNG, JPEG, WebP or HEIC.");
        assertThat(emulator.requests()).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(uploadsLeft()).isEmpty());
    }

    @Test
    void uploadsBeyondTheLimitsAreRefused() throws Exception {
        assertRefused(
                form(Map.of("prompt", "Edit it"), new Upload("picture1", "a.png", new byte[11 * 1024 * 1024])),
                413,
                "The upload is too large. The limits are 10 MB for a picture and 40 MB for all of them.");
        assertRefused(form(Map.of("prompt", "Edit it")), 400, "The form has 0 pictures; 1 to 14 can be edited.");
        assertRefused(
                form(
                        Map.of("prompt", "Edit it"),
                        new Upload("picture", "a.png", picture(Color.RED)),
                        new Upload("picture", "b.png", picture(Color.RED))),
                400,
                "Send each picture in its own field: picture1, picture2, …");
        assertRefused(
                postText("application/json", "{\"prompt\": \"" + "x".repeat(70_000) + "\"}"),
                413,
                "The request is larger than 64 KB.");
        assertRefused(
                postText("text/plain", "A fern"),
                415,
                "Send JSON to /api/pictures, and a multipart form with pictures to /api/edits.");
        assertThat(uploadsLeft()).isEmpty();
    }

    @Test
    void noMoreThanABoundedNumberIsInProgress() throws Exception {
        emulator.on(RequestMatcher.any()).answer(Fault.delay(Duration.ofSeconds(3)));
        String one = accepted(post(Map.of("prompt", "One")));
        String two = accepted(post(Map.of("prompt", "Two")));

        assertRefused(
                post(Map.of("prompt", "Three")),
                429,
                "There are 2 pictures in progress already. Try again in a minute.");

        assertThat(finished(one).path("state").asText()).isEqualTo("done");
        assertThat(finished(two).path("state").asText()).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,                  Sec-Fetch-Site, cross-site",
        "text/plain,                        Sec-Fetch-Site, same-site",
        "application/json,                  Origin,         http://evil.example",
        "text/plain,                        Origin,         null",
        "application/x-www-form-urlencoded, Origin,         http://localhost:1"
    })
    void formsOfOtherSitesAreRefused(String type, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/pictures"))
                .header("Content-Type", type)
                .header(header, value)
                .POST(BodyPublishers.ofString("{\"prompt\": \"A fern\"}"))
                .build();

        assertRefused(
                http.send(request, BodyHandlers.ofString()), 403, "Only the studio's own page can request pictures.");
    }

    /** Its own name leads to this machine by now (DNS rebinding), so that a browser sees one origin. */
    @ParameterizedTest
    @CsvSource({
        "rebound.example,           403",
        "localhost.rebound.example, 403",
        "127.0.0.1.rebound.example, 403",
        "localhost,                 200",
        "127.0.0.1,                 200",
        "[::1],                     200",
        "studio.containers,         200"
    })
    void pageOfAnotherNameGetsNothing(String host, int status) throws Exception {
        for (String path : List.of("/", "/api/openapi.json")) {
            try (Socket socket = new Socket("localhost", port)) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                        + "\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(path)
                        .startsWith("HTTP/1.1 " + status);
            }
        }
    }

    @Test
    void unknownPicturesAreNotFound() throws Exception {
        for (String path : List.of("/api/pictures/x", "/api/pictures/x/file", "/api/pictures/x/events")) {
            assertRefused(get(path), 404, "There is no picture with this id, or it has been deleted.");
        }
    }

    @Test
    void apiIsDescribed() throws Exception {
        HttpResponse<String> document = get("/api/openapi.json");
        SwaggerParseResult parsed = new OpenAPIParser().readContents(document.body(), null, null);

        assertThat(parsed.getMessages()).as("what is invalid").isEmpty();
        assertThat(parsed.getOpenAPI().getServers())
                .as(document.body())
                .extracting(Server::getUrl)
                .containsExactly("/");
        JsonNode description = tree(document);
        assertThat(description
                        .at("/paths/~1api~1pictures/post/responses/202/description")
                        .asText())
                .startsWith("Accepted");
        assertThat(description.path("openapi").asText()).startsWith("3.");
        assertThat(description.path("paths").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/pictures", "/api/pictures/{id}", "/api/pictures/{id}/file", "/api/edits");
        assertThat(description
                        .at("/paths/~1api~1edits/post/requestBody/content")
                        .fieldNames())
                .toIterable()
                .containsExactly("multipart/form-data");
        assertThat(description.findValuesAsText("in"))
                .as("as OpenAPI 3 knows them")
                .containsOnly("path");
        assertThat(description.findValuesAsText("operationId"))
                .containsExactlyInAnyOrder("drawPicture", "getPicture", "getPictureFile", "editPictures");
    }

    @Test
    void bodiesAreDescribedByTheirFields() throws Exception {
        JsonNode description = tree(get("/api/openapi.json"));

        assertThat(fields(description, "/paths/~1api~1pictures/post/requestBody/content/application~1json"))
                .containsExactlyInAnyOrder("prompt", "aspectRatio", "imageSize", "conversation");
        assertThat(fields(description, "/paths/~1api~1edits/post/requestBody/content/multipart~1form-data"))
                .contains("prompt", "aspectRatio", "imageSize", "conversation", "picture1");
        String done = finished(accepted(post(Map.of("prompt", "A fern")))).toString();
        assertThat(fields(description, "/paths/~1api~1pictures~1{id}/get/responses/200/content/application~1json"))
                .containsAll(() -> namesOf(done))
                .contains("error", "aspectRatio")
                .doesNotContain("since", "file", "asked", "drawn");
        assertThat(fields(description, "/paths/~1api~1pictures/post/responses/400/content/application~1json"))
                .containsExactly("error");
        assertThat(description
                        .at("/paths/~1api~1pictures~1{id}~1file/get/responses/200/content/image~1jpeg/schema/format")
                        .asText())
                .isEqualTo("binary");
    }

    private Iterator<String> namesOf(String object) {
        try {
            return json.readTree(object).fieldNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in the schema that a body refers to. */
    private static List<String> fields(JsonNode description, String body) {
        String name = description.at(body + "/schema/$ref").asText().replaceFirst("#/components/schemas/", "");
        List<String> names = new ArrayList<>();
        description
                .path("components")
                .path("schemas")
                .path(name)
                .path("properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private String failure(Fault fault) throws Exception {
        emulator.clear();
        emulator.next(fault);
        JsonNode picture = finished(accepted(post(Map.of("prompt", "A fern"))));
        assertThat(picture.path("state").asText()).isEqualTo("failed");
        return picture.path("error").asText();
    }

    private ReceivedRequest onlyRequest() {
        assertThat(emulator.requests()).hasSize(1);
        return emulator.requests().get(0);
    }

    private List<Path> uploadsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("tomcat"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void assertRefused(HttpResponse<String> answer, int status, String sentence) throws IOException {
        assertThat(tree(answer).path("error").asText()).isEqualTo(sentence);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private String accepted(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return tree(answer).path("id").asText();
    }

    private JsonNode finished(String id) {
        return await().atMost(PATIENCE)
                .until(() -> tree(get("/api/pictures/" + id)), picture -> List.of("done", "failed")
                        .contains(picture.path("state").asText()));
    }

    /** Until the server ends the stream. */
    private List<JsonNode> events(String id) throws Exception {
        HttpResponse<Stream<String>> stream = http.send(
                HttpRequest.newBuilder(uri("/api/pictures/" + id + "/events"))
                        .timeout(PATIENCE)
                        .build(),
                BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        List<JsonNode> events = new ArrayList<>();
        for (String line : stream.body().toList()) {
            if (line.startsWith("data:")) {
                events.add(json.readTree(line.substring(5)));
            }
        }
        return events;
    }

    private HttpResponse<byte[]> file(String id) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri("/api/pictures/" + id + "/file")).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(Map<String, String> fields) throws Exception {
        return postText("application/json", json.writeValueAsString(fields));
    }

    private HttpResponse<String> postText(String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/pictures"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> form(Map<String, String> fields, Upload... uploads) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            part(body, "name=\"" + field.getKey() + "\"", field.getValue().getBytes(StandardCharsets.UTF_8));
        }
        for (Upload upload : uploads) {
            part(body, "name=\"" + upload.field() + "\"; filename=\"" + upload.name() + "\"", upload.bytes());
        }
        body.writeBytes("--limit--\r\n".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(uri("/api/edits"))
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
        body.writeBytes(("--limit\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private JsonNode tree(HttpResponse<String> answer) throws IOException {
        return json.readTree(answer.body());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private record Upload(String field, String name, byte[] bytes) {}

    static byte[] picture(Color color) throws IOException {
        // Large enough that it is uploaded to a file.
        BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 200, 300);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
