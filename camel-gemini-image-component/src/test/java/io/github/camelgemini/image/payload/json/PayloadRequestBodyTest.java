package io.github.camelgemini.image.payload.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import okhttp3.MediaType;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadRequestBodyTest {

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 12287, 12288, 12289, 36864, 1_000_001})
    void putsTheBase64OfAPictureInPlaceOfItsHandle(int length) throws IOException {
        byte[] picture = bytes(length);
        Handle handle = Handle.create();

        PayloadRequestBody body = new PayloadRequestBody(
                JSON, "{\"é\":\"" + handle.base64() + "\"}", Map.of(handle, Payload.of(picture)));

        assertThat(sent(body)).isEqualTo("{\"é\":\"" + base64(picture) + "\"}");
        assertThat(body.contentLength())
                .isEqualTo("{\"é\":\"\"}".length() + 1 + base64(picture).length());
        assertThat(body.contentType()).isEqualTo(JSON);
    }

    @Test
    void canBeSentAgain() throws IOException {
        Handle handle = Handle.create();
        PayloadRequestBody body = new PayloadRequestBody(
                JSON, "[\"" + handle.base64() + "\"]", Map.of(handle, PayloadSource.of(bytes(100_000))));

        assertThat(body.isOneShot()).isFalse();
        assertThat(sent(body)).isEqualTo(sent(body)).hasSize((int) body.contentLength());
    }

    @Test
    void sendsSeveralPicturesInTheOrderOfTheJsonAndOneTwice() throws IOException {
        Handle cat = Handle.create();
        Handle dog = Handle.create();

        PayloadRequestBody body = new PayloadRequestBody(
                JSON,
                "[\"" + dog.base64() + "\",\"" + cat.base64() + "\",\"" + dog.base64() + "\"]",
                Map.of(cat, PayloadSource.of(new byte[] {1}), dog, PayloadSource.of(new byte[] {2, 2})));

        assertThat(sent(body)).isEqualTo("[\"AgI=\",\"AQ==\",\"AgI=\"]").hasSize((int) body.contentLength());
    }

    @Test
    void sendsAFileFromWhereItIs(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("cat.png"), bytes(50_000));
        Handle handle = Handle.create();

        PayloadRequestBody body =
                new PayloadRequestBody(JSON, "\"" + handle.base64() + "\"", Map.of(handle, PayloadSource.of(file)));

        assertThat(sent(body)).isEqualTo("\"" + base64(bytes(50_000)) + "\"");
    }

    @Test
    void refusesAPictureThatHasNoPlaceInTheRequest() {
        assertThatThrownBy(() ->
                        new PayloadRequestBody(JSON, "{}", Map.of(Handle.create(), PayloadSource.of(new byte[1]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place");
    }

    @ParameterizedTest
    @ValueSource(ints = {-30_000, -1, 1, 30_000})
    void failsIfASourceIsNotAsLongAsItWas(int more) throws IOException {
        PayloadSource changed = new PayloadSource() {
            @Override
            public long length() {
                return 100_000;
            }

            @Override
            public InputStream newInputStream() {
                return new ByteArrayInputStream(bytes(100_000 + more));
            }

            @Override
            public String toString() {
                return "cat.png";
            }
        };
        Handle handle = Handle.create();
        PayloadRequestBody body =
                new PayloadRequestBody(JSON, "[\"" + handle.base64() + "\"]", Map.of(handle, changed));

        assertThatThrownBy(() -> sent(body))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cat.png")
                .hasMessageContaining("100000");
    }

    @Test
    void failsIfAPayloadIsGone(@TempDir Path directory) throws IOException {
        try (PayloadStore store = new PayloadStore(directory, 0);
                PayloadStore.Writer writer = store.newWriter()) {
            writer.write(bytes(10));
            Payload payload = writer.finish();
            Handle handle = Handle.create();
            PayloadRequestBody body =
                    new PayloadRequestBody(JSON, "[\"" + handle.base64() + "\"]", Map.of(handle, payload));
            payload.discard();

            assertThatThrownBy(() -> sent(body))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no longer available");
        }
    }

    @Test
    void aHandleIsTheBase64OfItsBytesAndNeedsNoEscaping() {
        Handle handle = Handle.create();

        assertThat(base64(handle.bytes())).isEqualTo(handle.base64()).matches("[A-Za-z0-9+/]{24}");
        assertThat(handle).isNotEqualTo(Handle.create()).doesNotHaveToString(handle.base64());
    }

    @Test
    void sendingFourteenLargePicturesAllocatesNextToNothing(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("cat.png"), bytes(7_000_000));
        StringBuilder json = new StringBuilder("[0");
        Map<Handle, PayloadSource> pictures = new HashMap<>();
        for (int i = 0; i < 14; i++) {
            Handle handle = Handle.create();
            pictures.put(handle, PayloadSource.of(file));
            json.append(",\"").append(handle.base64()).append('"');
        }
        PayloadRequestBody body = new PayloadRequestBody(JSON, json.append(']').toString(), pictures);
        BufferedSink sink = Okio.buffer(Okio.blackhole());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        body.writeTo(sink);
        long before = threads.getCurrentThreadAllocatedBytes();
        body.writeTo(sink);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(14 * 7_000_000 / 100);
    }

    private static String sent(PayloadRequestBody body) throws IOException {
        Buffer buffer = new Buffer();
        body.writeTo(buffer);
        return buffer.readUtf8();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
