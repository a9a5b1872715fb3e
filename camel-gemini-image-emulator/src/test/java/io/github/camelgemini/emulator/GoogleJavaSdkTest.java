package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.File;
import com.google.genai.types.FileState;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Google's unmodified Java client works with the emulator, on both paths of the Developer API; {@code
 * src/test/js/calls.test.mjs} has the same list of calls. Runs with the newest version, and once more with the one
 * before (see pom.xml), so it uses what both have. {@link ContinuingJavaSdkTest} has what is new.
 */
@ParameterizedClass
@ValueSource(strings = {"v1", "v1beta"})
class GoogleJavaSdkTest {

    private static final String MODEL = "gemini-3.1-flash-image";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().apiKey("test-key"));

    @Parameter
    String version;

    private Client client;

    @BeforeEach
    void connect() {
        client = Client.builder().apiKey("test-key").httpOptions(options()).build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private HttpOptions options() {
        return vertexOptions().toBuilder().apiVersion(version).build();
    }

    private static HttpOptions vertexOptions() {
        return HttpOptions.builder()
                .baseUrl(emulator.baseUrl())
                .retryOptions(HttpRetryOptions.builder().attempts(1))
                .build();
    }

    private static GenerateContentConfig shape(String ratio, String size) {
        return GenerateContentConfig.builder()
                .responseModalities("TEXT", "IMAGE")
                .imageConfig(ImageConfig.builder().aspectRatio(ratio).imageSize(size))
                .build();
    }

    private static byte[] picture(GenerateContentResponse response) {
        return response.parts().stream()
                .filter(part -> part.inlineData().isPresent() && !part.thought().orElse(false))
                .map(part -> part.inlineData().get().data().orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private static BufferedImage decoded(GenerateContentResponse response) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture(response)));
    }

    @Test
    void generatesAPicture() throws IOException {
        GenerateContentResponse response =
                client.models.generateContent(MODEL, "a lighthouse at dawn", shape("16:9", "1K"));

        assertThat(decoded(response).getWidth()).isEqualTo(1376);
        assertThat(decoded(response).getHeight()).isEqualTo(768);
        assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(response.text()).contains("a lighthouse at dawn");
        assertThat(response.modelVersion()).contains(MODEL);
        assertThat(response.responseId()).isPresent();
        assertThat(response.usageMetadata()
                        .orElseThrow()
                        .candidatesTokensDetails()
                        .orElseThrow())
                .anySatisfy(detail -> assertThat(detail.tokenCount()).contains(1120));
        assertThat(response.sdkHttpResponse().orElseThrow().headers().orElseThrow())
                .containsEntry("x-gemini-service-tier", "standard");
    }

    @Test
    void editsAPicture() throws IOException {
        byte[] lighthouse = picture(client.models.generateContent(MODEL, "a lighthouse", shape("3:4", "512")));
        Content edit = Content.fromParts(Part.fromText("paint it red"), Part.fromBytes(lighthouse, "image/jpeg"));

        GenerateContentResponse response = client.models.generateContent(MODEL, edit, null);

        assertThat(decoded(response).getWidth()).isEqualTo(896);
        assertThat(decoded(response).getHeight()).isEqualTo(1200);
        assertThat(emulator.requests().get(1).pictures()).singleElement().satisfies(received -> {
            assertThat(received.length()).isEqualTo(lighthouse.length);
            assertThat(received.width()).isEqualTo(448);
        });
    }

    @Test
    void streams() {
        List<GenerateContentResponse> chunks = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, "a lighthouse", shape("1:1", "512"))) {
            stream.forEach(chunks::add);
        }

        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(0).text() + chunks.get(1).text()).contains("lighthouse");
        assertThat(picture(chunks.get(2))).isNotEmpty();
        assertThat(chunks.get(2).finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    }

    @Test
    void chatsInTwoTurns() {
        Chat chat = client.chats.create(MODEL, shape("1:1", "512"));
        chat.sendMessage("draw a cat");

        GenerateContentResponse second = chat.sendMessage("make it blue");

        assertThat(picture(second)).isNotEmpty();
        assertThat(emulator.requests()
                        .get(1)
                        .body()
                        .at("/contents/1/parts/1/thoughtSignature")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void refusesAModelPictureWithoutItsSignature() {
        byte[] cat = picture(client.models.generateContent(MODEL, "draw a cat", shape("1:1", "512")));
        Content answer = Content.builder()
                .role("model")
                .parts(Part.fromText("Here it is"), Part.fromBytes(cat, "image/jpeg"))
                .build();
        List<Content> history = List.of(
                Content.fromParts(Part.fromText("draw a cat")),
                answer,
                Content.fromParts(Part.fromText("make it blue")));

        assertThatThrownBy(() -> client.models.generateContent(MODEL, history, null))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(
                        "Image part is missing a thought_signature in content position 2, part position 2");
    }

    @Test
    void countsTokens() {
        Content content = Content.fromParts(Part.fromText("count to ten"));

        assertThat(client.models.countTokens(MODEL, List.of(content), null).totalTokens())
                .contains(3);
    }

    @Test
    void getsAModel() {
        Model model = client.models.get(MODEL, null);

        assertThat(model.name()).contains("models/" + MODEL);
        assertThat(model.inputTokenLimit()).contains(131_072);
    }

    @Test
    void listsAllModelsOverSeveralPages() {
        List<String> names = new ArrayList<>();
        client.models
                .list(ListModelsConfig.builder().pageSize(2).build())
                .forEach(model -> names.add(model.name().orElseThrow()));

        assertThat(names).hasSize(5).doesNotHaveDuplicates().contains("models/" + MODEL);
        assertThat(emulator.requests()).hasSize(3);
    }

    @Test
    void uploadsAFileUsesItAndDeletesIt() throws IOException {
        byte[] lighthouse = picture(client.models.generateContent(MODEL, "a lighthouse", shape("3:4", "512")));

        File file = client.files.upload(
                lighthouse,
                UploadFileConfig.builder()
                        .mimeType("image/jpeg")
                        .displayName("lighthouse")
                        .build());

        assertThat(file.state().orElseThrow().knownEnum()).isEqualTo(FileState.Known.ACTIVE);
        assertThat(file.sizeBytes()).contains((long) lighthouse.length);
        assertThat(file.expirationTime().orElseThrow())
                .isEqualTo(file.createTime().orElseThrow().plus(Duration.ofHours(48)));
        String name = file.name().orElseThrow();
        assertThat(client.files.get(name, null).displayName()).contains("lighthouse");
        List<String> listed = new ArrayList<>();
        client.files.list(null).forEach(found -> listed.add(found.name().orElseThrow()));
        assertThat(listed).containsExactly(name);
        Content edit = Content.fromParts(
                Part.fromText("paint it red"), Part.fromUri(file.uri().orElseThrow(), "image/jpeg"));
        assertThat(decoded(client.models.generateContent(MODEL, edit, null)).getHeight())
                .isEqualTo(1200);
        client.files.delete(name, null);
        assertThatThrownBy(() -> client.files.get(name, null))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("You do not have permission to access the File");
        assertThatThrownBy(() -> client.models.generateContent(MODEL, edit, null))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("or it may not exist");
    }

    @Test
    void isTheClientThatThisRunIsFor() {
        String expected = System.getProperty("google-genai.version");
        assumeTrue(expected != null, "the build says which client it is");

        client.models.generateContent(MODEL, "a cat", null);

        assertThat(emulator.requests().get(0).header("x-goog-api-client"))
                .hasValueSatisfying(name -> assertThat(name).startsWith("google-genai-sdk/" + expected + " "));
    }

    @Test
    void callsThePathOfItsVersion() {
        client.models.generateContent(MODEL, "a cat", null);

        assertThat(emulator.requests().get(0).path())
                .isEqualTo("/" + version + "/models/" + MODEL + ":generateContent");
    }

    @Test
    void learnsThatAModelHasEnded() {
        emulator.endModel(MODEL, 1);
        client.models.generateContent(MODEL, "a cat", null);

        assertThatThrownBy(() -> client.models.generateContent(MODEL, "a cat", null))
                .asInstanceOf(type(ApiException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(404);
                    assertThat(e.message())
                            .startsWith("models/" + MODEL + " is not found for API version " + version
                                    + ", or is not supported for generateContent. Call ModelService.ListModels");
                });
    }

    @Test
    void uploadsInChunks() {
        // The client's chunks have 8 MiB.
        byte[] large = new byte[(8 << 20) + 1000];
        new Random(1).nextBytes(large);

        File file = client.files.upload(
                large, UploadFileConfig.builder().mimeType("image/png").build());

        assertThat(file.sizeBytes()).contains((long) large.length);
        assertThat(emulator.requests().stream().map(ReceivedRequest::operation))
                .containsExactly("files.create", "files.upload", "files.upload");
    }

    @Test
    void refusesAnInvalidKey() {
        try (Client stranger =
                Client.builder().apiKey("wrong").httpOptions(options()).build()) {
            assertThatThrownBy(() -> stranger.models.generateContent(MODEL, "a cat", null))
                    .asInstanceOf(type(ApiException.class))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(400);
                        assertThat(e.status()).isEqualTo("INVALID_ARGUMENT");
                        assertThat(e.message()).contains("API key not valid", "API_KEY_INVALID");
                    });
        }
    }

    @Test
    void refusesAnUnknownRatio() {
        assertThatThrownBy(() -> client.models.generateContent(MODEL, "a cat", shape("7:5", "1K")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("aspect_ratio must be one of '1:1', '1:4'");
    }

    @Test
    void tellsWhenToRetry() {
        emulator.next(Fault.rateLimited(Duration.ofSeconds(34)));

        assertThatThrownBy(() -> client.models.generateContent(MODEL, "a cat", null))
                .asInstanceOf(type(ApiException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(429);
                    assertThat(e.status()).isEqualTo("RESOURCE_EXHAUSTED");
                    assertThat(e.message()).contains("\"retryDelay\":\"34s\"", "QuotaFailure");
                });
    }

    @Test
    void blocksAPrompt() {
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));

        GenerateContentResponse response = client.models.generateContent(MODEL, "something bad", null);

        assertThat(response.candidates()).isEmpty();
        assertThat(response.promptFeedback().orElseThrow().blockReason().orElseThrow())
                .hasToString("PROHIBITED_CONTENT");
    }

    @Test
    void servesVertexAi() throws IOException {
        GoogleCredentials credentials = GoogleCredentials.create(
                new AccessToken("token", Date.from(Instant.now().plus(Duration.ofHours(1)))));
        try (Client vertex = Client.builder()
                .vertexAI(true)
                .project("p")
                .location("global")
                .credentials(credentials)
                .httpOptions(vertexOptions())
                .build()) {
            ImageConfig png = ImageConfig.builder()
                    .aspectRatio("1:1")
                    .outputMimeType("image/png")
                    .build();

            GenerateContentResponse response = vertex.models.generateContent(
                    MODEL,
                    "a cat",
                    GenerateContentConfig.builder().imageConfig(png).build());

            assertThat(picture(response)).startsWith(0x89, 'P', 'N', 'G');
            assertThat(response.createTime()).isPresent();
            assertThat(emulator.requests().get(0).path())
                    .isEqualTo("/v1beta1/projects/p/locations/global/publishers/google/models/" + MODEL
                            + ":generateContent");
            assertThat(emulator.requests().get(0).bearerToken()).contains("token");
        }
    }
}
