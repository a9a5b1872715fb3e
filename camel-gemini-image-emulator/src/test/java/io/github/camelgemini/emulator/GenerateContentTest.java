package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.picture;
import static io.github.camelgemini.emulator.Http.pictureBytes;
import static io.github.camelgemini.emulator.Http.picturePart;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateContentTest {

    private static final String GEMINI_2_5 = "gemini-2.5-flash-image";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static JsonNode answer(String model, String body) throws IOException {
        HttpResponse<String> response = send(generate(emulator.baseUrl(), model, body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static String square(int side, Color colour) throws IOException {
        return rectangle(side, side, colour);
    }

    private static String rectangle(int width, int height, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().setPaint(colour);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String edit(String text, String... pictures) {
        StringBuilder parts = new StringBuilder("{\"text\":\"" + text + "\"}");
        for (String data : pictures) {
            parts.append(",{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + data + "\"}}");
        }
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[" + parts + "]}]}";
    }

    private static long pixelsOf(BufferedImage image, Color colour) {
        long count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                Color c = new Color(image.getRGB(x, y));
                boolean near = Math.abs(c.getRed() - colour.getRed()) < 12
                        && Math.abs(c.getGreen() - colour.getGreen()) < 12
                        && Math.abs(c.getBlue() - colour.getBlue()) < 12;
                count += near ? 1 : 0;
            }
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.1-flash-image, 16:9, 2K, 2752, 1536",
        "gemini-3.1-flash-image, 1:8, 512, 192, 1536",
        "gemini-3.1-flash-image, 4:5, 512px, 464, 576",
        "gemini-3.1-flash-image, 21:9, 1k, 1584, 672",
        "gemini-3-pro-image, 2:3, 4K, 3392, 5056",
        "gemini-nano-banana-2.1, 8:1, 4K, 12288, 1536",
        "gemini-3.1-flash-lite-image, 1:1, 1K, 1024, 1024",
        "gemini-2.5-flash-image, 21:9, 4K, 1536, 672",
    })
    void drawsTheExactPixelsOfModelRatioAndSize(String model, String ratio, String size, int width, int height)
            throws IOException {
        String config = "{\"imageConfig\":{\"aspectRatio\":\"" + ratio + "\",\"imageSize\":\"" + size + "\"}}";

        BufferedImage picture = picture(answer(model, prompt("a lighthouse", config)));

        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(width, height);
    }

    @Test
    void gemini3MakesJpeg() throws IOException {
        JsonNode answer = answer(MODEL, prompt("a lighthouse"));

        assertThat(picturePart(answer).at("/inlineData/mimeType").asText()).isEqualTo("image/jpeg");
        assertThat(pictureBytes(answer)).startsWith(0xFF, 0xD8);
    }

    @Test
    void gemini25MakesPngWithoutSignatures() throws IOException {
        JsonNode answer = answer(GEMINI_2_5, prompt("a lighthouse"));

        assertThat(picturePart(answer).at("/inlineData/mimeType").asText()).isEqualTo("image/png");
        assertThat(pictureBytes(answer)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(picturePart(answer).has("thoughtSignature")).isFalse();
    }

    @Test
    void aRequestWithoutImageConfigGetsASquareOf1K() throws IOException {
        BufferedImage picture = picture(answer(MODEL, prompt("a lighthouse")));

        assertThat(picture.getWidth()).isEqualTo(1024);
        assertThat(picture.getHeight()).isEqualTo(1024);
    }

    @Test
    void theSameRequestGivesTheSameBytesAndAnotherPromptOthers() throws IOException {
        byte[] first = pictureBytes(answer(MODEL, prompt("a lighthouse")));
        byte[] again;
        try (GeminiEmulator other = GeminiEmulator.builder().start()) {
            again = pictureBytes(json(send(generate(other.baseUrl(), MODEL, prompt("a lighthouse")))));
        }
        byte[] different = pictureBytes(answer(MODEL, prompt("a windmill")));

        assertThat(again).isEqualTo(first);
        assertThat(different).isNotEqualTo(first);
    }

    @Test
    void anEditShowsEveryReference() throws IOException {
        String body = edit("join them", square(50, Color.RED), square(50, Color.GREEN), square(50, Color.BLUE));

        BufferedImage picture = picture(answer(MODEL, body));

        assertThat(pixelsOf(picture, Color.RED)).isGreaterThan(5000);
        assertThat(pixelsOf(picture, Color.GREEN)).isGreaterThan(5000);
        assertThat(pixelsOf(picture, Color.BLUE)).isGreaterThan(5000);
    }

    @Test
    void anEditKeepsTheNearestRatioOfTheFirstReference() throws IOException {
        BufferedImage picture = picture(answer(MODEL, edit("paint it", rectangle(300, 160, Color.RED))));

        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(1376, 768);
    }

    @Test
    void aReferenceThatJavaCannotReadStillMakesAnEdit() throws IOException {
        String webp =
                Base64.getEncoder().encodeToString("RIFF....WEBP".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(picture(answer(MODEL, edit("paint it", webp))).getWidth()).isEqualTo(1024);
    }

    @Test
    void aSecondTurnShowsTheModelsPicture() throws IOException {
        JsonNode first = answer(MODEL, edit("a red square", square(40, Color.RED)));
        JsonNode content = first.at("/candidates/0/content");
        String body = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a red square\"}]}," + content
                + ",{\"role\":\"user\",\"parts\":[{\"text\":\"again\"}]}]}";

        BufferedImage second = picture(answer(MODEL, body));

        assertThat(pixelsOf(second, Color.RED)).isGreaterThan(5000);
    }

    @Test
    void imageOnlyAnswersHaveNoText() throws IOException {
        JsonNode answer = answer(MODEL, prompt("a lighthouse", "{\"responseModalities\":[\"IMAGE\"]}"));

        assertThat(answer.at("/candidates/0/content/parts")).hasSize(1);
    }

    @Test
    void textOnlyModalityIsIgnoredAsTheApiDoes() throws IOException {
        JsonNode answer = answer(MODEL, prompt("a lighthouse", "{\"responseModalities\":[\"TEXT\"]}"));

        assertThat(pictureBytes(answer)).isNotEmpty();
    }

    @Test
    void thoughtsComeBeforeTheResultAndWithoutSignatures() throws IOException {
        JsonNode parts = answer(MODEL, prompt("a lighthouse", "{\"thinkingConfig\":{\"includeThoughts\":true}}"))
                .at("/candidates/0/content/parts");

        assertThat(parts).hasSize(6);
        for (int i = 0; i < 4; i++) {
            assertThat(parts.get(i).path("thought").asBoolean()).isTrue();
            assertThat(parts.get(i).has("thoughtSignature")).isFalse();
        }
        assertThat(parts.get(4).has("thoughtSignature")).isTrue();
        assertThat(parts.get(5).has("thoughtSignature")).isTrue();
    }

    @Test
    void groundingIsThereWhenTheSearchToolIs() throws IOException {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"the weather in Bern\"}]}],"
                + "\"tools\":[{\"googleSearch\":{\"searchTypes\":{\"webSearch\":{},\"imageSearch\":{}}}}]}";

        JsonNode grounding = answer(MODEL, body).at("/candidates/0/groundingMetadata");

        assertThat(grounding.at("/webSearchQueries/0").asText()).isEqualTo("the weather in Bern");
        assertThat(grounding.at("/imageSearchQueries")).hasSize(1);
        assertThat(grounding.at("/groundingChunks/1/image/imageUri").asText()).isNotEmpty();
        assertThat(grounding.at("/searchEntryPoint/renderedContent").asText()).isNotEmpty();
        assertThat(answer(MODEL, prompt("no tool"))
                        .at("/candidates/0/groundingMetadata")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void usageIsCountedPerModality() throws IOException {
        JsonNode usage = answer(MODEL, edit("paint it", square(10, Color.RED))).path("usageMetadata");

        assertThat(usage.path("promptTokensDetails").toString())
                .isEqualTo("[{\"modality\":\"TEXT\",\"tokenCount\":2},{\"modality\":\"IMAGE\",\"tokenCount\":258}]");
        assertThat(usage.at("/candidatesTokensDetails/1/tokenCount").asInt()).isEqualTo(1120);
        assertThat(usage.path("totalTokenCount").asInt())
                .isEqualTo(usage.path("promptTokenCount").asInt()
                        + usage.path("candidatesTokenCount").asInt()
                        + usage.path("thoughtsTokenCount").asInt());
        assertThat(usage.path("serviceTier").asText()).isEqualTo("standard");
    }

    @Test
    void everyFieldThatGooglesClientSendsIsKnown() throws IOException {
        String body =
                """
                {"contents":[{"parts":[{"text":"edit"},
                   {"inlineData":{"data":"aGVsbG8=","mimeType":"image/png"},"mediaResolution":{"level":"MEDIA_RESOLUTION_HIGH"}},
                   {"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc-123","mimeType":"image/jpeg"}}],"role":"user"}],
                 "systemInstruction":{"parts":[{"text":"sys"}],"role":"user"},
                 "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}],
                 "tools":[{"googleSearch":{"searchTypes":{"webSearch":{},"imageSearch":{}}}}],
                 "serviceTier":"priority",
                 "generationConfig":{"temperature":1.0,"topP":0.95,"topK":40.0,"candidateCount":1,"seed":7,
                   "responseModalities":["TEXT","IMAGE"],"mediaResolution":"MEDIA_RESOLUTION_HIGH",
                   "thinkingConfig":{"includeThoughts":true,"thinkingLevel":"minimal"},
                   "imageConfig":{"aspectRatio":"16:9","imageSize":"2K"}}}
                """;

        FilesApiTest.upload(emulator.baseUrl(), "abc-123", new byte[] {1});
        assertThat(picture(answer(MODEL, body)).getWidth()).isEqualTo(2752);
    }

    @Test
    void snakeCaseRequestsAreUnderstood() throws IOException {
        String body =
                "{\"contents\":[{\"parts\":[{\"text\":\"x\"},{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\""
                        + square(10, Color.RED) + "\"}}]}],\"generation_config\":{\"response_modalities\":[\"Image\"],"
                        + "\"image_config\":{\"aspect_ratio\":\"9:16\",\"image_size\":\"512\"}}}";

        JsonNode answer = answer(MODEL, body);

        assertThat(picture(answer).getHeight()).isEqualTo(688);
        assertThat(emulator.requests().get(0).pictures()).hasSize(1);
    }

    @Test
    void theServiceTierIsInHeaderAndUsage() throws IOException {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"serviceTier\":\"flex\"}";

        HttpResponse<String> response = send(generate(emulator.baseUrl(), MODEL, body));

        assertThat(response.headers().firstValue("x-gemini-service-tier")).contains("flex");
        assertThat(json(response).at("/usageMetadata/serviceTier").asText()).isEqualTo("flex");
    }

    @Test
    void vertexHasItsOwnFields() throws IOException {
        String url = emulator.baseUrl() + "/v1beta1/projects/p/locations/global/publishers/google/models/" + MODEL
                + ":generateContent";
        String body = prompt(
                "x",
                "{\"imageConfig\":{\"personGeneration\":\"ALLOW_ALL\",\"imageOutputOptions\":{\"mimeType\":\"image/png\"}}}");

        HttpResponse<String> response =
                send(Http.post(url, body).header("Authorization", "Bearer t").build());

        JsonNode answer = json(response);
        assertThat(pictureBytes(answer)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(answer.path("createTime").asText()).isNotEmpty();
        assertThat(answer.at("/usageMetadata/trafficType").asText()).isEqualTo("ON_DEMAND");
        assertThat(response.headers().firstValue("x-gemini-service-tier")).isEmpty();
    }
}
