package io.github.camelgemini.image.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message is as many requests as its body has, each in every form of {@code generate}. */
class BatchReaderTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static final String LINES =
            """
            {"key":"mug","prompt":"a mug"}
            {"prompt":"a cup","aspectRatio":"16:9"}

            {"key":"pot","request":{"contents":[{"parts":[{"text":"a pot"}]}],"generationConfig":{"imageConfig":{"imageSize":"2K"}}}}
            """;

    @TempDir
    Path folder;

    private PayloadStore store;
    private ReferenceFetcher fetcher;
    private ImageRequest template = ImageRequest.builder()
            .set(Parameter.MODEL, "gemini-3.1-flash-image")
            .build();

    @BeforeEach
    void open() throws IOException {
        store = new PayloadStore(Files.createDirectory(folder.resolve("spool")), 16);
        fetcher = new ReferenceFetcher(
                new FetchSettings(List.of(), false, Duration.ofSeconds(1), Duration.ofSeconds(1), null, null),
                store,
                Runnable::run);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(store.liveFiles()).isZero();
        assertThat(store.liveBytes()).isZero();
        fetcher.close();
        store.close();
    }

    private RequestReader reader() {
        return new RequestReader(
                CONTEXT,
                template,
                false,
                false,
                new RequestCheck(ModelCatalog.standard().at("developer")),
                store,
                fetcher,
                new ReferencesOfService(null, false, true, request -> {}),
                "apiKey"::equalsIgnoreCase,
                true,
                InputLimits.NONE);
    }

    private static Exchange message(Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.getMessage().setBody(body);
        headers.forEach(exchange.getMessage()::setHeader);
        return exchange;
    }

    /** What a request says, when it was open. */
    private record Read(String key, String prompt, List<Long> pictures, ImageRequest request) {}

    private List<Read> read(Exchange exchange) throws IOException {
        List<Read> all = new ArrayList<>();
        try (BatchReader requests = new BatchReader(reader(), exchange)) {
            while (requests.hasNext()) {
                try (KeyedRequest next = requests.next()) {
                    List<Long> pictures = new ArrayList<>();
                    for (ReferenceImage image : next.request().referenceImages()) {
                        pictures.add(((ReferenceImage.Inline) image).source().length());
                    }
                    all.add(new Read(next.key(), next.request().prompt(), pictures, next.request()));
                }
            }
        }
        return all;
    }

    private List<Read> read(Object body) throws IOException {
        return read(message(body, Map.of()));
    }

    private List<String> prompts(Object body) throws IOException {
        return read(body).stream().map(Read::prompt).toList();
    }

    private Throwable failure(Object body, Class<? extends GeminiImageException> type) {
        Throwable[] failure = new Throwable[1];
        assertThatThrownBy(() -> read(body)).isInstanceOf(type).satisfies(e -> failure[0] = e);
        return failure[0];
    }

    private static String dataUri(byte[] picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
    }

    /** Of noise, so that it has the size of its pixels. */
    private static byte[] png(int edge) {
        BufferedImage image = new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(edge);
        for (int i = 0; i < edge * edge; i++) {
            image.setRGB(i % edge, i / edge, random.nextInt());
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] picture() {
        return png(64);
    }

    private void assertLines(List<Read> requests) {
        assertThat(requests).extracting(Read::key).containsExactly("mug", "2", "pot");
        assertThat(requests).extracting(Read::prompt).startsWith("a mug", "a cup");
        assertThat(requests.get(1).request().get(Parameter.ASPECT_RATIO)).contains(AspectRatio.parse("16:9"));
        assertThat(requests.get(2).request().get(Parameter.IMAGE_SIZE)).contains(ImageSize.parse("2K"));
        assertThat(requests.get(2).prompt() + requests.get(2).request().history())
                .contains("a pot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a cat", "a cat\nwith a hat", "{scene: night} a cat", "[wide] a cat", "[\"Neon\"] a sign"})
    void wordsAreOneRequest(String prompt) throws IOException {
        assertThat(read(prompt)).extracting(Read::key, Read::prompt).containsExactly(tuple("1", prompt));
    }

    @Test
    void jsonThatIsNoRequestIsAPromptAsForGenerate() throws IOException {
        assertThat(prompts("{\"scene\": \"night\"}")).containsExactly("{\"scene\": \"night\"}");
    }

    @Test
    void oneMessageMayHaveAKey() throws IOException {
        assertThat(read(message("a cat", Map.of(BatchHeaders.BATCH_KEY, "felix"))))
                .extracting(Read::key)
                .containsExactly("felix");
        assertThat(read("{\n  \"key\": \"felix\",\n  \"prompt\": \"a cat\"\n}"))
                .extracting(Read::key, Read::prompt)
                .containsExactly(tuple("felix", "a cat"));
    }

    @Test
    void aPictureIsOneRequestOfWhateverClass() throws IOException {
        Path file = Files.write(folder.resolve("a.png"), picture());
        for (Object body : List.of(picture(), new ByteArrayInputStream(picture()), file.toFile(), file)) {
            assertThat(read(message(body, Map.of("CamelGeminiImagePrompt", "brighter"))))
                    .extracting(Read::key, Read::prompt, Read::pictures)
                    .containsExactly(tuple("1", "brighter", List.of((long) picture().length)));
        }
    }

    @Test
    void iterablesIteratorsStreamsAndArraysAreARequestForEachItem() throws IOException {
        List<String> two = List.of("a cat", "a dog");
        Iterable<String> once = two::iterator;

        for (Object body : List.of(two, once, two.iterator(), two.stream(), two.toArray())) {
            assertThat(read(body))
                    .extracting(Read::key, Read::prompt)
                    .containsExactly(tuple("1", "a cat"), tuple("2", "a dog"));
        }
    }

    @Test
    void aTreeOfJacksonIsReadAsWhatItHas() throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(prompts(json.readTree("[\"a cat\", {\"prompt\": \"a dog\"}]")))
                .containsExactly("a cat", "a dog");
        assertThat(prompts(json.readTree("{\"prompt\": \"a dog\"}"))).containsExactly("a dog");
    }

    @Test
    void aMapOfRequestsGivesTheirKeys() throws IOException {
        Map<String, Object> products = new LinkedHashMap<>();
        products.put("mug", "a mug");
        products.put("cup", Map.of("prompt", "a cup", "imageSize", "2K"));

        assertThat(read(products))
                .extracting(Read::key, Read::prompt)
                .containsExactly(tuple("mug", "a mug"), tuple("cup", "a cup"));
    }

    @Test
    void aMapOfFieldsIsOneRequest() throws IOException {
        assertThat(read(Map.of("prompt", "a cat", "key", "felix")))
                .extracting(Read::key, Read::prompt)
                .containsExactly(tuple("felix", "a cat"));
        assertThat(read(message(Map.of("imageSize", "2K"), Map.of("CamelGeminiImagePrompt", "a cat"))))
                .extracting(Read::key, Read::prompt)
                .containsExactly(tuple("1", "a cat"));
        assertThat(prompts(Map.of("input", Map.of("prompt", "a cat")))).containsExactly("a cat");
        assertThat(read(Map.of("key", 7, "request", Map.of("prompt", "a cat"))))
                .extracting(Read::key)
                .containsExactly("7");
    }

    @Test
    void jsonLinesAreReadFromWhateverHasThem() throws IOException {
        Path file = Files.writeString(folder.resolve("products.jsonl"), LINES);
        GenericFile<java.io.File> camelFile = new GenericFile<>();
        camelFile.setFile(file.toFile());
        byte[] bytes = LINES.getBytes(StandardCharsets.UTF_8);

        for (Object body : List.of(
                LINES,
                bytes,
                new ByteArrayInputStream(bytes),
                new StringReader(LINES),
                new InputStreamCache(bytes),
                file,
                file.toFile(),
                camelFile,
                new DataHandler(new ByteArrayDataSource(bytes, "application/octet-stream")))) {
            assertLines(read(body));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1"})
    void jsonLinesAreReadInTheCharsetThatIsDeclared(String charset) throws IOException {
        String lines = "{\"prompt\":\"un caf\u00e9\"}\n{\"prompt\":\"th\u00e9\"}";
        Exchange exchange = message(
                lines.getBytes(Charset.forName(charset)),
                Map.of(Exchange.CONTENT_TYPE, "application/x-ndjson; charset=" + charset));

        assertThat(read(exchange)).extracting(Read::prompt).containsExactly("un caf\u00e9", "th\u00e9");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertLines(read(("\uFEFF" + LINES).getBytes(StandardCharsets.UTF_8)));
        assertLines(read("\uFEFF" + LINES));
    }

    @Test
    void aStreamCacheCanBeReadAgainByTheRoute() throws IOException {
        InputStreamCache cache = new InputStreamCache(LINES.getBytes(StandardCharsets.UTF_8));

        read(cache);

        assertThat(new String(cache.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LINES);
    }

    @Test
    void aJsonArrayHasObjectsWordsAndLists() throws IOException {
        String array = "[ {\"key\":\"a\",\"prompt\":\"a mug\"} , \"a \\\"cup\\\" \\u2615\", [\"a pot\", \""
                + dataUri(picture()) + "\"]]";

        assertThat(read(array))
                .extracting(Read::key, Read::prompt, Read::pictures)
                .containsExactly(
                        tuple("a", "a mug", List.of()),
                        tuple("2", "a \"cup\" \u2615", List.of()),
                        tuple("3", "a pot", List.of((long) picture().length)));
    }

    @Test
    void picturesInJsonAreDecodedAndDiscardedWithTheirRequest() throws IOException {
        String line = "{\"prompt\":\"brighter\",\"images\":[\"" + dataUri(png(400)) + "\"]}\n";
        try (BatchReader requests = new BatchReader(reader(), message(line.repeat(3), Map.of()))) {
            requests.next().close();
            int ofTheText = store.liveFiles();
            KeyedRequest second = requests.next();
            assertThat(store.liveFiles()).isGreaterThan(ofTheText);
            second.close();
            assertThat(store.liveFiles()).isEqualTo(ofTheText);
        }
    }

    @Test
    void itemsAreWhateverGenerateUnderstands() throws IOException {
        Path file = Files.write(folder.resolve("a.png"), picture());
        List<Object> items = List.of(
                "a cat",
                List.of("brighter", picture()),
                List.of(new ByteArrayInputStream(picture()), "darker"),
                ImageRequest.builder().set(Parameter.PROMPT, "a dog").build(),
                Map.of("prompt", "a bird"),
                "{\"key\":\"json\",\"prompt\":\"a fish\"}",
                "{\"key\":\"stream\",\"prompt\":\"a fox\"}".getBytes(StandardCharsets.UTF_8),
                List.of(file.toFile(), "sepia"));

        assertThat(read(items))
                .extracting(Read::key, Read::prompt)
                .containsExactly(
                        tuple("1", "a cat"),
                        tuple("2", "brighter"),
                        tuple("3", "darker"),
                        tuple("4", "a dog"),
                        tuple("5", "a bird"),
                        tuple("json", "a fish"),
                        tuple("stream", "a fox"),
                        tuple("8", "sepia"));
    }

    @Test
    void exchangesOfAnAggregateBringTheirHeaders() throws IOException {
        Exchange first = message("a cat", Map.of(BatchHeaders.BATCH_KEY, "felix", "CamelGeminiImageImageSize", "2K"));
        Exchange second = message("{\"prompt\":\"a dog\"}", Map.of(Exchange.CONTENT_TYPE, "application/json"));

        List<Read> requests = read(message(
                List.of(first, second.getMessage()),
                Map.of("CamelGeminiImageImageSize", "4K", "CamelGeminiImageAspectRatio", "16:9")));

        assertThat(requests)
                .extracting(Read::key, Read::prompt)
                .containsExactly(tuple("felix", "a cat"), tuple("2", "a dog"));
        assertThat(requests)
                .extracting(read -> read.request().get(Parameter.IMAGE_SIZE).orElseThrow())
                .containsExactly(ImageSize.parse("2K"), ImageSize.parse("4K"));
        assertThat(requests).allSatisfy(read -> assertThat(read.request().get(Parameter.ASPECT_RATIO))
                .contains(AspectRatio.parse("16:9")));
    }

    @Test
    void headersAndAttachmentsOfTheMessageHoldForEachRequest() throws IOException {
        Exchange exchange = message(List.of("a cup", "a mug"), Map.of("CamelGeminiImageImageSize", "2K"));
        exchange.getMessage(AttachmentMessage.class)
                .addAttachment("logo.png", new DataHandler(new ByteArrayDataSource(picture(), "image/png")));

        assertThat(read(exchange)).hasSize(2).allSatisfy(read -> {
            assertThat(read.request().get(Parameter.IMAGE_SIZE)).contains(ImageSize.parse("2K"));
            assertThat(read.pictures()).containsExactly((long) picture().length);
        });
    }

    @Test
    void theMessageStaysAsItIs() throws IOException {
        List<String> body = List.of("a cat", "a dog");
        Exchange exchange = message(body, Map.of(Exchange.CONTENT_TYPE, "text/plain"));

        read(exchange);

        assertThat(exchange.getMessage().getBody()).isSameAs(body);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys(Exchange.CONTENT_TYPE);
    }

    @Test
    void severalPicturesAreARequestEach() throws IOException {
        List<Read> requests = read(List.of(
                Map.of("key", "cat", "prompt", "a cat", "numImages", 3, "seed", 5),
                List.of("brighter", new ByteArrayInputStream(picture()))));

        assertThat(requests).extracting(Read::key).containsExactly("cat/1", "cat/2", "cat/3", "2");
        assertThat(requests.subList(0, 3))
                .extracting(read -> read.request().get(Parameter.SEED).orElseThrow())
                .containsExactly(5, 6, 7);
        assertThat(requests).noneMatch(read -> read.request().has(Parameter.NUM_IMAGES));
        assertThat(requests.get(3).pictures()).hasSize(1);
    }

    @Test
    void severalPicturesShareWhatWasCopied() throws IOException {
        Map<String, Object> header = Map.of("CamelGeminiImageNumImages", 2);

        assertThat(read(message(List.of(List.of("brighter", new ByteArrayInputStream(picture()))), header)))
                .extracting(Read::key, Read::pictures)
                .containsExactly(
                        tuple("1/1", List.of((long) picture().length)), tuple("1/2", List.of((long) picture().length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"a\",\"prompt\":\"x\"}\n{\"prompt\":\"y\"}\n{\"prompt\":\"z\",\"key\":\"a\"}",
                "[{\"key\":\"a\",\"prompt\":\"x\"},\"y\",{\"request\":{\"prompt\":\"z\"},\"metadata\":{\"key\":\"a\"}}]"
            })
    void aKeyThatOccursTwiceIsRefusedBeforeTheFirstRequest(String body) {
        try (BatchReader requests = new BatchReader(reader(), message(body, Map.of()))) {
            assertThatThrownBy(requests::hasNext)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("key 'a' is used by two requests of the batch, 1 and 3");
        }
    }

    @Test
    void keysOfMessagesAndMapsAreCheckedFirstToo() {
        Map<String, Object> key = Map.of(BatchHeaders.BATCH_KEY, "a");
        List<Object> items = List.of(message("x", key), Map.of("key", "b", "prompt", "y"), message("z", key));
        try (BatchReader requests = new BatchReader(reader(), message(items, Map.of()))) {
            assertThatThrownBy(requests::hasNext)
                    .hasMessageContaining("key 'a' is used by two requests of the batch, 1 and 3");
        }
    }

    @Test
    void keysOfAnIteratorAreCheckedOnTheWay() {
        Iterator<Object> items = List.<Object>of(Map.of("key", "a", "prompt", "x"), Map.of("key", "a", "prompt", "y"))
                .iterator();

        assertThat(failure(items, InvalidRequestException.class))
                .hasMessageContaining("key 'a' is used by two requests of the batch, 1 and 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"key\":\"a/2\",\"prompt\":\"x\"},{\"key\":\"a\",\"prompt\":\"y\",\"num_images\":\"2\"}]",
                "{\"key\":\"a\",\"request\":{\"prompt\":\"y\",\"numImages\":3}}\n{\"key\":\"a/2\",\"prompt\":\"x\"}",
                "[\"{\\\"key\\\":\\\"a/2\\\",\\\"prompt\\\":\\\"x\\\"}\",{\"key\":\"a/2\",\"prompt\":\"y\"}]"
            })
    void keysOfSeveralPicturesAndOfJsonInQuotesAreCheckedFirstToo(String body) {
        try (BatchReader requests = new BatchReader(reader(), message(body, Map.of()))) {
            assertThatThrownBy(requests::hasNext)
                    .hasMessageContaining("key 'a/2' is used by two requests of the batch, 1 and 2");
        }
    }

    @Test
    void keysOfJsonInAListAreCheckedFirstToo() {
        String json = "{\"key\":\"a\",\"prompt\":\"x\"}";
        for (Object items : List.of(List.of(json, json), new String[] {json, json})) {
            try (BatchReader requests = new BatchReader(reader(), message(items, Map.of()))) {
                assertThatThrownBy(requests::hasNext)
                        .hasMessageContaining("key 'a' is used by two requests of the batch, 1 and 2");
            }
        }
    }

    @Test
    void jsonInQuotesIsReadAsByItself() throws IOException {
        String one = "{\"key\":\"a\",\"prompt\":\"x\",\"aspectRatio\":\"16:9\"}";
        String inQuotes = new ObjectMapper().writeValueAsString(List.of(one, "{\"no\":\"request\"}"));

        for (Object body : List.of(inQuotes, List.of(one, "{\"no\":\"request\"}"))) {
            List<Read> requests = read(body);

            assertThat(requests).extracting(Read::key).containsExactly("a", "2");
            assertThat(requests.get(0).request().get(Parameter.PROMPT)).contains("x");
            assertThat(requests.get(0).request().get(Parameter.ASPECT_RATIO)).contains(AspectRatio.parse("16:9"));
            assertThat(requests.get(1).request().get(Parameter.PROMPT)).contains("{\"no\":\"request\"}");
        }
    }

    @Test
    void aTextOfAListThatIsSeveralRequestsIsNotReadAsOne() {
        String lines = "{\"prompt\":\"x\"}\n{\"prompt\":\"y\"}";

        assertThat(failure(List.of(lines), InvalidRequestException.class)).hasMessageContaining("request 1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AIzaSyA-0123456789abcdefghijklmnopqrstu", "sk-proj-0123456789ABCdefghijkl", "Bearer abc"})
    void aKeyThatLooksLikeACredentialIsRefusedAndNotShown(String credential) {
        String body = "{\"key\":\"" + credential + "\",\"prompt\":\"x\"}";
        Iterator<String> onTheWay = List.of("{\"key\":\"" + credential + "\",\"prompt\":\"x\",\"imageSize\":\"9K\"}")
                .iterator();

        assertThat(failure(body, InvalidRequestException.class))
                .hasMessageContaining("request 1: key looks like a credential")
                .hasMessageNotContaining(credential);
        assertThat(failure(onTheWay, InvalidRequestException.class)).hasMessageNotContaining(credential);
    }

    @Test
    void aNumberMayBeTakenByAnotherKey() {
        assertThat(failure("[{\"key\":\"2\",\"prompt\":\"x\"},\"y\"]", InvalidRequestException.class))
                .hasMessageContaining("key '2' is used by two requests of the batch, 1 and 2");
        assertThat(failure("[\"x\",{\"key\":1,\"prompt\":\"y\"}]", InvalidRequestException.class))
                .hasMessageContaining("key '1' is used by two requests of the batch, 1 and 2");
    }

    @Test
    void aKeyOfSeveralPicturesMayBeTaken() {
        List<Object> items =
                List.of(Map.of("key", "a/2", "prompt", "x"), Map.of("key", "a", "prompt", "y", "numImages", 2));

        assertThat(failure(items, InvalidRequestException.class))
                .hasMessageContaining("key 'a/2' is used by two requests of the batch, 1 and 2");
    }

    @Test
    void keysAreShortPrintableText() throws IOException {
        for (Object key : List.of("", "  ", "a\nb", "x".repeat(201), "x".repeat(1_000_000), List.of("a"), "\uD83D")) {
            assertThat(failure(Map.of("key", key, "prompt", "x"), InvalidRequestException.class))
                    .hasMessageContaining("request 1: key ")
                    .message()
                    .hasSizeLessThan(500);
        }
        assertThat(read(Map.of("key", "Tasse \u2615 \u00e4/1", "prompt", "x")))
                .extracting(Read::key)
                .containsExactly("Tasse \u2615 \u00e4/1");
    }

    @Test
    void aMillionKeysNeedLittle() throws IOException {
        BatchKeys keys = new BatchKeys();
        IntStream.rangeClosed(1, 300_000).forEach(i -> keys.add("key-" + i, i));

        assertThatThrownBy(() -> keys.add("key-123456", 300_001))
                .hasMessageContaining("key 'key-123456' is used by two requests of the batch, 123456 and 300001");
    }

    @Test
    void anErrorTellsNumberLineAndKey() {
        assertThat(failure(
                        LINES + "{\"key\":\"jar\",\"prompt\":\"a jar\",\"imageSize\":\"9K\"}",
                        InvalidRequestException.class))
                .hasMessageStartingWith("request 4, line 5 (key 'jar'): ")
                .hasMessageContaining("9K");
        assertThat(failure(Map.of("mug", Map.of("prompt", "a mug", "apiKey", "x")), InvalidRequestException.class))
                .hasMessageContaining("apiKey");
        assertThat(failure(List.of("a cat", new byte[] {-1, -2, 3}), ReferenceImageException.class))
                .hasMessageStartingWith("request 2: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"x\"}\n{\"prompt\":\"y\"\n{\"prompt\":\"z\"}",
                "{\"prompt\":\"x\"}\n{\"prompt\":\"y}\n{\"prompt\":\"z\"}",
                "{\"prompt\":\"x\"}\nand so on",
                "{\"prompt\":\"x\"}\n{\"prompt\":",
                "[{\"prompt\":\"x\"},{\"prompt\":\"y\"}",
                "[{\"prompt\":\"x\"},]",
                "[{\"prompt\":\"x\"},17]",
                "[{\"prompt\":\"x\"} {\"prompt\":\"y\"}]",
                "[\"x\",{\"prompt\":\"y\",\"colour\":\"blue\"}]",
                "[\"x\",{\"key\":\"b\",\"request\":{\"prompt\":\"y\"},\"colour\":\"blue\"}]",
                "[\"x\",[\"y\",{}]]"
            })
    void brokenJsonIsRefusedWithItsPlace(String body) {
        Exchange exchange = message(body, Map.of(Exchange.CONTENT_TYPE, "application/json"));
        assertThatThrownBy(() -> read(exchange))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("(?s).*(request 2|item 1|item 2).*");
    }

    @Test
    void nothingIsNoRequest() throws IOException {
        for (Object body : List.of(List.of(), Map.of(), "[]", Stream.of())) {
            assertThat(read(body)).isEmpty();
        }
        assertThat(read(message("", Map.of(Exchange.FILE_NAME, "a.jsonl")))).isEmpty();
    }

    @Test
    void anItemThatIsNothingIsRefused() {
        assertThat(failure(Arrays.asList("a cat", null), InvalidRequestException.class))
                .hasMessageStartingWith("request 2: ");
    }

    @Test
    void anIteratorIsReadAsItIsAskedForAndClosedInTheEnd() {
        AtomicInteger given = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        Stream<String> endless =
                Stream.generate(() -> "cat " + given.incrementAndGet()).onClose(() -> closed.set(true));

        try (BatchReader requests = new BatchReader(reader(), message(endless, Map.of()))) {
            for (int i = 0; i < 10; i++) {
                requests.next().close();
            }
            assertThat(given.get()).isBetween(10, 12);
        }
        assertThat(closed).isTrue();
    }

    @Test
    void whatIsNotTakenIsDiscarded() {
        List<Object> items = List.of(List.of("brighter", new ByteArrayInputStream(picture())), "a cat");
        try (BatchReader requests = new BatchReader(reader(), message(items, Map.of("CamelGeminiImageNumImages", 4)))) {
            requests.next().close();
            assertThat(store.liveFiles()).isPositive();
        }
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void linesOfAnyNumberAreHeldOneAtATime() throws IOException {
        byte[] line = ("{\"prompt\":\"brighter\",\"images\":[\"" + dataUri(png(300)) + "\"]}\n")
                .getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("large.jsonl");
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 200; i++) {
                out.write(line);
            }
        }
        long[] most = new long[1];
        Consumer<KeyedRequest> watch = request -> most[0] = Math.max(most[0], store.liveBytes());
        try (BatchReader requests = new BatchReader(reader(), message(file.toFile(), Map.of()))) {
            requests.forEachRemaining(request -> {
                watch.accept(request);
                request.close();
            });
        }

        assertThat(most[0]).isPositive().isLessThan(2L * line.length);
    }
}
