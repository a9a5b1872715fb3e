package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ends of batches are told, signed, and told again. */
class GoogleWebhooksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GeminiEmulator emulator = GeminiEmulator.builder()
            .smallPictures(true)
            .queueTime(Duration.ofMinutes(1))
            .start();
    private final BlockingQueue<Call> incoming = new LinkedBlockingQueue<>();
    private final List<Call> calls = new ArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;
    private String uri;

    private record Call(String id, String timestamp, String signature, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        Instant sent() {
            return Instant.ofEpochSecond(Long.parseLong(timestamp));
        }
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            incoming.add(new Call(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
        });
        receiver.start();
        uri = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        emulator.close();
    }

    private JsonNode call(String method, String path, String body) throws IOException {
        HttpRequest request = Http.request(emulator.baseUrl() + path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Http.json(Http.send(request));
    }

    private JsonNode register(String... events) throws IOException {
        return call(
                "POST",
                "/v1beta/webhooks",
                "{\"name\":\"n\",\"uri\":\"" + uri + "\",\"subscribed_events\":" + JSON.writeValueAsString(events)
                        + "}");
    }

    private String submit(String webhookConfig) throws IOException {
        return call(
                        "POST",
                        "/v1beta/models/gemini-3.1-flash-image:batchGenerateContent",
                        "{\"batch\":{\"inputConfig\":{\"requests\":{\"requests\":[{\"request\":" + Http.prompt("a cat")
                                + "}]}}" + webhookConfig + "}}")
                .path("name")
                .asText();
    }

    private String asked() {
        return ",\"webhookConfig\":{\"uris\":[\"" + uri + "\"],\"userMetadata\":{\"shop\":\"seven\"}}";
    }

    private List<Call> received(int number) throws InterruptedException {
        while (calls.size() < number) {
            Call call = incoming.poll(30, TimeUnit.SECONDS);
            assertThat(call).as("call " + (calls.size() + 1)).isNotNull();
            calls.add(call);
        }
        return calls;
    }

    private static String standard(String secret, Call call) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = call.id() + "." + call.timestamp() + "." + call.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isSignedByPublicKey(String token) throws Exception {
        JsonNode key = Http.json(Http.send(Http.request(emulator.baseUrl() + "/.well-known/jwks.json")
                        .build()))
                .at("/keys/0");
        String[] parts = token.split("\\.");
        Base64.Decoder decoder = Base64.getUrlDecoder();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        new BigInteger(1, decoder.decode(key.path("n").asText())),
                        new BigInteger(1, decoder.decode(key.path("e").asText())))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(decoder.decode(parts[2]));
    }

    @Test
    void aRegisteredWebhookIsToldTheEndAsStandardWebhooksSign() throws Exception {
        String secret = register("batch.succeeded").path("new_signing_secret").asText();
        String batch = submit("");

        emulator.clock().advance(Duration.ofMinutes(1));

        Call call = received(1).get(0);
        assertThat(call.json().path("type").asText()).isEqualTo("batch.succeeded");
        assertThat("batches/" + call.json().at("/data/id").asText()).isEqualTo(batch);
        assertThat(call.signature()).isEqualTo(standard(secret, call));
        assertThat(call.sent()).isBetween(Instant.now().minusSeconds(120), Instant.now());
    }

    @Test
    void aWebhookThatABatchAsksForIsSignedWithAToken() throws Exception {
        register("batch.succeeded");
        submit(asked());

        emulator.clock().advance(Duration.ofMinutes(1));

        Call call = received(1).get(0);
        assertThat(isSignedByPublicKey(call.signature())).isTrue();
        assertThat(call.json().at("/user_metadata/shop").asText()).isEqualTo("seven");
        JsonNode claims =
                JSON.readTree(Base64.getUrlDecoder().decode(call.signature().split("\\.")[1]));
        assertThat(claims.path("jti").asText()).isEqualTo(call.id());
        assertThat(claims.path("aud").asText()).isEqualTo(uri);
    }

    @Test
    void aCancelledBatchIsToldToThoseWhoSubscribedToThat() throws Exception {
        register("batch.cancelled");
        String batch = submit("");

        call("POST", "/v1beta/" + batch + ":cancel", "{}");

        assertThat(received(1).get(0).json().path("type").asText()).isEqualTo("batch.cancelled");
    }

    @Test
    void expiredAndFailedBatchesAreToldSo() throws Exception {
        emulator.next(Fault.batchExpires());
        submit(asked());
        emulator.clock().advance(Duration.ofMinutes(1));
        assertThat(received(1).get(0).json().path("type").asText()).isEqualTo("batch.expired");

        emulator.next(Fault.jobFails("No luck."));
        submit(asked());
        emulator.clock().advance(Duration.ofMinutes(1));
        assertThat(received(2).get(1).json().path("type").asText()).isEqualTo("batch.failed");
    }

    @Test
    void aCallThatIsNotTakenIsMadeAgainUnderTheSameId() throws Exception {
        refusals.set(2);
        submit(asked());
        emulator.clock().advance(Duration.ofMinutes(1));
        received(1);

        for (int turns = 0; calls.size() < 3 && turns < 600; turns++) {
            emulator.clock().advance(Duration.ofSeconds(5));
            Call again = incoming.poll(100, TimeUnit.MILLISECONDS);
            if (again != null) {
                calls.add(again);
            }
        }

        assertThat(calls).hasSize(3);
        assertThat(calls).extracting(Call::id).containsOnly(calls.get(0).id());
    }

    @Test
    void aForgedCallComesBeforeTheEndAndTheTrueOneAfter() throws Exception {
        emulator.next(Fault.webhookForged());
        submit(asked());
        Call forged = received(1).get(0);

        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(isSignedByPublicKey(forged.signature())).isFalse();
        assertThat(isSignedByPublicKey(received(2).get(1).signature())).isTrue();
    }

    @Test
    void anOldCallHasATrueSignatureAndTheTimeOfAnHourAgo() throws Exception {
        String secret = register("batch.succeeded").path("new_signing_secret").asText();
        emulator.next(Fault.webhookOld());
        submit("");

        Call old = received(1).get(0);
        assertThat(old.signature()).isEqualTo(standard(secret, old));
        assertThat(old.sent()).isBefore(Instant.now().minusSeconds(3_000));
    }

    @Test
    void aCallComesTwiceUnderOneIdWhenAFaultWantsSo() throws Exception {
        emulator.next(Fault.webhookTwice());
        submit(asked());

        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(received(2)).extracting(Call::id).containsOnly(calls.get(0).id());
    }

    @Test
    void webhooksAreListedChangedPingedRotatedAndDeleted() throws Exception {
        JsonNode made = register("batch.succeeded");
        String path = "/v1beta/webhooks/" + made.path("id").asText();

        assertThat(call("GET", "/v1beta/webhooks", "").at("/webhooks/0/uri").asText())
                .isEqualTo(uri);
        assertThat(call("GET", path, "").has("new_signing_secret")).isFalse();
        assertThat(call("PATCH", path + "?update_mask=name", "{\"name\":\"other\"}")
                        .path("name")
                        .asText())
                .isEqualTo("other");
        String secret = call(
                        "POST",
                        path + ":rotateSigningSecret",
                        "{\"revocation_behavior\":\"revoke_previous_secrets_after_h24\"}")
                .path("secret")
                .asText();
        call("POST", path + ":ping", "{}");
        Call ping = received(1).get(0);
        assertThat(ping.signature().split(" "))
                .containsExactly(
                        standard(secret, ping),
                        standard(made.path("new_signing_secret").asText(), ping));
        call("DELETE", path, "");
        assertThat(call("GET", path, "").at("/error/status").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void whatIsNoWebhookIsRefused() throws Exception {
        assertThat(register("batch.dreamt").at("/error/message").asText()).contains("batch.dreamt");
        assertThat(register().at("/error/code").asInt()).isEqualTo(400);
        assertThat(call(
                                "POST",
                                "/v1beta/webhooks",
                                "{\"name\":\"n\",\"uri\":\"/hook\",\"subscribed_events\":[\"batch.failed\"]}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(400);
    }

    @Test
    void aStrangerIsNotCalled() throws Exception {
        String batch = submit(",\"webhookConfig\":{\"uris\":[\"http://example.invalid/\",\"" + uri + "\"]}");

        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat("batches/" + received(1).get(0).json().at("/data/id").asText())
                .isEqualTo(batch);
    }
}
