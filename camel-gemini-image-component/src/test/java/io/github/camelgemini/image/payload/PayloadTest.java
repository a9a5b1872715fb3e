package io.github.camelgemini.image.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();
    private PayloadStore store;

    @BeforeEach
    void openStore() {
        store = new PayloadStore(directory, 10);
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    void closeRemovesTheFileOnce() throws IOException {
        Payload payload = spooled();

        payload.close();
        payload.close();

        assertThat(store.liveFiles()).isZero();
        assertThat(store.liveBytes()).isZero();
    }

    @Test
    void theFileStaysUntilTheLastOwnerLetsGo() throws IOException {
        Payload payload = spooled().retain();

        payload.close();
        assertThat(payload.newInputStream().readAllBytes()).hasSize(1000);

        payload.release();
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void closeLeavesToTheExchangeWhatWasBoundToIt() throws IOException {
        Exchange exchange = new DefaultExchange(context);
        Payload payload = spooled().bind(exchange);

        payload.close();
        assertThat(store.liveFiles()).isEqualTo(1);

        done(exchange);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void staysUntilTheLastExchangeThatItWasBoundToIsDone() throws IOException {
        Exchange first = new DefaultExchange(context);
        Exchange second = new DefaultExchange(context);
        spooled().bind(first).bind(second);

        done(first);
        assertThat(store.liveFiles()).isEqualTo(1);

        done(second);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void aCopyKeepsTheBytesOfAnOriginalThatWasClosed() throws IOException {
        Payload original = spooled();
        Exchange exchange = new DefaultExchange(context);

        Payload copy = original.copy(exchange);
        original.close();
        assertThat(copy.newInputStream().readAllBytes()).hasSize(1000);

        done(exchange);
        assertThat(store.liveFiles()).isZero();
    }

    @Test
    void whatWasReleasedCannotBeUsedAgain() throws IOException {
        Payload payload = spooled();
        payload.close();

        assertThatThrownBy(payload::newInputStream)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> payload.copy(new DefaultExchange(context))).isInstanceOf(IOException.class);
        assertThatThrownBy(payload::retain).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> payload.bind(new DefaultExchange(context))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void streamsAreIndependentOfEachOther() throws IOException {
        Payload payload = spooled();

        try (InputStream first = payload.newInputStream();
                InputStream second = payload.newInputStream()) {
            first.skipNBytes(990);
            payload.reset();

            assertThat(second.readAllBytes()).hasSize(1000);
            assertThat(first.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void writesItselfAsOftenAsAsked() throws IOException {
        Payload payload = spooled();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        payload.writeTo(out);
        payload.writeTo(out);

        assertThat(out.size()).isEqualTo(2000);
    }

    @Test
    void showsLengthAndPlaceButNoContent() throws IOException {
        Payload spooled = spooled();

        assertThat(spooled)
                .hasToString("Payload[1000 bytes in " + spooled.file().orElseThrow() + "]");
        assertThat(Payload.of("secret".getBytes(StandardCharsets.UTF_8))).hasToString("Payload[6 bytes in memory]");
    }

    @ParameterizedTest
    @ValueSource(ints = {800_000, 20_000_000})
    void receivingAllocatesNextToNothing(int length) throws IOException {
        byte[] answer = ("{\"inlineData\":{\"data\":\"" + Base64.getEncoder().encodeToString(new byte[length]) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        receive(answer);
        long before = threads.getCurrentThreadAllocatedBytes();
        receive(answer);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(100_000);
    }

    private void receive(byte[] answer) throws IOException {
        JsonNode json = ResponseJson.read(new ByteArrayInputStream(answer), store);
        ResponseJson.release(json);
    }

    private Payload spooled() throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(new byte[1000]);
            return writer.finish();
        }
    }

    private static void done(Exchange exchange) {
        for (Synchronization completion : exchange.getExchangeExtension().handoverCompletions()) {
            completion.onComplete(exchange);
        }
    }
}
