package io.github.camelgemini.image.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whoever calls a webhook without the secret is refused, whatever he writes. See CONTRIBUTING.md on fuzzing. */
class SignatureFuzzTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] NO_KEYS = "{\"keys\":[]}".getBytes(StandardCharsets.US_ASCII);

    private static HttpServer keys;
    private static SignedToken token;

    @BeforeAll
    static void publishKeys() throws IOException {
        keys = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        keys.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, NO_KEYS.length);
                exchange.getResponseBody().write(NO_KEYS);
            }
        });
        keys.start();
        URI uri = URI.create("http://localhost:" + keys.getAddress().getPort() + "/");
        token = new SignedToken(new PublicKeys(uri, null, null));
    }

    @AfterAll
    static void end() {
        keys.stop(0);
    }

    /** A line is a header, and the rest is the body. */
    @FuzzTest(maxDuration = "5m")
    void callWithoutTheSecretIsRefused(byte[] call) {
        String[] lines = new String(call, StandardCharsets.UTF_8).split("\n", 4);
        String body = lines.length > 3 ? lines[3] : "";
        refused(
                new SharedSecret(SECRET),
                new WebhookCall(line(lines, 0), line(lines, 1), line(lines, 2), body.getBytes(StandardCharsets.UTF_8)));
    }

    @FuzzTest(maxDuration = "5m")
    void tokenThatNobodySignedIsRefused(byte[] text) {
        String written = new String(text, StandardCharsets.UTF_8);
        refused(token, new WebhookCall(null, null, written, new byte[0]));
        refused(token, new WebhookCall(null, null, encoded(written), new byte[0]));
    }

    /** As tokens are: header, claims and signature, a line each. */
    private static String encoded(String lines) {
        StringBuilder token = new StringBuilder();
        for (String line : lines.split("\n", 3)) {
            token.append(token.isEmpty() ? "" : ".")
                    .append(Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(line.getBytes(StandardCharsets.UTF_8)));
        }
        return token.toString();
    }

    private static String line(String[] lines, int at) {
        return at < lines.length ? lines[at] : null;
    }

    private static void refused(WebhookSignature signature, WebhookCall call) {
        try {
            signature.check(call);
        } catch (RefusedCallException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        fail("A call was believed that nobody signed");
    }
}
