package io.github.camelgemini.image.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a service that something is done, over HTTP: who is believed, and what comes of it. */
@Timeout(60)
class WebhookListenerTest {

    private static final String PATH = "/hooks/gemini-image";
    private static final String SECRET_PATH = "/hooks/9f86d081884c7d659a2feaa0c55ad015";
    private static final String SECRET = secret("the secret that the service gave");
    private static final String BODY =
            "{\"type\":\"batch.succeeded\",\"version\":\"v1\",\"data\":{\"id\":\"batches/b-1\"}}";
    private static final int MOST = 4_096;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static final VertxPlatformHttpServerConfiguration CONFIGURATION =
            new VertxPlatformHttpServerConfiguration();
    private static final VertxPlatformHttpServer SERVER = new VertxPlatformHttpServer(CONFIGURATION);
    private static final KeyPair KEYS = keys();
    private static final AtomicInteger KEYS_FETCHED = new AtomicInteger();
    private static HttpServer google;

    private final AtomicInteger woken = new AtomicInteger();
    private WebhookListener listener;

    @BeforeAll
    static void serve() throws Exception {
        CONFIGURATION.setBindHost("localhost");
        CONFIGURATION.setBindPort(0);
        CONTEXT.addService(SERVER);
        // A consumer is always of a route; without one the context cannot take exchanges.
        CONTEXT.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:any").to("mock:any");
            }
        });
        CONTEXT.start();
        google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        google.createContext("/.well-known/jwks.json", exchange -> {
            KEYS_FETCHED.incrementAndGet();
            byte[] answer = jwks().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        google.start();
    }

    @AfterAll
    static void stop() {
        google.stop(0);
        CONTEXT.stop();
    }

    @AfterEach
    void unlisten() {
        if (listener != null) {
            listener.stop();
        }
    }

    // ---- signed with a secret

    @Test
    void signedCallWakes() throws Exception {
        listen(signed());

        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(200);
        assertThat(woken).hasValue(1);
    }

    /** The example of github.com/standard-webhooks/standard-webhooks, made with the clock of its day. */
    @Test
    void signatureIsThatOfStandardWebhooks() {
        WebhookCall call = new WebhookCall(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "1614265330",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> new SharedSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").check(call))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("its time");
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() throws Exception {
        listen(signed());
        Instant now = Instant.now();
        String ofOldSecret = signature(secret("another secret, not in use"), "msg_1", now, BODY);

        HttpResponse<String> answer = call(request(PATH, BODY)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", "v1a,abc " + ofOldSecret + " " + signature(SECRET, "msg_1", now, BODY)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(woken).hasValue(1);
    }

    @Test
    void callThatIsMadeTwiceWakesOnceAndIsAcknowledged() throws Exception {
        listen(signed());

        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(200);
        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(200);
        assertThat(call(signedCall("msg_2", Instant.now(), BODY)).statusCode()).isEqualTo(200);
        assertThat(woken).hasValue(2);
    }

    @Test
    void forgedCallDoesNotHideTheGoodOne() throws Exception {
        listen(signed());
        Instant now = Instant.now();

        HttpResponse<String> forged = call(request(PATH, BODY)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", signature(secret("a secret of somebody else"), "msg_1", now, BODY)));

        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(woken).hasValue(0);
        assertThat(call(signedCall("msg_1", now, BODY)).statusCode()).isEqualTo(200);
        assertThat(woken).hasValue(1);
    }

    @Test
    void signatureOfAnotherBodyIsRefused() throws Exception {
        listen(signed());
        Instant now = Instant.now();

        assertThat(call(request(PATH, BODY + " ")
                                .header("webhook-id", "msg_1")
                                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                                .header("webhook-signature", signature(SECRET, "msg_1", now, BODY)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(woken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, -86_400, 310})
    void callOfAnotherTimeIsRefused(long seconds) throws Exception {
        listen(signed());

        assertThat(call(signedCall("msg_1", Instant.now().plusSeconds(seconds), BODY))
                        .statusCode())
                .isEqualTo(401);
        assertThat(woken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {-280, 280})
    void callWithinFiveMinutesIsGood(long seconds) throws Exception {
        listen(signed());

        assertThat(call(signedCall("msg_1", Instant.now().plusSeconds(seconds), BODY))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void callWithoutOneOfTheHeadersIsRefused(String missing) throws Exception {
        listen(signed());
        Instant now = Instant.now();
        HttpRequest.Builder request = request(PATH, BODY);
        if (!missing.equals("webhook-id")) {
            request.header("webhook-id", "msg_1");
        }
        if (!missing.equals("webhook-timestamp")) {
            request.header("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        }
        if (!missing.equals("webhook-signature")) {
            request.header("webhook-signature", signature(SECRET, "msg_1", now, BODY));
        }

        assertThat(call(request).statusCode()).isEqualTo(401);
        assertThat(woken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,", "v1,***", "v1", "", " ", ",", "v1,AAAA", "v2,AAAA", "a.b.c", "..", "eyJ9.e30."})
    void signatureThatIsNoneIsRefused(String signature) throws Exception {
        listen(new WebhookSettings(PATH, SECRET, MOST, keysOfGoogle(), true));

        assertThat(call(request(PATH, BODY)
                                .header("webhook-id", "msg_1")
                                .header(
                                        "webhook-timestamp",
                                        String.valueOf(Instant.now().getEpochSecond()))
                                .header("webhook-signature", signature))
                        .statusCode())
                .isEqualTo(401);
        assertThat(woken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "-1", "99999999999999999999", "1e9", ""})
    void timeThatIsNoneIsRefused(String time) throws Exception {
        listen(signed());
        String signed = "v1," + Base64.getEncoder().encodeToString(hmac(SECRET, "msg_1." + time + "." + BODY));

        assertThat(call(request(PATH, BODY)
                                .header("webhook-id", "msg_1")
                                .header("webhook-timestamp", time)
                                .header("webhook-signature", signed))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void bytesAreSignedAsTheyCame() throws Exception {
        listen(signed());
        String odd = "\u00fc\u0000\r\n not json";

        assertThat(call(signedCall("msg_1", Instant.now(), odd)).statusCode()).isEqualTo(200);
        assertThat(woken).hasValue(1);
    }

    // ---- signed with a token of Google

    @Test
    void callWithATokenOfGoogleWakes() throws Exception {
        listen(withKeysOfGoogle());

        assertThat(call(request(PATH, BODY)
                                .header("Webhook-Signature", token(KEYS.getPrivate(), "key-1", claims("j-1", 0))))
                        .statusCode())
                .isEqualTo(200);
        assertThat(woken).hasValue(1);
    }

    @Test
    void keysOfGoogleAreFetchedOnce() throws Exception {
        listen(withKeysOfGoogle());
        int before = KEYS_FETCHED.get();

        for (int i = 0; i < 5; i++) {
            call(request(PATH, BODY)
                    .header("Webhook-Signature", token(KEYS.getPrivate(), "key-1", claims("j-" + i, 0))));
            call(request(PATH, BODY)
                    .header("Webhook-Signature", token(keys().getPrivate(), "key-of-a-stranger", claims("s", 0))));
        }

        assertThat(woken).hasValue(5);
        assertThat(KEYS_FETCHED.get() - before).isEqualTo(1);
    }

    @Test
    void tokenThatComesTwiceWakesOnce() throws Exception {
        listen(withKeysOfGoogle());
        String token = token(KEYS.getPrivate(), "key-1", claims("j-1", 0));

        assertThat(call(request(PATH, BODY).header("Webhook-Signature", token)).statusCode())
                .isEqualTo(200);
        assertThat(call(request(PATH, BODY).header("Webhook-Signature", token)).statusCode())
                .isEqualTo(200);
        assertThat(woken).hasValue(1);
    }

    /** The header is not signed, so it cannot make a call that is repeated a new one. */
    @Test
    void tokenWithoutAnIdThatComesTwiceWakesOnceWhateverTheHeaderSays() throws Exception {
        listen(withKeysOfGoogle());
        String token = token(KEYS.getPrivate(), "key-1", claims(null, 0));

        for (String id : List.of("msg_1", "msg_2", "msg_3")) {
            assertThat(call(request(PATH, BODY).header("webhook-id", id).header("Webhook-Signature", token))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(woken).hasValue(1);
    }

    @Test
    void longIdThatComesTwiceWakesOnce() throws Exception {
        listen(signed());
        String id = "m".repeat(1_000);

        call(signedCall(id, Instant.now(), BODY));
        call(signedCall(id, Instant.now(), BODY));

        assertThat(woken).hasValue(1);
    }

    @Test
    void forgedTokenIsRefused() throws Exception {
        listen(withKeysOfGoogle());
        String good = token(KEYS.getPrivate(), "key-1", claims("j-1", 0));
        String[] parts = good.split("\\.");

        for (String token : new String[] {
            token(keys().getPrivate(), "key-1", claims("j-1", 0)),
            token(keys().getPrivate(), "key-2", claims("j-1", 0)),
            token(KEYS.getPrivate(), "key-1", claims("j-1", -400)),
            token(KEYS.getPrivate(), "key-1", claims("j-1", 400)),
            token(KEYS.getPrivate(), "key-1", "{\"jti\":\"j-1\"}"),
            token(KEYS.getPrivate(), "key-1", "{\"jti\":\"j-1\",\"exp\":1000}"),
            parts[0] + "." + url(claims("j-2", 0)) + "." + parts[2],
            url("{\"alg\":\"none\",\"kid\":\"key-1\"}") + "." + parts[1] + ".",
            url("{\"alg\":\"HS256\",\"kid\":\"key-1\"}") + "." + parts[1] + "." + parts[2],
        }) {
            assertThat(call(request(PATH, BODY).header("Webhook-Signature", token))
                            .statusCode())
                    .as(token)
                    .isEqualTo(401);
        }
        assertThat(woken).hasValue(0);
    }

    @Test
    void addressOfKeysIsNotTakenFromTheToken() throws Exception {
        KeyPair stranger = keys();
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        server.start();
        try {
            listen(withKeysOfGoogle());
            String address = "http://localhost:" + server.getAddress().getPort() + "/jwks";
            String header = "{\"alg\":\"RS256\",\"kid\":\"s\",\"jku\":\"" + address + "\",\"x5u\":\"" + address + "\"}";

            assertThat(call(request(PATH, BODY)
                                    .header("Webhook-Signature", sign(stranger.getPrivate(), header, claims("j", 0))))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tokenIsRefusedWhileTheKeysAreNotToBeHad() throws Exception {
        listen(new WebhookSettings(
                PATH, null, MOST, new PublicKeys(URI.create("http://localhost:1/jwks.json"), null, null), true));

        assertThat(call(request(PATH, BODY)
                                .header("Webhook-Signature", token(KEYS.getPrivate(), "key-1", claims("j-1", 0))))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void withoutASecretNoSignatureWithOneIsGood() throws Exception {
        listen(withKeysOfGoogle());

        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(401);
        assertThat(call(request(PATH, BODY)).statusCode()).isEqualTo(401);
        assertThat(woken).hasValue(0);
    }

    @Test
    void bothKindsAreGoodWhereBothAreKnown() throws Exception {
        listen(new WebhookSettings(PATH, SECRET, MOST, keysOfGoogle(), true));

        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(200);
        assertThat(call(request(PATH, BODY)
                                .header("webhook-id", "msg_2")
                                .header("Webhook-Signature", token(KEYS.getPrivate(), "key-1", claims(null, 0))))
                        .statusCode())
                .isEqualTo(200);
        assertThat(woken).hasValue(2);
    }

    // ---- not signed

    @Test
    void unsignedCallWakesAndNothingOfItIsBelieved() throws Exception {
        listen(new WebhookSettings(SECRET_PATH, null, MOST, null, false));

        for (String body : new String[] {"{\"id\":\"t1\",\"status\":10}", "{\"id\":\"t1\",\"status\":10}", "", "{{{"}) {
            assertThat(call(request(SECRET_PATH, body)).statusCode()).isEqualTo(200);
        }
        assertThat(woken).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gemini-image",
                "/hooks/gemini-image",
                "/hooks/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/9f86d081884c7d659a2feaa0c55ad015/hook",
                "/hooks/9f86d081884c7d659a2fe"
            })
    void pathThatCanBeGuessedIsRefusedWhereNothingIsSigned(String path) {
        assertThatThrownBy(() -> new WebhookSettings(path, null, MOST, null, false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("webhookPath")
                .hasMessageContaining("openssl rand -hex 16")
                .hasMessageNotContaining(path);
    }

    // ---- large, slow, wrong

    @Test
    void bodyAsLargeAsAllowedIsRead() throws Exception {
        listen(signed());

        assertThat(call(signedCall("msg_1", Instant.now(), "x".repeat(MOST))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void largerBodyIsRefused() throws Exception {
        listen(signed());

        assertThat(call(signedCall("msg_1", Instant.now(), "x".repeat(MOST + 1)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(call(signedCall("msg_2", Instant.now(), "x".repeat(5_000_000)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(woken).hasValue(0);
    }

    @Test
    void largerBodyOfUnknownLengthIsRefused() throws Exception {
        listen(new WebhookSettings(SECRET_PATH, null, MOST, null, false));
        byte[] large = new byte[MOST + 1];
        HttpRequest request = HttpRequest.newBuilder(uri(SECRET_PATH))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();

        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        assertThat(woken).hasValue(0);
    }

    @Test
    void callsThatComeSlowlyKeepNobodyWaiting() throws Exception {
        listen(signed());
        Socket[] slow = new Socket[30];
        try {
            for (int i = 0; i < slow.length; i++) {
                slow[i] = new Socket("localhost", SERVER.getPort());
                OutputStream out = slow[i].getOutputStream();
                out.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }

            assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode())
                    .isEqualTo(200);
            await().untilAsserted(() -> assertThat(woken).hasValue(1));
        } finally {
            for (Socket socket : slow) {
                close(socket);
            }
        }
    }

    @Test
    void otherMethodsAreNotTaken() throws Exception {
        listen(signed());

        assertThat(HTTP.send(HttpRequest.newBuilder(uri(PATH)).GET().build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isBetween(400, 499);
    }

    @Test
    void answerRepeatsNothingOfTheCall() throws Exception {
        listen(signed());

        HttpResponse<String> answer =
                call(signedCall("msg_1", Instant.now(), BODY).header("X-Stranger", "a header"));

        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKeys("webhook-id", "webhook-signature", "X-Stranger");
    }

    @Test
    void listenerThatIsStoppedListensNoMore() throws Exception {
        listen(signed());
        listener.stop();

        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(404);

        listener.start();
        assertThat(call(signedCall("msg_1", Instant.now(), BODY)).statusCode()).isEqualTo(200);
    }

    // ---- settings

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cr3t", "whsec_", "whsec_c2hvcnQ=", "whsec_***not-base64***", "wh"})
    void secretThatIsNoneIsRefusedAndNotRepeated(String secret) {
        assertThatThrownBy(() -> new WebhookSettings(PATH, secret, MOST, null, true))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("webhookSecret")
                .satisfies(e ->
                        assertThat(secret.length() > 6 ? e.getMessage() : "").doesNotContain(secret + "x"));
    }

    @Test
    void signedServiceNeedsSomethingToCheckBy() {
        assertThatThrownBy(() -> new WebhookSettings(PATH, null, MOST, null, true))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("webhookSecret");
    }

    @Test
    void secretIsNotPrinted() {
        assertThat(new WebhookSettings(PATH, SECRET, MOST, null, true).toString())
                .doesNotContain(SECRET);
        assertThat(new WebhookSettings(SECRET_PATH, null, MOST, null, false).toString())
                .doesNotContain(SECRET_PATH);
    }

    @Test
    void contextWithoutAnHttpServerSaysWhatIsMissing() throws Exception {
        try (DefaultCamelContext bare = new DefaultCamelContext()) {
            bare.getRestConfiguration().setComponent("log");
            WebhookListener unheard = new WebhookListener(bare, signed(), woken::incrementAndGet);

            assertThatThrownBy(unheard::start)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("option webhookPath")
                    .hasMessageContaining("platform-http");
        }
    }

    // ---- how

    private void listen(WebhookSettings settings) {
        listener = new WebhookListener(CONTEXT, settings, woken::incrementAndGet);
        listener.start();
    }

    private static WebhookSettings signed() {
        return new WebhookSettings(PATH, SECRET, MOST, null, true);
    }

    private static WebhookSettings withKeysOfGoogle() {
        return new WebhookSettings(PATH, null, MOST, keysOfGoogle(), true);
    }

    private static PublicKeys keysOfGoogle() {
        URI uri = URI.create("http://localhost:" + google.getAddress().getPort() + "/.well-known/jwks.json");
        return new PublicKeys(uri, null, null);
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + SERVER.getPort() + path);
    }

    private static HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder signedCall(String id, Instant time, String body) {
        return request(PATH, body)
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(time.getEpochSecond()))
                .header("webhook-signature", signature(SECRET, id, time, body));
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String secret(String text) {
        return "whsec_" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String secret, String id, Instant time, String body) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(secret, id + "." + time.getEpochSecond() + "." + body));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String claims(String id, long secondsFromNow) {
        long time = Instant.now().getEpochSecond() + secondsFromNow;
        return "{" + (id == null ? "" : "\"jti\":\"" + id + "\",") + "\"iat\":" + time + ",\"exp\":" + (time + 300)
                + ",\"event\":" + BODY + "}";
    }

    private static String token(PrivateKey key, String id, String claims) throws Exception {
        return sign(key, "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + id + "\"}", claims);
    }

    private static String sign(PrivateKey key, String header, String claims) throws Exception {
        String signed = url(header) + "." + url(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String jwks() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        byte[] modulus = key.getModulus().toByteArray();
        byte[] unsigned = modulus[0] == 0 ? Arrays.copyOfRange(modulus, 1, modulus.length) : modulus;
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"key-1\",\"n\":\""
                + encoder.encodeToString(unsigned) + "\",\"e\":\""
                + encoder.encodeToString(key.getPublicExponent().toByteArray()) + "\"}]}";
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(Socket socket) throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
