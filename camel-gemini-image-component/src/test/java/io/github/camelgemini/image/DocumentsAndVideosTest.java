package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PDF and video as context of a picture, for the models that take them. */
class DocumentsAndVideosTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 60);
    private static final byte[] PDF =
            "%PDF-1.4\n%\u00e2\u00e3\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
                    .getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MP4 = boxes("isom");

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private static byte[] boxes(String brand) {
        return ByteBuffer.allocate(44)
                .putInt(20)
                .put(("ftyp" + brand + "\0\0\2\0isom").getBytes(StandardCharsets.ISO_8859_1))
                .putInt(24)
                .put("mdat".getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    static Stream<Arguments> media() {
        return Stream.of(
                Arguments.of("application/pdf", PDF),
                Arguments.of("video/mp4", MP4),
                Arguments.of("video/quicktime", boxes("qt  ")),
                Arguments.of("video/3gpp", boxes("3gp4")),
                Arguments.of(
                        "video/webm",
                        "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u0082\u0084webm"
                                .getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("video/mpeg", Arrays.copyOf(new byte[] {0, 0, 1, (byte) 0xba, 0x44}, 100)),
                Arguments.of(
                        "video/avi", Arrays.copyOf("RIFF\1\0\0\0AVI LIST".getBytes(StandardCharsets.ISO_8859_1), 100)),
                Arguments.of("video/x-flv", Arrays.copyOf("FLV\1\5".getBytes(StandardCharsets.ISO_8859_1), 100)));
    }

    private ReceivedRequest sent(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send(uri, body, headers);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return routes.emulator().requests().get(routes.emulator().requests().size() - 1);
    }

    private static List<String> types(ReceivedRequest request) {
        return request.pictures().stream().map(picture -> picture.mimeType()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("media")
    void goesAlongAsBodyOrReferenceOfEveryKind(String type, byte[] bytes, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("context"), bytes);
        String uri = "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
        String generate = "gemini-image:generate?prompt=a poster of it";

        for (Object body : List.of(bytes, new ByteArrayInputStream(bytes), file)) {
            assertThat(types(sent(generate, body, Map.of()))).containsExactly(type);
        }
        assertThat(types(sent(generate, List.of(PNG, bytes), Map.of()))).containsExactly("image/png", type);
        assertThat(types(sent(generate, null, Map.of(GeminiImageHeaders.REFERENCE_IMAGES, uri))))
                .containsExactly(type);
        assertThat(types(sent(generate, null, Map.of(GeminiImageHeaders.REFERENCE_IMAGES, List.of(bytes)))))
                .containsExactly(type);
        assertThat(types(sent("gemini-image:generate", "{\"prompt\":\"a\",\"images\":[\"" + uri + "\"]}", Map.of())))
                .containsExactly(type);
        assertThat(types(sent(generate + "&referenceImages=file:" + file, null, Map.of())))
                .containsExactly(type);
    }

    @Test
    void isUploadedOnce() {
        for (int i = 0; i < 2; i++) {
            JsonNode part = sent(
                            "gemini-image:edit?prompt=in this style&referenceUpload=FILES", List.of(PNG, PDF), Map.of())
                    .body()
                    .at("/contents/0/parts/2/fileData");

            assertThat(part.path("mimeType").asText()).isEqualTo("application/pdf");
        }
        // The picture and the document, each by its content.
        assertThat(routes.emulator().requests())
                .filteredOn(request -> request.operation().equals("files.upload"))
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("media")
    void isRefusedForAModelThatDoesNotTakeIt(String type, byte[] bytes) {
        assertThat(routes.failure(
                        "gemini-image:generate?prompt=a&model=gemini-2.5-flash-image",
                        bytes,
                        Map.of(),
                        ReferenceImageException.class))
                .hasMessageContaining("type of a reference '" + type + "' must be one of image/png")
                .hasMessageContaining("for gemini-2.5-flash-image; models that accept it:")
                .hasMessageContaining("gemini-nano-banana-2.1");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void isNoPictureToEdit() {
        assertThat(routes.failure("gemini-image:edit?prompt=brighter", PDF, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("edit requires an image");
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void isNotCountedAsAPictureNorAskedForItsRatio() {
        List<byte[]> many = Stream.concat(
                        Stream.of(PDF, MP4), Stream.generate(() -> PNG).limit(14))
                .toList();
        ReceivedRequest request = sent("gemini-image:edit?prompt=join&aspectRatio=auto", many, Map.of());

        assertThat(request.pictures()).hasSize(16);
        assertThat(request.body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("9:16");
    }

    @Test
    void cutOffIsNamedAsThat() {
        for (byte[] whole : List.of(PDF, MP4)) {
            byte[] broken = Arrays.copyOf(whole, whole.length - 8);

            assertThat(routes.failure(
                            "gemini-image:generate?prompt=a", broken, Map.of(), ReferenceImageException.class))
                    .hasMessageContaining("the message body is truncated: " + broken.length + " bytes of");
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }
}
