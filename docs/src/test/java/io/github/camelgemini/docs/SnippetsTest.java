package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.docs.routes.EndpointDslRoute;
import io.github.camelgemini.docs.routes.Snippets;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.result.GeneratedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes that the pages show do what the pages say. */
class SnippetsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void promptsInAFolderBecomePicturesNamedAfterThem() throws Exception {
        Path prompts = Files.createDirectories(folder.resolve("prompts"));
        Files.writeString(prompts.resolve("t-rex.txt"), "A T-Rex relaxing on a beach");

        startYaml("prompts-to-pictures");

        Path picture = await("t-rex.jpg");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(2752);
        assertThat(EMULATOR.requests().get(0).prompt()).isEqualTo("A T-Rex relaxing on a beach");
    }

    @Test
    void photographsAreEditedInTheirNearestRatio() throws Exception {
        Path photographs = Files.createDirectories(folder.resolve("photographs"));
        Files.write(photographs.resolve("chair.png"), picture(300, 200));

        startYaml("edit-photographs");

        assertThat(await("chair-edited.jpg")).isNotEmptyFile();
        assertThat(EMULATOR.requests().get(0).pictures()).hasSize(1);
        assertThat(EMULATOR.requests()
                        .get(0)
                        .body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("3:2");
    }

    @ParameterizedTest
    @CsvSource({"prompts-to-pictures, prompts/1.txt", "edit-photographs, photographs/1.png"})
    void whatIsRefusedIsPaidForOnce(String route, Path name) throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        Path input = folder.resolve(name);
        Files.createDirectories(input.getParent());
        Files.write(input, name.toString().endsWith(".png") ? picture(300, 200) : "forbidden".getBytes());

        startYaml(route);

        Awaitility.await()
                .until(() -> Files.exists(input.resolveSibling(".failed").resolve(input.getFileName())));
        assertThat(EMULATOR.requests()).hasSize(1);
        assertThat(input).doesNotExist();
    }

    @Test
    void aBlockedPromptGoesItsOwnWay() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        startYaml("blocked");

        send("direct:draw", "Something forbidden");
        send("direct:draw", "A lighthouse");

        Exchange refused = only("mock:refused");
        assertThat(refused.getMessage().getBody()).isNull();
        assertThat(refused.getMessage().getHeader(GeminiImageHeaders.BLOCK_REASON))
                .isEqualTo("PROHIBITED_CONTENT");
        assertThat(picture(only("mock:pictures")).mimeType()).isEqualTo("image/jpeg");
    }

    @Test
    void eachFailureIsHandledByItsOwnClause() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.finish("IMAGE_SAFETY", "Not this."));
        EMULATOR.on(RequestMatcher.prompt("too much")).answer(Fault.dailyQuota());
        EMULATOR.on(RequestMatcher.prompt("too busy")).answer(Fault.overloaded());
        startJava(new Snippets());

        send("direct:draw", "forbidden");
        send("direct:draw", "too much");
        send("direct:draw", "too busy");

        only("mock:refused");
        only("mock:tomorrow");
        only("mock:failed");
        assertThat(EMULATOR.requests())
                .as("one call, one call, one call and two retries")
                .hasSize(5);
    }

    @Test
    void aHeaderWinsOverTheOption() throws Exception {
        startJava(new Snippets());

        send("direct:banner", "A banner");

        assertThat(EMULATOR.requests()
                        .get(0)
                        .body()
                        .at("/generationConfig/imageConfig/aspectRatio")
                        .asText())
                .isEqualTo("21:9");
        assertThat(only("mock:banner").getMessage().getHeader(GeminiImageHeaders.ASPECT_RATIO))
                .isNull();
    }

    @Test
    void headersAndJsonFromOutsideChooseNothing() throws Exception {
        startJava(new Snippets());
        String greedy = "{\"prompt\": \"A cat\", \"image_size\": \"4K\", \"num_images\": 8}";

        main.getCamelTemplate().sendBodyAndHeader("direct:from-outside", greedy, GeminiImageHeaders.NUM_IMAGES, 8);

        assertThat(only("mock:from-outside").getMessage().getBody()).isInstanceOf(GeneratedImage.class);
        assertThat(EMULATOR.requests()).hasSize(1);
        assertThat(EMULATOR.requests().get(0).prompt()).isEqualTo(greedy);
        assertThat(EMULATOR.requests().get(0).body().findValue("imageSize")).isNull();
    }

    @Test
    void aJobInJsonIsAnsweredInJson() throws Exception {
        startJava(new Snippets());

        send("direct:jobs", Path.of("src/test/resources/jobs/job.json"));

        JsonNode answer =
                new ObjectMapper().readTree(only("mock:answers").getMessage().getBody(String.class));
        assertThat(answer.path("images")).hasSize(2);
        assertThat(answer.at("/images/0").asText()).startsWith("https://pictures.example.com/");
        assertThat(answer.at("/output_meta/resolution").asText()).isEqualTo("1696x2528");
        assertThat(answer.at("/output_meta/parameters/output_format").asText()).isEqualTo("image/png");
        assertThat(EMULATOR.requests().get(0).pictures()).hasSize(1);
        try (Stream<Path> kept = Files.list(folder.resolve("pictures"))) {
            assertThat(kept).hasSize(2).allSatisfy(file -> assertThat(file.toString())
                    .endsWith(".png"));
        }
    }

    @Test
    void aBodyOfTheGeminiApiIsUnderstood() throws Exception {
        startJava(new Snippets());

        send("direct:jobs", Path.of("src/test/resources/jobs/gemini.json"));

        only("mock:answers");
        assertThat(EMULATOR.requests().get(0).prompt()).isEqualTo("Add a llama next to me");
        assertThat(EMULATOR.requests().get(0).pictures()).hasSize(1);
    }

    @Test
    void picturesAreReadyForMail() throws Exception {
        startJava(new Snippets());

        main.getCamelTemplate().sendBodyAndHeader("direct:mail", "A T-Rex", Exchange.FILE_NAME, "t-rex.txt");

        assertThat(only("mock:mail").getMessage().getBody(String.class)).isEqualTo("Here are two of them.");
        assertThat(only("mock:mail").getMessage(AttachmentMessage.class).getAttachmentNames())
                .containsExactlyInAnyOrder("t-rex-1.jpg", "t-rex-2.jpg");
    }

    @Test
    void aTypedRequestIsSent() throws Exception {
        Path photograph = Files.write(folder.resolve("photograph.png"), picture(30, 40));
        startJava(new Snippets());

        send("direct:typed", photograph.toString());

        only("mock:typed");
        assertThat(EMULATOR.requests().get(0).prompt()).isEqualTo("Make it a night scene");
        assertThat(EMULATOR.requests().get(0).pictures().get(0).height()).isEqualTo(40);
    }

    @Test
    void theLogoGoesAlongBehindThePictureOfTheBody() throws Exception {
        startJava(new Snippets());

        send("direct:brand", picture(30, 40));

        only("mock:branded");
        assertThat(EMULATOR.requests().get(0).pictures()).hasSize(2);
        assertThat(EMULATOR.requests().get(0).pictures().get(0).width()).isEqualTo(30);
    }

    @Test
    void picturesAreFetchedInTheirOrderFromListedHosts() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] picture = picture(exchange.getRequestURI().getPath().length(), 10);
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        web.start();
        try {
            main.addInitialProperty("camel.component.gemini-image.allowPrivateReferences", "true");
            startJava(new Snippets());
            String url = "http://127.0.0.1:" + web.getAddress().getPort();

            main.getCamelTemplate()
                    .sendBodyAndHeaders(
                            "direct:dress",
                            "Put this coat on her",
                            Map.of("person", url + "/anna", "garment", url + "/red-coat"));
            main.getCamelTemplate()
                    .sendBodyAndHeaders(
                            "direct:dress",
                            "Put this coat on her",
                            Map.of("person", url + "/anna", "garment", "http://localhost/red-coat"));

            only("mock:dressed");
            only("mock:failed");
            assertThat(EMULATOR.requests()).hasSize(1);
            assertThat(EMULATOR.requests().get(0).pictures())
                    .extracting("width")
                    .containsExactly("/anna".length(), "/red-coat".length());
        } finally {
            web.stop(0);
        }
    }

    @Test
    void variantsAreSplitIntoFiles() throws Exception {
        startJava(new Snippets());

        send("direct:variants", "A mug");

        List<?> pictures = only("mock:variants").getMessage().getBody(List.class);
        assertThat(pictures).hasSize(3);
        for (String name : List.of("variant-0.jpg", "variant-1.jpg", "variant-2.jpg")) {
            assertThat(folder.resolve("pictures").resolve(name)).isNotEmptyFile();
        }
    }

    @Test
    void aPictureThatWasDrawnCanBeEdited() throws Exception {
        startJava(new Snippets());

        send("direct:draw-and-edit", "A harbour");

        only("mock:night");
        assertThat(EMULATOR.requests().get(1).prompt()).isEqualTo("Make it a night scene");
        assertThat(EMULATOR.requests().get(1).pictures()).hasSize(1);
    }

    @Test
    void aJpegOfTheModelBecomesPng() throws Exception {
        startJava(new Snippets());

        send("direct:png", "A harbour");

        assertThat(picture(only("mock:png")).mimeType()).isEqualTo("image/png");
        assertThat(only("mock:png").getMessage().getHeader(GeminiImageHeaders.EXTENSION))
                .isEqualTo("png");
    }

    @Test
    void aPictureAsTextIsADataUri() throws Exception {
        startJava(new Snippets());

        send("direct:html", "A harbour");

        assertThat(only("mock:html").getMessage().getBody(String.class))
                .startsWith("<img src='data:image/jpeg;base64,");
    }

    @Test
    void thePropertyHoldsTheWholeResult() throws Exception {
        startJava(new Snippets());

        send("direct:thoughts", "A harbour");

        assertThat(only("mock:thoughts").getVariable("thoughts", List.class)).isNotEmpty();
    }

    @Test
    void theEndpointDslMakesTheSameCall() throws Exception {
        startJava(new EndpointDslRoute());

        send("direct:draw-typed", "A harbour");

        assertThat(picture(only("mock:typed")).width()).isEqualTo(2752);
    }

    @Test
    void aCatalogFileAddsModels() throws Exception {
        main.setDefaultPropertyPlaceholderLocation("classpath:catalog.properties");
        startJava(new EndpointDslRoute());

        assertThatThrownBy(() -> main.getCamelTemplate()
                        .sendBodyAndHeaders(
                                "direct:draw-typed",
                                "A harbour",
                                Map.of(
                                        GeminiImageHeaders.MODEL,
                                        "our-alias",
                                        GeminiImageHeaders.THINKING_LEVEL,
                                        "low")))
                .hasRootCauseMessage("must be one of MINIMAL, HIGH for our-alias");
    }

    @Test
    void picturesAreCollected() throws Exception {
        startJava(new Snippets());

        send("direct:collect", "One");
        send("direct:collect", "Two");

        Awaitility.await().untilAsserted(() -> only("mock:collected"));
        List<?> pictures = only("mock:collected").getMessage().getBody(List.class);
        assertThat(pictures).hasSize(2).allMatch(GeneratedImage.class::isInstance);
    }

    @Test
    void picturesThatCameAreKept() throws Exception {
        startJava(new Snippets());
        EMULATOR.next(Fault.noImage());

        send("direct:as-many-as-possible", "A cat");

        assertThat(only("mock:as-many-as-possible").getMessage().getBody(List.class))
                .hasSize(3);
    }

    @Test
    void tokensAreCountedAndModelsListed() throws Exception {
        startJava(new Snippets());

        send("direct:short-enough", "A cat");
        send("direct:models", "");

        assertThat(only("mock:short-enough").getMessage().getBody(Integer.class))
                .isPositive();
        assertThat(only("mock:models").getMessage().getBody(List.class)).isNotEmpty();
    }

    @Test
    void anotherModelIsAskedWhenOneIsGone() throws Exception {
        startJava(new Snippets());
        EMULATOR.on(RequestMatcher.model("gemini-3.1-flash-image")).answer(Fault.modelNotFound());

        send("direct:many", "A cat");

        assertThat(only("mock:many").getMessage().getHeader(GeminiImageHeaders.RESPONSE_MODEL))
                .isEqualTo("gemini-nano-banana-2.1");
    }

    @Test
    void pictureIsACloudEvent() throws Exception {
        startJava(new Snippets());

        send("direct:event", "A cat");

        assertThat(only("mock:event").getMessage().getHeader("CamelCloudEventType"))
                .isEqualTo("org.apache.camel.event.gemini-image.picture");
    }

    @Test
    void searchSuggestionsAreThere() throws Exception {
        startJava(new Snippets());

        send("direct:weather-map", "The weather in Rome as a map");

        assertThat(only("mock:weather-map").getMessage().getHeader("Suggestions", String.class))
                .contains("Google Search");
    }

    private void startYaml(String name) throws Exception {
        main.configure().withRoutesIncludePattern("classpath:routes/" + name + ".camel.yaml");
        start();
    }

    private void startJava(RoutesBuilder routes) throws Exception {
        main.configure().addRoutesBuilder(routes);
        start();
    }

    private void start() throws Exception {
        main.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.apiKey", "any-key");
        main.addInitialProperty("mail", "mock:mail");
        main.addInitialProperty("picture-hosts", "127.0.0.1");
        for (String name : List.of("prompts", "photographs", "pictures")) {
            main.addInitialProperty(name, folder.resolve(name).toString());
        }
        main.start();
    }

    private void send(String endpoint, Object body) throws Exception {
        ProducerTemplate template = main.getCamelTemplate();
        template.sendBody(endpoint, body);
    }

    private Exchange only(String mock) {
        List<Exchange> exchanges =
                main.getCamelContext().getEndpoint(mock, MockEndpoint.class).getExchanges();
        assertThat(exchanges).as(mock).hasSize(1);
        return exchanges.get(0);
    }

    private static GeneratedImage picture(Exchange exchange) {
        return exchange.getMessage().getBody(GeneratedImage.class);
    }

    private Path await(String name) {
        Path picture = folder.resolve("pictures").resolve(name);
        Awaitility.await().until(() -> Files.exists(picture) && Files.size(picture) > 0);
        return picture;
    }

    static byte[] picture(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
