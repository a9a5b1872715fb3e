package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.BlockedReason;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerationOutputConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Google's Java client has since 1.80: answers that go on, and pictures that go to a bucket. */
class ContinuingJavaSdkTest {

    private static final String MODEL = "gemini-3.1-flash-image";
    private static final String PROMPT = "a lighthouse at dawn";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private Client client;

    @BeforeEach
    void connect() {
        client = Client.builder().apiKey("test-key").httpOptions(options()).build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static HttpOptions options() {
        return HttpOptions.builder()
                .baseUrl(emulator.baseUrl())
                .retryOptions(HttpRetryOptions.builder().attempts(1))
                .build();
    }

    private static GenerateContentConfig automatic(boolean on) {
        return GenerateContentConfig.builder().automaticContinuation(on).build();
    }

    private static List<Part> parts(GenerateContentResponse response) {
        return response.candidates()
                .flatMap(candidates -> candidates.get(0).content())
                .flatMap(content -> content.parts())
                .orElse(List.of());
    }

    private static long pictures(GenerateContentResponse response) {
        return parts(response).stream()
                .filter(part -> part.inlineData().isPresent())
                .count();
    }

    private static String text(GenerateContentResponse response) {
        return parts(response).stream().map(part -> part.text().orElse("")).reduce("", String::concat);
    }

    @Test
    void defaultPathIsV1() {
        client.models.generateContent(MODEL, PROMPT, null);

        assertThat(emulator.requests().get(0).path()).isEqualTo("/v1/models/" + MODEL + ":generateContent");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void answerIsCarriedOnAndPutTogether(int pictureIn) {
        emulator.next(Fault.continuation(2, pictureIn));

        GenerateContentResponse response = client.models.generateContent(MODEL, PROMPT, automatic(true));

        assertThat(emulator.requests()).hasSize(3);
        assertThat(pictures(response)).isOne();
        assertThat(text(response)).isEqualTo("Here is your picture: " + PROMPT);
        assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(response.usageMetadata().orElseThrow().promptTokenCount().orElseThrow())
                .as("tokens of three calls")
                .isEqualTo(15);
    }

    @Test
    void answerIsCarriedOnByHand() {
        emulator.next(Fault.continuation(1, 2));

        GenerateContentResponse first = client.models.generateContent(MODEL, PROMPT, automatic(false));

        assertThat(first.finishReason().knownEnum()).isEqualTo(FinishReason.Known.CONTINUATION);
        assertThat(pictures(first)).isZero();
        Optional<byte[]> token = first.candidates().orElseThrow().get(0).continuationToken();
        GenerateContentResponse second = client.models.generateContent(
                MODEL,
                PROMPT,
                automatic(false).toBuilder()
                        .continuationToken(token.orElseThrow())
                        .build());
        assertThat(second.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(pictures(second)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void streamIsCarriedOn(int pictureIn) {
        emulator.next(Fault.continuation(2, pictureIn));
        List<GenerateContentResponse> chunks = new ArrayList<>();

        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, PROMPT, automatic(true))) {
            stream.forEach(chunks::add);
        }

        assertThat(emulator.requests()).hasSize(3);
        assertThat(chunks.stream().mapToLong(ContinuingJavaSdkTest::pictures).sum())
                .isOne();
        assertThat(chunks.stream().map(ContinuingJavaSdkTest::text).reduce("", String::concat))
                .isEqualTo("Here is your picture: " + PROMPT);
        assertThat(chunks.get(chunks.size() - 1).finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    }

    @Test
    void streamEndsWithItsTokenWhereItIsNotCarriedOn() {
        emulator.next(Fault.continuation(1, 1));
        List<GenerateContentResponse> chunks = new ArrayList<>();

        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, PROMPT, automatic(false))) {
            stream.forEach(chunks::add);
        }

        assertThat(emulator.requests()).hasSize(1);
        GenerateContentResponse last = chunks.get(chunks.size() - 1);
        assertThat(last.finishReason().knownEnum()).isEqualTo(FinishReason.Known.CONTINUATION);
        assertThat(last.candidates().orElseThrow().get(0).continuationToken()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"FINISH_REASON_UNSPECIFIED", "CONTINUATION"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyFinishReasonCanBeHad(FinishReason.Known reason) {
        emulator.next(Fault.finish(reason.name(), "Because."));

        GenerateContentResponse response = client.models.generateContent(MODEL, PROMPT, null);

        assertThat(response.finishReason().knownEnum()).isEqualTo(reason);
    }

    /** The Java client does not name them yet; the JavaScript client does. */
    @ParameterizedTest
    @ValueSource(
            strings = {"MISSING_THOUGHT_SIGNATURE", "ESCALATION", "MODEL_ARMOR", "PUP_LIMITED_DISABLED", "NEW_ONE"})
    void finishReasonWithoutANameInTheClientComesAsItIs(String reason) {
        emulator.next(Fault.finish(reason, null));

        assertThat(client.models.generateContent(MODEL, PROMPT, null).finishReason())
                .hasToString(reason);
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCKED_REASON_UNSPECIFIED", mode = EnumSource.Mode.EXCLUDE)
    void everyBlockReasonCanBeHad(BlockedReason.Known reason) {
        emulator.next(Fault.promptBlocked(reason.name()));

        GenerateContentResponse response = client.models.generateContent(MODEL, PROMPT, null);

        assertThat(response.promptFeedback()
                        .orElseThrow()
                        .blockReason()
                        .orElseThrow()
                        .knownEnum())
                .isEqualTo(reason);
    }

    @Test
    void vertexAiPutsThePictureIntoABucket() {
        GoogleCredentials credentials = GoogleCredentials.create(
                new AccessToken("token", Date.from(Instant.now().plus(Duration.ofHours(1)))));
        try (Client vertex = Client.builder()
                .enterprise(true)
                .project("p")
                .location("global")
                .credentials(credentials)
                .httpOptions(options())
                .build()) {
            GenerateContentConfig bucket = GenerateContentConfig.builder()
                    .generationOutputConfig(GenerationOutputConfig.builder().outputUriPrefix("gs://our-bucket/cats"))
                    .build();

            GenerateContentResponse response = vertex.models.generateContent(MODEL, PROMPT, bucket);

            assertThat(pictures(response)).isZero();
            assertThat(parts(response).get(1).fileData().orElseThrow().fileUri().orElseThrow())
                    .startsWith("gs://our-bucket/cats/");
        }
    }

    @Test
    void newestModelRefusesTopK() {
        GenerateContentConfig topK = GenerateContentConfig.builder().topK(40f).build();

        assertThatThrownBy(() -> client.models.generateContent("gemini-nano-banana-2.1", PROMPT, topK))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("topK is not supported");
    }
}
