package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.result.ResultWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code countTokens} and {@code models}: what can be asked without paying. */
class ModelsAndTokensTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @Test
    void tokensOfAPromptAreTheBody() {
        Exchange exchange = routes.send("gemini-image:countTokens", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(Integer.class)).isPositive();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.PROMPT_TOKENS))
                .isEqualTo(exchange.getMessage().getBody());
        assertThat(routes.emulator().requests()).hasSize(1).allMatch(request -> request.path()
                .endsWith(":countTokens"));
    }

    @Test
    void picturesAreCountedByTheirModality() {
        Exchange exchange = routes.send("gemini-image:countTokens?prompt=brighter", Pictures.draw("png", 30, 20));

        Usage usage = exchange.getProperty(ResultWriter.USAGE_PROPERTY, Usage.class);
        assertThat(usage.promptTokensByModality()).containsKeys("TEXT", "IMAGE");
        assertThat(usage.totalTokens()).isEqualTo(exchange.getMessage().getBody(Integer.class));
        assertThat(routes.emulator().requests().get(0).pictures()).hasSize(1);
    }

    @Test
    void countingIsTriedAgainAndFailsAsDrawingDoes() {
        routes.emulator().next(Fault.overloaded());
        assertThat(routes.send("gemini-image:countTokens", "a cat").getException())
                .isNull();
        routes.emulator().next(Fault.invalidKey());
        routes.failure("gemini-image:countTokens", "a cat", Map.of(), AuthenticationException.class);
        routes.emulator().next(Fault.rawBody(200, "application/json", "{}"));
        routes.failure("gemini-image:countTokens", "a cat", Map.of(), MalformedResponseException.class);
        routes.failure("gemini-image:countTokens", "", Map.of(), InvalidRequestException.class);
    }

    @Test
    @SuppressWarnings("unchecked")
    void modelsAreListedWithWhatTheCatalogKnows() {
        List<Map<String, Object>> models =
                routes.send("gemini-image:models", null).getMessage().getBody(List.class);

        assertThat(models).hasSizeGreaterThan(3);
        Map<String, Object> model = models.stream()
                .filter(each -> each.get("name").equals("models/gemini-3.1-flash-image"))
                .findFirst()
                .orElseThrow();
        assertThat(model).containsKeys("displayName", "inputTokenLimit", "catalog");
        assertThat((Map<String, Object>) model.get("catalog"))
                .containsEntry("imageSizes", List.of("512", "1K", "2K", "4K"))
                .containsEntry("successor", "gemini-nano-banana-2.1")
                .containsEntry("maxReferenceImages", 14)
                .containsKeys("stage", "aspectRatios", "usdPerImage");
    }

    @Test
    void bodyOrHeaderChoosesOneModel() {
        Map<?, ?> ofBody = routes.send("gemini-image:models", "gemini-3-pro-image")
                .getMessage()
                .getBody(Map.class);
        Map<?, ?> ofHeader = routes.send(
                        "gemini-image:models", null, Map.of(GeminiImageHeaders.MODEL, "gemini-3-pro-image"))
                .getMessage()
                .getBody(Map.class);

        assertThat(ofBody.get("name")).isEqualTo("models/gemini-3-pro-image");
        assertThat(ofHeader).isEqualTo(ofBody);
    }

    @Test
    void bytesNameAModelAndAPictureNamesNone() {
        Object named = routes.send("gemini-image:models", "gemini-3-pro-image".getBytes(StandardCharsets.UTF_8))
                .getMessage()
                .getBody();
        Object all = routes.send("gemini-image:models", Pictures.draw("png", 30, 20))
                .getMessage()
                .getBody();

        assertThat(named).isInstanceOf(Map.class);
        assertThat(all).isInstanceOf(List.class);
    }

    @Test
    void unknownModelAndWrongIdAreTold() {
        routes.failure("gemini-image:models", "gemini-9", Map.of(), ModelNotFoundException.class);
        assertThat(routes.failure("gemini-image:models", "../files", Map.of(), InvalidRequestException.class))
                .hasMessageContaining("model in the message body '../files' must be the id of a model");
    }

    @Test
    void suppliedClientCountsAndListsToo() {
        HttpOptions options =
                HttpOptions.builder().baseUrl(routes.emulator().baseUrl()).build();
        try (Client client =
                Client.builder().apiKey(EmulatedRoutes.KEY).httpOptions(options).build()) {
            routes.component().getConfiguration().setApiKey(null);
            routes.component().getConfiguration().setBaseUrl(null);
            routes.component().getConfiguration().setClient(client);

            assertThat(routes.send("gemini-image:countTokens", "a cat")
                            .getMessage()
                            .getBody(Integer.class))
                    .isPositive();
            assertThat(routes.send("gemini-image:models", null).getMessage().getBody(List.class))
                    .hasSizeGreaterThan(3);
            assertThat(routes.send("gemini-image:models", "gemini-3-pro-image")
                            .getMessage()
                            .getBody(Map.class)
                            .get("name"))
                    .isEqualTo("models/gemini-3-pro-image");
        }
    }
}
