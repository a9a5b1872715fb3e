package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Grounding;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a picture brings back: body, headers, and what the body converts to. */
class AnswerTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private Message answer(String options) {
        Exchange exchange = routes.send("gemini-image:generate" + options, "a cat");
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage();
    }

    /** Reads the body inside the route, where its bytes are alive. */
    private <T> T converted(Class<T> type, String options, Check<T> check) throws Exception {
        Object[] seen = new Object[1];
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:convert").to("gemini-image:generate" + options).process(exchange -> {
                    T body = exchange.getMessage().getMandatoryBody(type);
                    check.accept(body, exchange.getMessage().getBody(GeneratedImage.class));
                    seen[0] = body;
                });
            }
        });
        Exchange exchange = routes.send("direct:convert", "a cat");
        assertThat(exchange.getException()).isNull();
        return type.cast(seen[0]);
    }

    interface Check<T> {
        void accept(T body, GeneratedImage image) throws Exception;
    }

    @Test
    void bodyIsThePictureAndItsHeadersDescribeIt() {
        Message message = answer("?aspectRatio=16:9&imageSize=1K&responseModalities=TEXT,IMAGE");

        assertThat(message.getBody()).isInstanceOf(GeneratedImage.class).isInstanceOf(StreamCache.class);
        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
        assertThat(message.getHeader(GeminiImageHeaders.IMAGE_COUNT)).isEqualTo(1);
        assertThat(message.getHeader(GeminiImageHeaders.WIDTH)).isEqualTo(1376);
        assertThat(message.getHeader(GeminiImageHeaders.HEIGHT)).isEqualTo(768);
        assertThat(message.getHeader(GeminiImageHeaders.EXTENSION)).isEqualTo("jpg");
        assertThat(message.getHeader(GeminiImageHeaders.TEXT, String.class)).isNotBlank();
        assertThat(message.getHeader(GeminiImageHeaders.RESPONSE_MODEL)).isEqualTo("gemini-3.1-flash-image");
        assertThat(message.getHeader(GeminiImageHeaders.RESPONSE_ID, String.class))
                .isNotBlank();
        assertThat(message.getHeader(GeminiImageHeaders.FINISH_REASON)).isEqualTo("STOP");
        assertThat(message.getHeader(GeminiImageHeaders.PROMPT_TOKENS, Integer.class))
                .isPositive();
        assertThat(message.getHeader(GeminiImageHeaders.OUTPUT_TOKENS, Integer.class))
                .isGreaterThanOrEqualTo(1120);
        assertThat(message.getHeader(GeminiImageHeaders.THOUGHT_TOKENS, Integer.class))
                .isNotNull();
        assertThat(message.getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class))
                .isGreaterThan(1120);
        assertThat(message.getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class))
                .isBetween(0.067, 0.08);
        assertThat(message.getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(1);
        assertThat(message.getHeader(Exchange.FILE_NAME, String.class)).endsWith(".jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "cat.jpeg, cat.jpeg",
        "cat.JPG, cat.JPG",
        "cat, cat",
        "v1.2, v1.2",
        "a.b/cat, a.b/cat",
        "prompts/cat.txt, prompts/cat.jpg",
        "photo.png, photo.jpg",
        "photo.HEIC, photo.jpg",
        "photo.heif, photo.jpg",
        "photo.hif, photo.jpg",
        "photo.jfif, photo.jpg",
        "photo.jpe, photo.jpg",
        "photo.PJPEG, photo.jpg",
        "photo.avif, photo.jpg",
        "photo.TIFF, photo.jpg",
        "photo.tif, photo.jpg",
        "photo.svg, photo.jpg",
        "photo.psd, photo.jpg",
        "photo.dng, photo.jpg",
        "photo.CR2, photo.jpg",
        "photo.jp2, photo.jpg",
        "photo.ico, photo.jpg",
        "scan.pdf, scan.jpg",
        "letter.docx, letter.jpg",
        "mail.eml, mail.jpg",
        "clip.mp4, clip.jpg",
        "page.html, page.jpg",
        "job.jsonl, job.jpg",
        "my.holiday.2026.png, my.holiday.2026.jpg",
        "photo.jpg.txt, photo.jpg.jpg",
        "report.final, report.final",
        "logo.example.com, logo.example.com"
    })
    void nameOfTheFileFitsTheBytes(String given, String expected) {
        Exchange exchange = routes.send("gemini-image:generate", "a cat", Map.of(Exchange.FILE_NAME, given));

        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo(expected);
    }

    @Test
    void picturesOfASplitBecomeFilesOfTheirOwn(@TempDir Path folder) throws Exception {
        RouteBuilder.addRoutes(routes.context(), routes -> routes.from("direct:several")
                .to("gemini-image:generate?numImages=3")
                .split(routes.body())
                .to("file:" + folder));

        Exchange exchange = routes.send("direct:several", "a cat", Map.of(Exchange.FILE_NAME, "prompt.txt"));

        assertThat(exchange.getException()).isNull();
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void pictureIsACloudEventWhereARouteAsksForOne() throws Exception {
        RouteBuilder.addRoutes(routes.context(), routes -> routes.from("direct:event")
                .to("gemini-image:generate")
                .transformDataType("gemini-image:application-cloudevents"));

        Exchange exchange = routes.send("direct:event", "a cat", Map.of(Exchange.FILE_NAME, "cat.txt"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(GeneratedImage.class);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, "1.0")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "org.apache.camel.event.gemini-image.picture")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, "gemini-image.gemini-3.1-flash-image")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "cat.jpg")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE, "image/jpeg")
                .containsEntry(
                        CloudEvent.CAMEL_CLOUD_EVENT_ID,
                        exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_ID))
                .containsKey(CloudEvent.CAMEL_CLOUD_EVENT_TIME);
    }

    @Test
    void gemini25AnswersPng() {
        Message message = answer("?model=gemini-2.5-flash-image");

        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/png");
        assertThat(message.getHeader(GeminiImageHeaders.EXTENSION)).isEqualTo("png");
    }

    @Test
    void bytesDecideTheTypeNotTheApi() {
        routes.emulator().next(Fault.wrongMimeType("image/png"));

        assertThat(answer("").getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
    }

    @Test
    void snakeCaseOfGatewaysIsUnderstood() {
        routes.emulator().next(Fault.snakeCase());

        Message message = answer("");
        assertThat(message.getBody()).isInstanceOf(GeneratedImage.class);
        assertThat(message.getHeader(GeminiImageHeaders.FINISH_REASON)).isEqualTo("STOP");
        assertThat(message.getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class))
                .isPositive();
    }

    @Test
    void severalPicturesOfOneAnswerAreAList() {
        routes.emulator().next(Fault.pictures(3));

        Message message = answer("");
        assertThat(message.getBody(List.class)).hasSize(3).allMatch(GeneratedImage.class::isInstance);
        assertThat(message.getHeader(GeminiImageHeaders.IMAGE_COUNT)).isEqualTo(3);
        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isNull();
    }

    @Test
    void severalCallsAreOneListWithTheirTokensAddedUp() {
        int tokens = answer("").getHeader(GeminiImageHeaders.TOTAL_TOKENS, Integer.class);

        Message message = answer("?numImages=3");
        assertThat(message.getBody(List.class)).hasSize(3);
        assertThat(message.getHeader(GeminiImageHeaders.TOTAL_TOKENS)).isEqualTo(3 * tokens);
        assertThat(message.getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(3);
    }

    @Test
    void thoughtPicturesAreNoResultsAndThoughtsAreInTheProperty() {
        routes.emulator().next(Fault.thoughts());
        Exchange exchange = routes.send("gemini-image:generate?includeThoughts=true", "a cat");

        assertThat(exchange.getMessage().getBody()).isInstanceOf(GeneratedImage.class);
        ImageResult result = exchange.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);
        assertThat(result.thoughts()).isNotEmpty();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT, String.class))
                .doesNotContain(result.thoughts().get(0));
    }

    @Test
    void whatTheModelLookedUpIsInThePropertyAndCounted() {
        Exchange exchange =
                routes.send("gemini-image:generate?googleSearch=true&imageSearch=true", "the weather in Rome");

        Grounding grounding = exchange.getProperty(ResultWriter.GROUNDING_PROPERTY, Grounding.class);
        assertThat(grounding.sources())
                .containsExactly(
                        new Grounding.Source("example.com", "https://www.example.com/article", null),
                        new Grounding.Source(
                                "Gallery", "https://www.example.com/gallery", "https://www.example.com/gallery/1.jpg"));
        assertThat(grounding.webSearchQueries()).containsExactly("the weather in Rome");
        assertThat(grounding.imageSearchQueries()).containsExactly("the weather in Rome");
        assertThat(grounding.searchEntryPoint()).contains("Google Search");
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.GROUNDING_SOURCES))
                .isEqualTo(2);
        assertThat(exchange.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class)
                        .grounding())
                .isEqualTo(grounding);
    }

    @Test
    void searchesAreInTheCost() {
        double without = routes.send("gemini-image:generate", "a cat")
                .getMessage()
                .getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class);
        double with = routes.send("gemini-image:generate?googleSearch=true&imageSearch=true", "a cat")
                .getMessage()
                .getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class);

        // Two searches at 14 USD per thousand.
        assertThat(with - without).isCloseTo(0.028, within(0.001));
    }

    @Test
    void headersOfAnEarlierCallAreGoneAndDoNotSteerTheNext() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice")
                        .to("gemini-image:generate?aspectRatio=16:9")
                        .to("gemini-image:edit?prompt=brighter&responseModalities=IMAGE");
            }
        });
        Message message = routes.send("direct:twice", "a cat").getMessage();

        assertThat(message.getHeader(GeminiImageHeaders.TEXT)).isNull();
        assertThat(routes.emulator()
                        .requests()
                        .get(1)
                        .body()
                        .at("/generationConfig/imageConfig")
                        .isMissingNode())
                .isTrue();
        assertThat(routes.emulator().requests().get(1).prompt()).isEqualTo("brighter");
    }

    @Test
    void convertsToBytes() throws Exception {
        byte[] bytes =
                converted(byte[].class, "", (body, image) -> assertThat(body).hasSize((int) image.length()));

        assertThat(Pictures.describe(bytes)).isEqualTo("image/jpeg 1024x1024");
    }

    @Test
    void convertsToInputStreamAsOftenAsWanted() throws Exception {
        converted(InputStream.class, "", (body, image) -> {
            byte[] first = body.readAllBytes();
            assertThat(image.newInputStream().readAllBytes()).isEqualTo(first).isNotEmpty();
        });
    }

    @Test
    void convertsToByteBuffer() throws Exception {
        converted(ByteBuffer.class, "", (body, image) -> assertThat(body.remaining())
                .isEqualTo((int) image.length()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100_000_000})
    void convertsToAFileInTheSpoolFolderThatOutlivesTheExchange(long threshold, @TempDir Path spool) throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:file")
                        .to("gemini-image:generate?spoolThreshold=" + threshold + "&spoolDirectory=" + spool)
                        .convertBodyTo(File.class);
            }
        });

        File file = routes.send("direct:file", "a cat").getMessage().getBody(File.class);

        assertThat(Pictures.describe(file.toPath())).isEqualTo("image/jpeg 1024x1024");
        assertThat(file.getName()).endsWith(".jpg");
        assertThat(file.toPath()).startsWith(spool);
    }

    @Test
    void convertsToPixels() throws Exception {
        BufferedImage pixels = converted(BufferedImage.class, "", (body, image) -> {});

        assertThat(pixels.getWidth()).isEqualTo(1024);
    }

    @Test
    void convertsToDataUri() throws Exception {
        converted(String.class, "", (uri, image) -> {
            assertThat(uri).startsWith("data:image/jpeg;base64,");
            assertThat(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1)))
                    .isEqualTo(image.newInputStream().readAllBytes());
        });
    }

    @Test
    void formatThatTheApiDoesNotMakeIsConverted() throws Exception {
        byte[] png = converted(byte[].class, "?outputFormat=png", (body, image) -> {
            assertThat(image.mimeType()).isEqualTo("image/png");
        });
        assertThat(Pictures.describe(png)).isEqualTo("image/png 1024x1024");
    }

    @Test
    void headerChoosesTheFormat() {
        Exchange exchange = routes.send(
                "gemini-image:generate?model=gemini-2.5-flash-image",
                "a cat",
                Map.of(GeminiImageHeaders.OUTPUT_FORMAT, "jpg", GeminiImageHeaders.OUTPUT_QUALITY, "30"));

        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
    }

    @Test
    void webpIsMadeByAnImageioPlugin() throws Exception {
        byte[] webp = converted(byte[].class, "?outputFormat=webp", (body, image) -> assertThat(image.extension())
                .isEqualTo("webp"));

        assertThat(Pictures.describe(webp)).isEqualTo("image/webp 1024x1024");
    }

    @Test
    void vertexIsAskedForPixelsWithoutLossWhenWebpIsWanted() {
        Exchange exchange =
                routes.send("gemini-image:generate?vertexAi=true&outputFormat=webp&outputQuality=60", "a cat");

        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/webp");
        assertThat(routes.emulator().requests().get(0).body().toString())
                .contains("image/png")
                .doesNotContain("webp", "compressionQuality");
    }

    @Test
    void withoutAPluginForWebpNoCallIsMade() {
        IIORegistry plugins = IIORegistry.getDefaultInstance();
        ImageWriterSpi webp =
                ImageIO.getImageWritersByMIMEType("image/webp").next().getOriginatingProvider();
        plugins.deregisterServiceProvider(webp, ImageWriterSpi.class);
        try {
            assertThat(routes.failure(
                            "gemini-image:generate",
                            "a cat",
                            Map.of(GeminiImageHeaders.OUTPUT_FORMAT, "webp"),
                            InvalidRequestException.class))
                    .hasMessageContaining("outputFormat 'image/webp' needs an ImageIO plug-in")
                    .hasMessageContaining("com.github.usefulness:webp-imageio");
        } finally {
            plugins.registerServiceProvider(webp, ImageWriterSpi.class);
        }
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "webp"})
    void lowerQualityMakesSmallerPictures(String format) {
        String options = "?model=gemini-2.5-flash-image&outputFormat=" + format + "&outputQuality=";
        long good = answer(options + 95).getBody(GeneratedImage.class).length();
        long poor = answer(options + 10).getBody(GeneratedImage.class).length();

        assertThat(poor).isLessThan(good / 2);
    }

    @Test
    void formatThatFitsIsPassedOnBitByBit() throws Exception {
        byte[] asItCame = converted(byte[].class, "", (body, image) -> {});
        byte[] asked = routes.context()
                .getTypeConverter()
                .convertTo(
                        byte[].class,
                        answer("?outputFormat=jpeg&outputQuality=10&spoolThreshold=100000000")
                                .getBody());

        assertThat(asked).isEqualTo(asItCame);
    }
}
