package io.github.camelgemini.image.payload.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseEventsTest {

    @TempDir
    Path directory;

    private PayloadStore store;

    @BeforeEach
    void openStore() {
        store = new PayloadStore(directory, 1000);
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void readsTheDataOfEachEvent(String end) throws IOException {
        String sse =
                "data: {\"a\":1}@@data:{\"a\":2}@@:comment@event: x@id: 7@data: {\"a\":3}@retry: 5@@".replace("@", end);

        assertThat(read(sse)).extracting(JsonNode::toString).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100_000})
    void readsPicturesWhateverThePiecesInWhichTheyArrive(int most) throws IOException {
        byte[] picture = new byte[100_000];
        Arrays.fill(picture, (byte) 7);
        byte[] sse = (event(picture) + ": keep-alive\r\n\r\n" + event(picture)).getBytes(StandardCharsets.UTF_8);
        InputStream inPieces = new ByteArrayInputStream(sse) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, most));
            }
        };
        List<JsonNode> events = new ArrayList<>();

        ResponseJson.readEvents(inPieces, store, events::add);

        assertThat(events).hasSize(2);
        for (JsonNode event : events) {
            assertThat(ResponseJson.payloads(event).get(0).newInputStream().readAllBytes())
                    .isEqualTo(picture);
        }
    }

    @Test
    void joinsTheDataLinesOfOneEvent() throws IOException {
        assertThat(read("data: {\"a\":\ndata\n: no data\ndata: 1}\n\n"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"a\":1}");
    }

    @Test
    void handsAnEventOverBeforeTheNextBytesArrive() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        byte[] picture = new byte[5000];
        InputStream silence = new InputStream() {
            @Override
            public int read() {
                assertThat(events).as("handed over before more is asked for").hasSize(1);
                return -1;
            }

            @Override
            public int read(byte[] b, int off, int len) {
                return read();
            }
        };

        ResponseJson.readEvents(new SequenceInputStream(stream(event(picture)), silence), store, events::add);

        assertThat(events).hasSize(1);
    }

    @Test
    void skipsEventsWithoutData() throws IOException {
        assertThat(read("\n\ndata:\n\nevent: ping\n\ndata: {}\n\n")).hasSize(1);
    }

    @Test
    void readsTheLastEventWithoutABlankLine() throws IOException {
        assertThat(read("data: {\"a\":1}")).hasSize(1);
    }

    @Test
    void endsAtDone() throws IOException {
        assertThat(read("data: {\"a\":1}\n\ndata: [DONE]\n\n")).hasSize(1);
    }

    @Test
    void readsNothingFromNothing() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void aMalformedEventLeavesNothingAndTheEarlierOnesToTheirConsumer() {
        List<JsonNode> events = new ArrayList<>();
        String sse = event(new byte[5000]) + event(new byte[5000]).replace("}}]", "}]");

        assertThatThrownBy(() -> ResponseJson.readEvents(stream(sse), store, events::add))
                .isInstanceOf(MalformedAnswerException.class);

        assertThat(store.liveFiles()).isEqualTo(1);
        events.forEach(ResponseJson::discard);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void anEventThatItsConsumerRefusesIsReleased() {
        assertThatThrownBy(() -> ResponseJson.readEvents(stream(event(new byte[5000])), store, event -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(store.liveFiles()).isZero();
    }

    private List<JsonNode> read(String sse) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        ResponseJson.readEvents(stream(sse), store, events::add);
        return events;
    }

    private static String event(byte[] picture) {
        return "data: {\"parts\":[{\"inlineData\":{\"data\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}}]}\r\n\r\n";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
