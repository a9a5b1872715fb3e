package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that have the address of a picture instead of its bytes. */
class ReferencedPicturesTest {

    private static final String TO_BUCKET = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a cat\"}]}],"
            + "\"outputConfig\":{\"outputUriPrefix\":\"%s\"}}";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static JsonNode parts() throws IOException {
        return json(send(generate(emulator.baseUrl(), MODEL, prompt("a cat")))).at("/candidates/0/content/parts");
    }

    private static HttpResponse<String> vertex(String prefix) throws IOException {
        String url = emulator.baseUrl() + "/v1beta1/projects/p/locations/global/publishers/google/models/" + MODEL
                + ":generateContent";
        return send(Http.post(url, TO_BUCKET.formatted(prefix))
                .header("Authorization", "Bearer token")
                .build());
    }

    private static HttpResponse<byte[]> fetch(String url) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://our-bucket/cats", "gs://our-bucket/cats/", "gs://our-bucket"})
    void vertexAiWritesThePictureIntoTheBucket(String prefix) throws IOException {
        JsonNode part = json(vertex(prefix)).at("/candidates/0/content/parts/1");

        assertThat(part.at("/fileData/fileUri").asText())
                .startsWith(prefix.replaceFirst("/$", "") + "/")
                .endsWith(".jpeg");
        assertThat(part.at("/fileData/mimeType").asText()).isEqualTo("image/jpeg");
        assertThat(part.path("thoughtSignature").asText()).isNotEmpty();
        assertThat(part.has("inlineData")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://storage.googleapis.com/our-bucket", "our-bucket", "gs://"})
    void bucketThatIsNoneIsRefused(String prefix) throws IOException {
        assertThat(vertex(prefix).statusCode()).isEqualTo(400);
    }

    @Test
    void developerApiDoesNotKnowBuckets() throws IOException {
        JsonNode error = json(send(generate(emulator.baseUrl(), MODEL, TO_BUCKET.formatted("gs://our-bucket/cats"))));

        assertThat(error.at("/error/message").asText())
                .isEqualTo("Invalid JSON payload received. Unknown name \"outputConfig\": Cannot find field.");
    }

    @Test
    void fileDataNamesAnAddressOfTheEmulator() throws IOException {
        emulator.next(Fault.fileData(null));

        JsonNode file = parts().at("/1/fileData");

        HttpResponse<byte[]> picture = fetch(file.path("fileUri").asText());
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(picture.body()).hasSizeGreaterThan(700_000);
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
                .isEqualTo(1024);
        assertThat(emulator.requests().get(1).operation()).isEqualTo("pictures.get");
    }

    @Test
    void pictureAtAnAddressHasTheBytesThatWereScripted() throws IOException {
        emulator.next(Fault.fileData(null), Fault.pictureBytes(3_000_000));

        assertThat(fetch(parts().at("/1/fileData/fileUri").asText()).body()).hasSize(3_000_000);
    }

    @Test
    void fileDataNamesAnyAddress() throws IOException {
        emulator.next(Fault.fileData("https://pictures.example/cat.png"));

        assertThat(parts().at("/1/fileData/fileUri").asText()).isEqualTo("https://pictures.example/cat.png");
    }

    @Test
    void textIsNothingButAnAddress() throws IOException {
        emulator.next(Fault.urlInText(null));

        JsonNode parts = parts();

        assertThat(parts).hasSize(1);
        assertThat(fetch(parts.at("/0/text").asText()).statusCode()).isEqualTo(200);
    }

    @Test
    void textHasAPictureInMarkdown() throws IOException {
        emulator.next(Fault.markdownInText("https://pictures.example/cat.png"));

        assertThat(parts().at("/1/text").asText()).isEqualTo("![picture](https://pictures.example/cat.png)");
    }

    @Test
    void addressWithoutAPictureIsNotFound() throws IOException {
        assertThat(fetch(emulator.baseUrl() + "/pictures/none.jpg").statusCode())
                .isEqualTo(404);
    }
}
