package io.github.camelgemini.image.payload.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseJsonTest {

    private static final int THRESHOLD = 1000;

    @TempDir
    Path directory;

    private PayloadStore store;

    @BeforeEach
    void openStore() {
        store = new PayloadStore(directory, THRESHOLD);
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 2, 3, 4, 999, 1000, 1001, 5999, 6000, 6001, 12287, 12288, 12289, 24576, 100_000, 3_000_000})
    void decodesAPictureOfAnyLength(int length) throws IOException {
        byte[] picture = bytes(length);

        JsonNode answer = read(answer(base64(picture)));

        assertThat(picture(answer)).isEqualTo(picture);
        assertThat(answer.at("/candidates/0/content/parts/0/inlineData/mimeType")
                        .asText())
                .isEqualTo("image/png");
        assertThat(answer.path("responseId").asText()).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 13, 1000, 8191})
    void decodesWhateverThePiecesInWhichTheBytesArrive(int most) throws IOException {
        byte[] picture = bytes(50_000);

        JsonNode answer = ResponseJson.read(inPieces(answer(base64(picture)), most), store);

        assertThat(picture(answer)).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9, 8192})
    void decodesEscapesAndWhiteSpaceWhateverThePieces(int most) throws IOException {
        byte[] picture = bytes(20_000);
        String escaped = base64(picture)
                .replaceAll("(.{76})", "$1@")
                .replace("/", "\\/")
                .replace("+", "\\u002b")
                .replace("=", "\\u003D")
                .replace("@", "\\r\\n \n\t");

        JsonNode answer = ResponseJson.read(inPieces(answer(escaped), most), store);

        assertThat(picture(answer)).isEqualTo(picture);
    }

    @Test
    void decodesTheUrlSafeAlphabetWithoutPadding() throws IOException {
        byte[] picture = bytes(100_001);

        JsonNode answer = read(answer(Base64.getUrlEncoder().withoutPadding().encodeToString(picture)));

        assertThat(picture(answer)).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "AA=A",
                "A=",
                "=",
                "====",
                "AAAA=",
                "AAA==",
                "AA===",
                "AAA=AAAA",
                "AA*A",
                "AA\\u0000A",
                "AA\\u00e9A",
                "AAé",
                "AA\\bA",
                "AA\\\"A",
                "AA\\\\A",
                "AA\\xA",
                "AA\\u00zzA",
                "AA\u0000A",
                "AA{}"
            })
    void refusesWhatIsNotBase64(String text) {
        assertThatThrownBy(() -> read(answer(text))).isInstanceOf(MalformedAnswerException.class);
        assertThatThrownBy(() -> read(answer(base64(bytes(12288)) + text)))
                .isInstanceOf(MalformedAnswerException.class);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void saysWhereTheAnswerIsMalformed() {
        String json = answer("AAAA*AAA");

        MalformedAnswerException e = catchThrowableOfType(MalformedAnswerException.class, () -> read(json));

        assertThat(e.where()).isEqualTo("/candidates/0/content/parts/0/inlineData/data");
        assertThat(e.position()).isEqualTo(json.indexOf('*'));
        assertThat(e.problem()).contains("not Base64");
        assertThat(e).hasMessageContaining(e.where()).hasMessageContaining(e.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,¶}",
                "{\"a\":1} ¶{\"b\":2}",
                "{\"a\":¶NaN}",
                "{\"a\":1,¶",
                "{\"a\":\"\\¶x\"}",
                "\uFEFF{\"a\":1,¶}",
                "{\"inlineData\":{\"data\":\"@\"},¶}",
                "{\"inlineData\":{\"data\":\"@\"},\"inlineData\":{\"data\":\"@\"},\"a\":¶x}",
                "{\"thoughtSignature\":\"@\",¶}",
                "{\"inlineData\":{\"data\":\"@\"},\"inlineData\":{\"data\":\"@\"},\"thoughtSignature\":\"abc\",¶}"
            })
    void namesThePlaceOfTheFaultAndNotThatOfTheReadAhead(String pattern) {
        for (String before : new String[] {"", " ".repeat(20_000)}) {
            for (int size : new int[] {3, 9_000, 100_000}) {
                boolean marks = pattern.startsWith("\uFEFF");
                String marked = (marks ? "" : before) + pattern.replace("@", base64(bytes(size)));
                String json = marked.replace("¶", "") + (marked.endsWith("¶") ? "" : " ".repeat(10_000));
                long place = marked.substring(0, marked.indexOf('¶')).getBytes(StandardCharsets.UTF_8).length;

                MalformedAnswerException e = catchThrowableOfType(MalformedAnswerException.class, () -> read(json));

                assertThat(e.position()).as(e.getMessage()).isBetween(place - 1, place + 3);
            }
        }
    }

    @Test
    void smallPicturesStayInMemoryAndOthersGoToFiles() throws IOException {
        Payload small = payload(read(answer(base64(bytes(THRESHOLD)))));
        assertThat(small.inMemory()).isTrue();
        assertThat(store.liveFiles()).isZero();

        Payload large = payload(read(answer(base64(bytes(THRESHOLD + 1)))));
        assertThat(large.inMemory()).isFalse();
        assertThat(store.liveFiles()).isEqualTo(1);
        assertThat(store.liveBytes()).isEqualTo(THRESHOLD + 1);
    }

    @Test
    void readsAllPicturesOfAnAnswerInItsOrder() throws IOException {
        byte[] first = bytes(5000);
        byte[] second = bytes(6000);

        JsonNode answer = read("[" + part("", first) + "," + part("", second) + "]");

        assertThat(ResponseJson.payloads(answer)).extracting(Payload::length).containsExactly(5000L, 6000L);
        ResponseJson.discard(answer);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void readsSnakeCaseAsCamelCase() throws IOException {
        byte[] picture = bytes(5000);

        JsonNode answer =
                read("{\"candidates\":[{\"content\":{\"parts\":[{\"inline_data\":{\"data\":\"" + base64(picture)
                        + "\",\"mime_type\":\"image/png\"},\"thought_signature\":\"U0lH\"}]},\"finish_reason\":\"STOP\"}],"
                        + "\"usage_metadata\":{\"total_token_count\":3},\"model_version\":\"m\"}");

        assertThat(picture(answer)).isEqualTo(picture);
        assertThat(answer.at("/candidates/0/content/parts/0/inlineData/mimeType")
                        .asText())
                .isEqualTo("image/png");
        assertThat(answer.at("/candidates/0/content/parts/0/thoughtSignature").asText())
                .isEqualTo("U0lH");
        assertThat(answer.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(answer.at("/usageMetadata/totalTokenCount").asInt()).isEqualTo(3);
    }

    @Test
    void leavesNamesOfFreeMapsAsTheyAre() throws IOException {
        JsonNode answer = read("{\"quota_dimensions\":{\"base_model\":\"x\"},\"metadata\":{\"a_b\":{\"c_d\":1}}}");

        assertThat(answer.at("/quotaDimensions/base_model").asText()).isEqualTo("x");
        assertThat(answer.at("/metadata/a_b/c_d").asInt()).isEqualTo(1);
    }

    @Test
    void skipsThePictureOfAThoughtThatIsMarkedBeforeIt() throws IOException {
        JsonNode answer = read(part("\"thought\":true,", bytes(5000)));

        assertThat(answer.at("/inlineData/mimeType").asText()).isEqualTo("image/png");
        assertThat(answer.at("/inlineData").has("data")).isFalse();
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void removesThePictureOfAThoughtThatIsMarkedAfterIt() throws IOException {
        JsonNode answer = read("{\"inline_data\":{\"data\":\"" + base64(bytes(5000)) + "\"},\"thought\":true}");

        assertThat(answer.at("/inlineData").has("data")).isFalse();
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void keepsThePictureThatIsMarkedAsNoThought() throws IOException {
        JsonNode answer = read(part("\"thought\":false,", bytes(5000)));

        assertThat(ResponseJson.payloads(answer)).hasSize(1);
    }

    @Test
    void ofAMemberThatOccursTwiceTheFirstIsReleased() throws IOException {
        JsonNode answer = read(
                "{\"inlineData\":{\"data\":\"" + base64(bytes(5000)) + "\",\"data\":\"" + base64(bytes(7000)) + "\"}}");

        assertThat(ResponseJson.payloads(answer)).extracting(Payload::length).containsExactly(7000L);
        assertThat(store.liveFiles()).isEqualTo(1);
    }

    @Test
    void aShortThoughtSignatureIsTextAsItCame() throws IOException {
        String signature = "skip_thought_signature_validator-" + "x".repeat(8000);

        assertThat(read("{\"thoughtSignature\":\"" + signature + "\"}")
                        .path("thoughtSignature")
                        .asText())
                .isEqualTo(signature);
    }

    @Test
    void aLongThoughtSignatureIsAPayload() throws IOException {
        byte[] signature = bytes(3_000_000);

        JsonNode answer = read("{\"thoughtSignature\":\"" + base64(signature) + "\",\"text\":\"t\"}");

        Payload payload = (Payload) ((POJONode) answer.path("thoughtSignature")).getPojo();
        assertThat(payload.newInputStream().readAllBytes()).isEqualTo(signature);
        assertThat(answer.path("text").asText()).isEqualTo("t");
    }

    @Test
    void keepsNumbersTextsAndNullsAsTheyAre() throws IOException {
        JsonNode answer =
                read(" {\"a\":1,\"b\":12345678901,\"c\":-1.5,\"d\":null,\"e\":[true,false,{}],\"f\":\"\\u00e9\\n\"} ");

        assertThat(answer)
                .hasToString("{\"a\":1,\"b\":12345678901,\"c\":-1.5,\"d\":null,\"e\":[true,false,{}],\"f\":\"é\\n\"}");
    }

    @Test
    void dataOutsideInlineDataIsText() throws IOException {
        assertThat(read("{\"data\":\"no picture\"}").path("data").asText()).isEqualTo("no picture");
    }

    @Test
    void refusesAnAnswerThatIsCutOffAnywhereAndLeavesNothing() {
        String json = answer(base64(bytes(3000)));

        for (int length = 0; length < json.length(); length += 7) {
            String cut = json.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as("after %d", length).isInstanceOf(MalformedAnswerException.class);
            assertThat(store.liveFiles()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "\"", "]"})
    void refusesWhatFollowsTheAnswer(String rest) {
        assertThatThrownBy(() -> read(answer(base64(bytes(3000))) + rest)).isInstanceOf(MalformedAnswerException.class);
        assertThat(store.liveFiles()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "<html>", "{'a':1}", "{\"a\":NaN}", "[1,]", "{\"a\":\"\u0001\"}"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void refusesJsonThatIsNotInUtf8() {
        byte[] utf16 = answer("AAAA").getBytes(StandardCharsets.UTF_16BE);

        assertThatThrownBy(() -> ResponseJson.read(new ByteArrayInputStream(utf16), store))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aFailureOfTheNetworkIsNotMalformedAndLeavesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException("stalled");
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                return read();
            }
        };
        String half = answer(base64(bytes(300_000))).substring(0, 200_000);

        assertThatThrownBy(() -> ResponseJson.read(new SequenceInputStream(stream(half), broken), store))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void refusesTextWithoutEnd() {
        assertThatThrownBy(() -> ResponseJson.read(endless("{\"text\":\"", "text "), store))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("1048576");
    }

    @Test
    void refusesManyTextsWithoutEnd() {
        String text = '"' + "t".repeat(1_000_000) + "\",";

        assertThatThrownBy(() -> ResponseJson.read(endless("[" + part("", bytes(5000)) + ",", text), store))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("8388608 bytes");
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void refusesWhiteSpaceWithoutEnd() {
        assertThatThrownBy(() -> ResponseJson.read(endless("{", "     "), store))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void refusesNodesWithoutEnd() {
        assertThatThrownBy(() -> ResponseJson.read(endless("[", "1,"), store))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101)))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("100");
    }

    @Test
    void refusesAPictureWithoutEnd() {
        AnswerLimits limits = new AnswerLimits(1000, 1000, 100, 1000, 1_000_000);

        assertThatThrownBy(() -> ResponseJson.read(endless("{\"inlineData\":{\"data\":\"", "AAAA"), store, limits))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("1000000");
        assertThat(store.liveFiles()).isZero();
    }

    /** What a route is to carry passes; what no byte[] can hold does not. */
    @Test
    void picturesOfAnAnswerHaveAGigabyteOrTwo() {
        assertThat(AnswerLimits.DEFAULT.payloadBytes()).isBetween(1_000_000_000L, Integer.MAX_VALUE + 1L);
    }

    @Test
    void doesNotCloseTheStream() throws IOException {
        InputStream in = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThat(ResponseJson.read(in, store)).isEmpty();
    }

    private JsonNode read(String json) throws IOException {
        return ResponseJson.read(stream(json), store);
    }

    private static Payload payload(JsonNode answer) {
        return (Payload) ((POJONode) answer.at("/candidates/0/content/parts/0/inlineData/data")).getPojo();
    }

    private static byte[] picture(JsonNode answer) throws IOException {
        try (InputStream in = payload(answer).newInputStream()) {
            return in.readAllBytes();
        }
    }

    private static String answer(String data) {
        return "{\"candidates\": [{\"content\": {\"parts\": [{\"inlineData\": {\"data\": \"" + data
                + "\", \"mimeType\": \"image/png\"}}]}}], \"responseId\": \"r\"}";
    }

    private static String part(String before, byte[] picture) {
        return "{" + before + "\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + base64(picture) + "\"}}";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream inPieces(String text, int most) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, most));
            }
        };
    }

    private static InputStream endless(String start, String repeated) {
        byte[] bytes = repeated.getBytes(StandardCharsets.UTF_8);
        return new SequenceInputStream(stream(start), new InputStream() {
            private int next;

            @Override
            public int read() {
                int b = bytes[next];
                next = (next + 1) % bytes.length;
                return b;
            }

            @Override
            public int read(byte[] b, int off, int len) {
                for (int i = off; i < off + len; i++) {
                    b[i] = (byte) read();
                }
                return len;
            }
        });
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void requestThatIsNoObjectLeavesNothing() {
        String list =
                "[{\"inlineData\":{\"data\":\"" + Base64.getEncoder().encodeToString(new byte[2 * THRESHOLD]) + "\"}}]";

        assertThatThrownBy(() -> RequestJson.read(
                        new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), store, Set.of(), Set.of()))
                .hasMessageContaining("it is not an object but ARRAY");
        assertThat(store.liveFiles()).isZero();
    }
}
