package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.imageio.ImageIO;

/** A plain HTTP client of the emulator, for tests. */
final class Http {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String MODEL = "gemini-3.1-flash-image";

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private Http() {}

    static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMinutes(1))
                .header("x-goog-api-key", "test-key");
    }

    static HttpRequest.Builder post(String url, String body) {
        return request(url).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    static HttpRequest generate(String baseUrl, String model, String body) {
        return post(baseUrl + "/v1beta/models/" + model + ":generateContent", body)
                .build();
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return CLIENT.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    static HttpClient client() {
        return CLIENT;
    }

    /** A request with this prompt and nothing else. */
    static String prompt(String text) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}]}]}";
    }

    /** A request with this prompt and this generation config. */
    static String prompt(String text, String generationConfig) {
        return "{\"contents\":[{\"parts\":[{\"text\":\"" + text + "\"}]}],\"generationConfig\":" + generationConfig
                + "}";
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** The first part with a picture that is no thought. */
    static JsonNode picturePart(JsonNode answer) {
        for (JsonNode part : answer.at("/candidates/0/content/parts")) {
            if (part.has("inlineData") && !part.path("thought").asBoolean()) {
                return part;
            }
        }
        throw new AssertionError("No picture in " + answer.toString().substring(0, 300));
    }

    static byte[] pictureBytes(JsonNode answer) throws IOException {
        return picturePart(answer).at("/inlineData/data").binaryValue();
    }

    static BufferedImage picture(JsonNode answer) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(pictureBytes(answer)));
    }
}
