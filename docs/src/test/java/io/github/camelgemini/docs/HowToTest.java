package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.docs.routes.HowToRoutes;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the how-to page do what it says, in Java and in YAML alike. */
class HowToTest {

    private static final String JAVA = "";
    private static final String GREEDY =
            "{\"prompt\": \"A cat\", \"model\": \"gemini-3-pro-image\", \"image_size\": \"4K\", \"num_images\": 8}";

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "retouch"})
    void theInstructionComesFromTheMessageAndThePictureIsItsBody(String yaml) throws Exception {
        start(yaml);

        send("direct:retouch", SnippetsTest.picture(300, 200), Map.of("title", "OPEN"));

        only("mock:retouched");
        assertThat(request().prompt()).isEqualTo("Write \"OPEN\" on the sign. Change nothing else.");
        assertThat(request().pictures()).hasSize(1);
        assertThat(config("imageConfig").path("aspectRatio").asText()).isEqualTo("3:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "mug"})
    void picturesAreSentInTheOrderThatThePromptCountsThem(String yaml) throws Exception {
        start(yaml);

        send("direct:mug", SnippetsTest.picture(30, 50), Map.of());

        only("mock:mugs");
        assertThat(request().prompt()).contains("second picture", "first picture", "third picture");
        assertThat(request().pictures()).extracting("width").containsExactly(30, 64, 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "inpaint"})
    void aMaskIsTheSecondPicture(String yaml) throws Exception {
        start(yaml);

        send(
                "direct:inpaint",
                SnippetsTest.picture(30, 50),
                Map.of("mask", SnippetsTest.picture(31, 51), "wish", "a red roof"));

        only("mock:inpainted");
        assertThat(request().prompt()).contains("second picture is a mask", "a red roof");
        assertThat(request().pictures()).extracting("width").containsExactly(30, 31);
    }

    @Test
    void aPosterIsDrawnOfADocument() throws Exception {
        start(JAVA);

        send("direct:report", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII), Map.of());

        only("mock:posters");
        assertThat(request().pictures()).extracting("mimeType").containsExactly("application/pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "print"})
    void aPictureForPrintHas17Megapixels(String yaml) throws Exception {
        start(yaml);

        send("direct:print", "A lighthouse", Map.of(Exchange.FILE_NAME, "lighthouse.txt"));

        var picture = ImageIO.read(folder.resolve("pictures/lighthouse.jpg").toFile());
        assertThat(picture.getWidth()).isEqualTo(5056);
        assertThat(picture.getHeight()).isEqualTo(3392);
    }

    @Test
    void searchSuggestionsAreThereInYamlToo() throws Exception {
        start("weather-map");

        send("direct:weather-map", "The weather in Rome as a map", Map.of());

        assertThat(only("mock:weather-map").getMessage().getHeader("Suggestions", String.class))
                .contains("Google Search");
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "thumbnail"})
    void aThumbnailIsAsCheapAsItGetsWhateverTheMessageSays(String yaml) throws Exception {
        start(yaml);

        send("direct:thumbnail", "A cat", Map.of(GeminiImageHeaders.IMAGE_SIZE, "4K"));

        assertThat(only("mock:thumbnails").getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isBetween(0.01, 0.05);
        assertThat(request().model()).isEqualTo("gemini-nano-banana-2.1");
        assertThat(config("responseModalities")).hasSize(1);
    }

    @Test
    void anOrderThatComesAgainIsNotDrawnAgain() throws Exception {
        start(JAVA);

        send("direct:orders", "A cat", Map.of("orderId", "1"));
        send("direct:orders", "A cat", Map.of("orderId", "1"));
        send("direct:orders", "A cat", Map.of("orderId", "2"));

        assertThat(exchanges("mock:ordered")).hasSize(3);
        assertThat(EMULATOR.requests()).hasSize(2);
    }

    @Test
    void nothingIsBoughtWhenTheBudgetIsSpent() throws Exception {
        main.setDefaultPropertyPlaceholderLocation("classpath:budget.properties");
        main.addInitialProperty("budget", "0.16");
        main.addInitialProperty("budget-folder", folder.resolve("budget").toString());
        start(JAVA);

        for (int i = 0; i < 4; i++) {
            send("direct:within-budget", "A cat", Map.of());
        }

        assertThat(exchanges("mock:bought")).hasSize(2);
        assertThat(exchanges("mock:too-dear")).hasSize(2);
        assertThat(EMULATOR.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "worker"})
    void whatFindsNoQuotaComesAgainLater(String yaml) throws Exception {
        start(yaml);
        EMULATOR.next(Fault.rateLimited(Duration.ofMinutes(20)));

        send("direct:worker", "A cat", Map.of());

        only("mock:later");
        assertThat(exchanges("mock:drawn")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, "prompts-only"})
    void aStrangersRequestInJsonIsNoMoreThanAPrompt(String yaml) throws Exception {
        start(yaml);

        send("direct:prompts-only", GREEDY, Map.of("CAMELgeminiImageNumImages", 8));

        only("mock:prompts-only");
        assertThat(EMULATOR.requests()).hasSize(1);
        assertThat(request().prompt()).isEqualTo(GREEDY);
        assertThat(config("imageConfig").path("imageSize").asText()).isEqualTo("1K");
    }

    @Test
    void whatAStrangersJobMayNotChooseIsFixedByHeaders() throws Exception {
        start(JAVA);

        send("direct:jobs-of-strangers", GREEDY, Map.of(GeminiImageHeaders.NUM_IMAGES, 8));

        only("mock:jobs-of-strangers");
        assertThat(EMULATOR.requests()).hasSize(1);
        assertThat(request().prompt()).isEqualTo("A cat");
        assertThat(request().model()).isEqualTo("gemini-nano-banana-2.1");
        assertThat(config("imageConfig").path("imageSize").asText()).isEqualTo("1K");
    }

    @Test
    void theSuccessorOfAModelIsNamed() throws Exception {
        start(JAVA);

        send("direct:check-model", null, Map.of());

        only("mock:successor");
    }

    @Test
    void aGatewayThatAnswersWithALinkGivesThePicture() throws Exception {
        start(JAVA);
        EMULATOR.next(Fault.markdownInText(null));

        Exchange exchange = main.getCamelContext()
                .createProducerTemplate()
                .send("gemini-image:generate?allowPrivateReferences=true", e -> e.getMessage()
                        .setBody("A cat"));

        assertThat(exchange.getMessage().getBody(byte[].class)).startsWith(0xff, 0xd8);
    }

    @Test
    void whatIsSpooledGoesWhenNobodyCanReachIt() throws Exception {
        Path spool = folder.resolve("spool");
        main.addInitialProperty("spool-folder", spool.toString());
        main.setDefaultPropertyPlaceholderLocation("classpath:spool.properties");
        start(JAVA);

        send("direct:print", "A lighthouse", Map.of(Exchange.FILE_NAME, "lighthouse.txt"));

        assertThat(main.getCamelContext()
                        .getComponent("gemini-image", GeminiImageComponent.class)
                        .getConfiguration()
                        .getMaxConcurrentRequests())
                .isEqualTo(16);
        assertThat(spool).isNotEmptyDirectory();
        await().ignoreExceptions().untilAsserted(() -> {
            System.gc();
            try (Stream<Path> files = Files.walk(spool)) {
                assertThat(files.filter(file -> sizeOf(file) > 0)).isEmpty();
            }
        });
    }

    private static long sizeOf(Path file) {
        return Files.isRegularFile(file) ? file.toFile().length() : 0;
    }

    private void start(String yaml) throws Exception {
        if (yaml.equals(JAVA)) {
            main.configure().addRoutesBuilder(new HowToRoutes());
        } else {
            main.configure().withRoutesIncludePattern("classpath:routes/" + yaml + ".camel.yaml");
        }
        main.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.apiKey", "any-key");
        main.addInitialProperty("results", folder.resolve("results").toString());
        main.addInitialProperty("pictures", folder.resolve("pictures").toString());
        main.start();
    }

    private void send(String endpoint, Object body, Map<String, Object> headers) throws Exception {
        main.getCamelTemplate().sendBodyAndHeaders(endpoint, body, headers);
    }

    private List<Exchange> exchanges(String mock) {
        return main.getCamelContext().getEndpoint(mock, MockEndpoint.class).getExchanges();
    }

    private Exchange only(String mock) {
        assertThat(exchanges(mock)).as(mock).hasSize(1);
        return exchanges(mock).get(0);
    }

    private static ReceivedRequest request() {
        return EMULATOR.requests().get(0);
    }

    private static JsonNode config(String name) {
        return request().body().path("generationConfig").path(name);
    }
}
