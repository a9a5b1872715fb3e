package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.GeneratedImages;
import io.github.camelgemini.image.result.ResultWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pictures become in the message, as the option {@code output} says. */
class OutputTest {

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP_IMAP.clone())
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("anna@localhost", "anna", "secret"));

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path folder;

    @BeforeEach
    void spoolAll() {
        routes.component()
                .getConfiguration()
                .setSpoolDirectory(folder.resolve("spool").toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
    }

    @AfterEach
    void nothingStays() {
        Path spool = folder.resolve("spool");
        if (Files.exists(spool)) {
            await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
        }
    }

    private void add(LambdaRouteBuilder route) throws Exception {
        RouteBuilder.addRoutes(routes.context(), route);
    }

    /** Sends through a route, whose end lets go of pictures, and looks at the exchange inside. */
    private Exchange send(String uri, Object body, Map<String, Object> headers, Processor look) throws Exception {
        add(b -> b.from("direct:look").to(uri).process(look));
        Exchange exchange = routes.send("direct:look", body, headers);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    @Test
    void listIsAListOfOnePictureToo() throws Exception {
        send("gemini-image:generate?output=list", "a cat", Map.of(Exchange.FILE_NAME, "cat.txt"), exchange -> {
            assertThat(exchange.getMessage().getBody()).isInstanceOf(GeneratedImages.class);
            assertThat(exchange.getMessage().getBody(List.class)).hasSize(1);
            assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isNull();
            assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isNull();
        });
    }

    @Test
    void splitListGivesEachPictureAFileOfItsOwn() throws Exception {
        add(b -> b.from("direct:split")
                .to("gemini-image:generate?numImages=3&output=list")
                .split(b.body())
                .to("file:" + folder.resolve("out")));
        routes.send("direct:split", "a cat", Map.of(Exchange.FILE_NAME, "cat.txt"));

        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void attachmentsHaveFileNamesAndTheFirstIsTheBody() throws Exception {
        send(
                "gemini-image:generate?numImages=2&output=attachments",
                "a cat",
                Map.of(Exchange.FILE_NAME, "some/where/cat.txt"),
                exchange -> {
                    AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
                    assertThat(message.getBody()).isInstanceOf(GeneratedImage.class);
                    assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
                    assertThat(message.getAttachmentNames()).containsExactlyInAnyOrder("cat-1.jpg", "cat-2.jpg");
                    try (InputStream in = message.getAttachment("cat-2.jpg").getInputStream()) {
                        assertThat(Pictures.describe(in.readAllBytes())).isEqualTo("image/jpeg 1024x1024");
                    }
                });
    }

    @Test
    void attachmentsTakeThePlaceOfThoseThatCame() throws Exception {
        add(b -> b.from("direct:twice")
                .to("gemini-image:generate?output=attachments")
                .setBody(b.constant("brighter"))
                .removeHeader(Exchange.FILE_NAME)
                .to("gemini-image:edit?output=attachments")
                .process(exchange -> assertThat(
                                exchange.getMessage(AttachmentMessage.class).getAttachmentNames())
                        .hasSize(1)));
        Exchange exchange = routes.send("direct:twice", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests().get(1).pictures()).hasSize(1);
    }

    @Test
    void mailCarriesThePicturesAsFiles() throws Exception {
        add(b -> b.from("direct:mail")
                .to("gemini-image:generate?numImages=2&output=attachments")
                .setBody(b.constant("Two cats, as you wished."))
                .setHeader(Exchange.CONTENT_TYPE, b.constant("text/plain"))
                .to("smtp://localhost:" + MAIL.getSmtp().getPort()
                        + "?username=anna&password=secret&from=cats@localhost&to=anna@localhost&subject=Cats"));
        Exchange sent = routes.send("direct:mail", "a cat", Map.of(Exchange.FILE_NAME, "cat.txt"));
        assertThat(sent.getException()).isNull();

        Map<String, String> received = new ConcurrentHashMap<>();
        add(b -> b.from("imap://localhost:" + MAIL.getImap().getPort()
                        + "?username=anna&password=secret&delete=true&delay=100&initialDelay=0")
                .process(exchange -> {
                    received.put(
                            "body", exchange.getMessage().getBody(String.class).strip());
                    AttachmentMessage mail = exchange.getMessage(AttachmentMessage.class);
                    for (String name : mail.getAttachmentNames()) {
                        try (InputStream in = mail.getAttachment(name).getInputStream()) {
                            received.put(name, Pictures.describe(in.readAllBytes()));
                        }
                    }
                }));

        await().untilAsserted(() -> assertThat(received)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "body", "Two cats, as you wished.",
                        "cat-1.jpg", "image/jpeg 1024x1024",
                        "cat-2.jpg", "image/jpeg 1024x1024")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"option", "header", "field"})
    void outputIsChosenByOptionHeaderAndField(String by) throws Exception {
        String uri = "gemini-image:generate" + (by.equals("option") ? "?output=JSON" : "");
        Object body = by.equals("field") ? "{\"prompt\": \"a cat\", \"output\": \"json\"}" : "a cat";
        Map<String, Object> headers = by.equals("header") ? Map.of(GeminiImageHeaders.OUTPUT, "Json") : Map.of();

        send(uri, body, headers, exchange -> assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE))
                .isEqualTo("application/json"));
    }

    private static JsonNode json(Exchange exchange) throws IOException {
        return new ObjectMapper().readTree(exchange.getMessage().getBody(InputStream.class));
    }

    @Test
    void jsonHasPicturesDescriptionAndMeta() throws Exception {
        send(
                "gemini-image:generate?output=json&numImages=2&aspectRatio=16:9&safetySettings.harassment=OFF",
                "a cat",
                Map.of(Exchange.FILE_NAME, "cat.txt"),
                exchange -> {
                    assertThat(exchange.getMessage().getBody()).isInstanceOf(StreamCache.class);
                    assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME))
                            .isEqualTo("cat.json");
                    assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                            .isEqualTo(2);
                    JsonNode json = json(exchange);
                    JsonNode meta = json.path("output_meta");

                    assertThat(json.path("images")).hasSize(2);
                    String[] uri = json.at("/images/1").asText().split(",");
                    assertThat(uri[0]).isEqualTo("data:image/jpeg;base64");
                    assertThat(Pictures.describe(Base64.getDecoder().decode(uri[1])))
                            .isEqualTo("image/jpeg 1376x768");
                    assertThat(json.path("description").asText())
                            .isEqualTo(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT));
                    assertThat(meta.path("model").asText()).isEqualTo("gemini-3.1-flash-image");
                    assertThat(meta.path("resolution").asText()).isEqualTo("1376x768");
                    assertThat(meta.at("/images/0/mime_type").asText()).isEqualTo("image/jpeg");
                    assertThat(meta.at("/parameters/aspect_ratio").asText()).isEqualTo("16:9");
                    assertThat(meta.at("/parameters/num_images").asInt()).isEqualTo(2);
                    assertThat(meta.at("/parameters/response_modalities")).hasToString("[\"TEXT\",\"IMAGE\"]");
                    assertThat(meta.at("/parameters/safety_settings"))
                            .hasToString("{\"HARM_CATEGORY_HARASSMENT\":\"OFF\"}");
                    assertThat(meta.at("/parameters").has("prompt")).isFalse();
                    assertThat(meta.at("/tokens/total").asInt())
                            .isEqualTo(exchange.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS));
                    assertThat(meta.path("estimated_cost_usd").asDouble()).isPositive();
                    assertThat(meta.path("attempts").asInt()).isEqualTo(2);
                });
    }

    @Test
    void jsonSaysWhatWasLookedUpAndWhatFailed() throws Exception {
        routes.emulator().next(Fault.noImage());
        send(
                "gemini-image:generate?output=json&numImages=2&partialResults=keep&googleSearch=true&maxConcurrentRequests=1",
                "a cat",
                Map.of(),
                exchange -> {
                    JsonNode json = json(exchange);
                    JsonNode meta = json.path("output_meta");

                    assertThat(json.path("images")).hasSize(1);
                    assertThat(meta.path("failures")).hasSize(1);
                    assertThat(meta.at("/failures/0/error").asText()).isEqualTo("NoImageException");
                    assertThat(meta.at("/failures/0/message").asText()).isNotBlank();
                    assertThat(meta.at("/grounding/search_entry_point").asText())
                            .isNotBlank();
                    assertThat(meta.at("/grounding/sources/0/uri").asText()).startsWith("http");
                });
    }

    @Test
    void jsonConvertsToTextAndBytesAndSurvivesOtherBranches() throws Exception {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        add(b -> b.from("direct:start")
                .to("gemini-image:generate?output=json")
                .wireTap("seda:tap")
                .process(exchange -> {
                    seen.put("text", exchange.getMessage().getBody(String.class).length());
                    seen.put("bytes", exchange.getMessage().getBody(byte[].class).length);
                }));
        add(b -> b.from("seda:tap")
                .process(exchange -> seen.put(
                        "tap", exchange.getMessage().getBody(String.class).length())));
        routes.send("direct:start", "a cat");

        await().until(() -> seen.size() == 3);
        assertThat(seen.values().stream().distinct()).hasSize(1);
        assertThat(seen.get("text")).isGreaterThan(10_000);
    }

    @Test
    void jsonIsAgainARequest() throws Exception {
        add(b -> b.from("direct:twice")
                .to("gemini-image:chat?output=json")
                .process(exchange -> {
                    JsonNode json = json(exchange);
                    exchange.getMessage()
                            .setBody(Map.of("contents", json.path("next_turn_contents"), "prompt", "bluer"));
                })
                .to("gemini-image:chat"));
        Exchange exchange = routes.send("direct:twice", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests().get(1).body().path("contents")).hasSize(3);
        assertThat(routes.emulator()
                        .requests()
                        .get(1)
                        .body()
                        .at("/contents/2/parts/0/text")
                        .asText())
                .isEqualTo("bluer");
    }

    @Test
    void filesOfAStoreAreNamedByUrl() throws Exception {
        Path out = folder.resolve("out");
        send(
                "gemini-image:generate?output=json&numImages=2&imageStore=RAW(file:" + out + ")",
                "a cat",
                Map.of(Exchange.FILE_NAME, "../../cat.txt"),
                exchange -> {
                    JsonNode images = json(exchange).path("images");
                    assertThat(images).hasSize(2);
                    for (JsonNode uri : images) {
                        Path file = Path.of(URI.create(uri.asText()));
                        assertThat(file).hasParent(out);
                        assertThat(file.getFileName().toString()).startsWith(exchange.getExchangeId());
                        assertThat(Pictures.describe(file)).isEqualTo("image/jpeg 1024x1024");
                    }
                });
    }

    @Test
    void routeOfAStoreSaysWhereItPutAPicture() throws Exception {
        Map<String, Object> stored = new LinkedHashMap<>();
        add(b -> b.from("direct:store")
                .process(exchange -> stored.putAll(exchange.getMessage().getHeaders()))
                .to("file:" + folder.resolve("out"))
                .setHeader(GeminiImageHeaders.URI, b.simple("https://cdn.example/${header.CamelFileName}")));
        send(
                "gemini-image:generate?output=json&imageStore=direct:store",
                "a cat",
                Map.of("secret", "of the sender"),
                exchange -> assertThat(json(exchange).at("/images/0").asText())
                        .startsWith("https://cdn.example/" + exchange.getExchangeId() + "-1.jpg"));

        assertThat(stored).containsEntry(Exchange.CONTENT_TYPE, "image/jpeg").doesNotContainKey("secret");
    }

    @Test
    void storeThatFailsOrSaysNothingFailsTheMessage() throws Exception {
        add(b -> b.from("direct:broken").throwException(new IOException("no space")));
        add(b -> b.from("direct:silent").log("stored"));

        assertThat(routes.failure(
                        "gemini-image:generate?output=json&imageStore=direct:broken",
                        "a cat",
                        Map.of(),
                        GeminiImageException.class))
                .hasMessageContaining("imageStore direct://broken failed: no space")
                .hasRootCauseMessage("no space");
        assertThat(routes.failure(
                        "gemini-image:generate?output=json&imageStore=direct:silent",
                        "a cat",
                        Map.of(),
                        GeminiImageException.class))
                .hasMessageContaining("set it in its route as header CamelGeminiImageUri");
    }

    @Test
    void storeIsTheRoutesAlone() {
        assertThat(routes.failure(
                        "gemini-image:generate",
                        "{\"prompt\": \"a cat\", \"image_store\": \"file:/tmp\"}",
                        Map.of(),
                        InvalidRequestException.class))
                .hasMessageContaining("only the route can set");
    }

    @Test
    void storeThatIsNoEndpointStopsTheStart() {
        assertThatThrownBy(() -> add(b -> b.from("direct:x").to("gemini-image:generate?imageStore=nonsense:here")))
                .rootCause()
                .hasMessageContaining("No endpoint could be found for: nonsense://here");
    }

    @Test
    void resultIsAPropertyWithJsonToo() throws Exception {
        send("gemini-image:generate?output=json", "a cat", Map.of(), exchange -> assertThat(
                        exchange.getProperty(ResultWriter.RESULT_PROPERTY))
                .isNotNull());
    }
}
