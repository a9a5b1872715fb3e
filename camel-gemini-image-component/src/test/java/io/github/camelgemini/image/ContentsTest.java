package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a conversation may name, and that one that is kept can be loaded. */
@Timeout(120)
class ContentsTest {

    /** It takes pictures as its own without a signature. */
    private static final String CHAT = "gemini-image:chat?conversationId=cat&maxRetries=0&model=gemini-2.5-flash-image";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/v1/files/abc",
                "http://metadata.google.internal/v1beta/files/abc",
                "HTTP://10.0.0.1/v1/files/abc",
                " http://[fd00:ec2::254]/v1/files/abc",
                "https://gateway.example/v1beta/files/abc",
                "https://generativelanguage.googleapis.com.evil.example/v1beta/files/abc",
                "https://generativelanguage.googleapis.com@evil.example/v1beta/files/abc",
                "https://evil.example/https://generativelanguage.googleapis.com/v1beta/files/abc"
            })
    void nameNoServerButThatOfTheApi(String uri) {
        String contents = "[{\"role\":\"user\",\"parts\":[{\"fileData\":{\"fileUri\":\"" + uri
                + "\"}},{\"text\":\"brighter\"}]}]";
        List<Map<String, Object>> turns = List.of(Map.of(
                "role", "user", "parts", List.of(Map.of("file_data", Map.of("file_uri", uri)), Map.of("text", "x"))));

        for (String operation : List.of("generate", "edit", "chat", "countTokens")) {
            for (Object body : List.of("{\"contents\":" + contents + "}", Map.of("contents", turns))) {
                refused(operation, body, Map.of());
            }
            refused(operation, "a cat", Map.of("CamelGeminiImageContents", contents));
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    private void refused(String operation, Object body, Map<String, Object> headers) {
        assertThat(routes.failure("gemini-image:" + operation, body, headers, InvalidRequestException.class))
                .hasMessageContaining("must be gs:// or a file of the Files API");
    }

    @Test
    void promptThatCouldNotBeLoadedIsRefusedBeforeTheCall() {
        String endless = "x".repeat(1_200_000);

        routes.failure(CHAT, "a cat", Map.of("CamelGeminiImagePrompt", endless), InvalidRequestException.class);
        assertThat(routes.emulator().requests()).isEmpty();
        assertThat(routes.send(CHAT, "a cat").getException()).isNull();
    }

    @Test
    void conversationThatIsFullTakesNoMoreAndCanBeTakenBack() {
        String long1 = "\u0001".repeat(700_000);
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 32));
        assertThat(routes.send(CHAT, "a cat").getException()).isNull();
        assertThat(routes.send(CHAT, long1).getException()).isNull();
        routes.emulator().clearRequests();

        assertThat(routes.failure(CHAT, long1, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("too large to be stored");

        assertThat(routes.emulator().requests()).isEmpty();
        Map<String, Object> undo = Map.of("CamelGeminiImageConversationAction", "UNDO");
        assertThat(routes.send(CHAT, null, undo).getException()).isNull();
        assertThat(routes.send(CHAT, "and now a dog").getException()).isNull();
    }

    @Test
    void halfOfACharacterOfTheModelCanBeLoaded() {
        answer("\\ud83d and more", Pictures.draw("png", 30, 20));

        assertThat(routes.send(CHAT, "a cat").getException()).isNull();
        Exchange second = routes.send(CHAT, "a dog");

        assertThat(second.getException()).isNull();
        assertThat(said().toString()).contains("and more");
    }

    @Test
    void pictureOfTheModelWithoutItsEndCanBeLoaded() {
        byte[] whole = Pictures.draw("png", 30, 20);
        answer("there", Arrays.copyOf(whole, whole.length - 5));

        assertThat(routes.send(CHAT, "a cat").getException()).isNull();
        assertThat(routes.send(CHAT, "a dog").getException()).isNull();
    }

    private JsonNode said() {
        return routes.emulator().requests().get(1).body().path("contents").path(1);
    }

    private void answer(String text, byte[] picture) {
        String json = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + text
                + "\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}}]},\"finishReason\":\"STOP\"}]}";
        routes.emulator().on(RequestMatcher.any()).answer(Fault.rawBody(200, "application/json", json));
    }
}
