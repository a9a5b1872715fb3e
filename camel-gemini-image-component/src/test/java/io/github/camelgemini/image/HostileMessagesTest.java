package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a message brings, and however much, a JVM with 128 MB of heap survives it, and refuses it before any call. */
@Timeout(300)
class HostileMessagesTest {

    private static final String X = "x".repeat(500);
    private static final String URL = "\"https://pictures.example/cat.png\",";

    private static Map<String, Supplier<Object>> bodies() {
        Map<String, Supplier<Object>> bodies = new LinkedHashMap<>();
        bodies.put("bytes", () -> endless("\u0089PNG\r\n", X));
        bodies.put("words", () -> endless("a cat ", X));
        bodies.put("characters", () -> reader("a cat ", X));
        bodies.put("Base64", () -> reader("data:image/png;base64,", "AAAA"));
        bodies.put("streamOfBase64", () -> endless("data:image/png;base64,", "AAAA"));
        bodies.put("arrays", () -> endless("{\"prompt\":\"p\",\"images\":[", "[],"));
        bodies.put("urls", () -> endless("{\"prompt\":\"p\",\"model\":\"nope\",\"images\":[", URL));
        bodies.put(
                "manyUrls",
                () -> "{\"prompt\":\"p\",\"model\":\"nope\",\"images\":[" + URL.repeat(40_000)
                        + "\"https://a.example\"]}");
        bodies.put("members", () -> endless("{\"prompt\":\"p\",", "\"k\":{},"));
        bodies.put("depth", () -> endless("{\"prompt\":\"p\",\"contents\":", "{\"a\":"));
        bodies.put("prompt", () -> endless("{\"prompt\":\"", X));
        bodies.put("name", () -> endless("{\"prompt\":\"p\",\"", X));
        bodies.put("turns", () -> endless("{\"contents\":[", "{\"parts\":[{\"text\":\"x\"}]},"));
        bodies.put("streams", () -> Collections.nCopies(100, endless("\u0089PNG\r\n", X)));
        bodies.put(
                "streamsInAMap",
                () -> Map.of("prompt", "p", "images", Collections.nCopies(100, endless("\u0089PNG\r\n", X))));
        return bodies;
    }

    private static Reader reader(String begin, String unit) {
        return new InputStreamReader(endless(begin, unit), StandardCharsets.UTF_8);
    }

    private static InputStream endless(String begin, String unit) {
        byte[] block = unit.repeat(1 + 8_000 / unit.length()).getBytes(StandardCharsets.ISO_8859_1);
        Iterator<byte[]> blocks = new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public byte[] next() {
                byte[] next = begun ? block : begin.getBytes(StandardCharsets.ISO_8859_1);
                begun = true;
                return next;
            }
        };
        return new InputStream() {
            private ByteArrayInputStream current = new ByteArrayInputStream(blocks.next());

            @Override
            public int read() {
                byte[] one = new byte[1];
                read(one, 0, 1);
                return one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = length == 0 ? 0 : current.read(bytes, offset, length);
                while (count < 0) {
                    current = new ByteArrayInputStream(blocks.next());
                    count = current.read(bytes, offset, length);
                }
                return count;
            }
        };
    }

    /** Sends each as body and as contents, and tells what became of it. */
    static final class Messages {

        private Messages() {}

        public static void main(String[] args) throws Exception {
            String uri = "gemini-image:generate?maxRetries=0&requestTimeout=20000&maxInputBytes=10000000";
            try (OtherRoutes routes = new OtherRoutes("http://localhost:1", args[0])) {
                for (Map.Entry<String, Supplier<Object>> body : bodies().entrySet()) {
                    tell(
                            body.getKey() + " as body",
                            routes.send(uri, body.getValue().get(), Map.of()));
                    tell(
                            body.getKey() + " as contents",
                            routes.send(
                                    uri,
                                    "a cat",
                                    Map.of(
                                            GeminiImageHeaders.CONTENTS,
                                            body.getValue().get())));
                }
            }
        }

        private static void tell(String name, Exchange exchange) {
            Exception failure = exchange.getException();
            boolean refused = failure instanceof GeminiImageException
                    && !(failure instanceof LocalStorageException)
                    && !failure.getMessage().contains("localhost:1");
            System.out.println("message\t" + name + "\t" + (refused ? "refused" : String.valueOf(failure)));
        }
    }

    @Test
    void noneFillsTheHeap(@TempDir Path spool) throws Exception {
        try (OtherJvm jvm = OtherJvm.start(List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"), Messages.class, spool)) {
            for (int i = 0; i < 2 * bodies().size(); i++) {
                String line = jvm.lineWith("message\t");
                assertThat(line).endsWith("\trefused");
            }
        }
        assertThat(SpoolFiles.in(spool)).isEmpty();
    }
}
