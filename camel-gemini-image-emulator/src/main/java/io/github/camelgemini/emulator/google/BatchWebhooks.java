package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.LocalCalls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls webhooks at the end of batches, with Google's signatures: Standard Webhooks for registered webhooks, and a
 * token for a batch's own webhook. A call without a 2xx answer is repeated with growing pauses, for a day by the clock
 * of the emulator. The times in signatures are those of the machine, because receivers compare them with their own.
 */
final class BatchWebhooks {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration GIVEN_UP = Duration.ofHours(24);
    private static final Duration OLD = Duration.ofHours(1);
    private static final long TOKEN_SECONDS = 300;

    private final EmulatorClock clock;
    private final LocalCalls calls = new LocalCalls();
    private final TokenKey tokens = new TokenKey();

    /**
     * Who is informed of a batch.
     *
     * @param uris the batch's own webhooks; none for registered webhooks
     * @param userMetadata included in each event; missing for none
     * @param files URL of files, as the client knows it
     * @param calls how often a webhook was called
     */
    record Asked(List<URI> uris, JsonNode userMetadata, String files, AtomicInteger calls) {

        Asked(List<URI> uris, JsonNode userMetadata, String files) {
            this(uris, userMetadata, files, new AtomicInteger());
        }
    }

    /**
     * A webhook to call.
     *
     * @param signed gives the headers for an id, a time and a body
     * @param failed run after a day without success
     */
    private record Receiver(URI uri, Signing signed, Runnable failed) {}

    private interface Signing {
        Map<String, String> headers(String id, Instant time, byte[] body);
    }

    BatchWebhooks(EmulatorClock clock) {
        this.clock = clock;
    }

    ObjectNode publicKeys() {
        return tokens.toJson();
    }

    /** Called at the beginning: sends the forged calls of faults. */
    void begun(Batch batch, Function<String, List<Webhook>> registered) {
        Queueing.Webhook kind = batch.generation().queue.webhook;
        byte[] body = body(batch, Batch.State.SUCCEEDED);
        for (Receiver receiver : receivers(batch, Batch.State.SUCCEEDED, registered)) {
            Instant now = Instant.now();
            if (kind == Queueing.Webhook.FORGED) {
                Map<String, String> headers =
                        new LinkedHashMap<>(receiver.signed().headers(newId(), now, body));
                headers.replaceAll((name, value) -> name.equals("webhook-signature") ? forged(value) : value);
                calls.post(receiver.uri(), headers, body);
            } else if (kind == Queueing.Webhook.OLD) {
                calls.post(receiver.uri(), receiver.signed().headers(newId(), now.minus(OLD), body), body);
            }
        }
    }

    /** Called at the end: calls the webhooks, while the batch exists. */
    void ended(Batch batch, Batch.State state, Function<String, List<Webhook>> registered, BooleanSupplier isThere) {
        Queueing queueing = batch.generation().queue;
        if (queueing.webhook == Queueing.Webhook.LOST) {
            return;
        }
        clock.at(clock.instant().plus(queueing.webhookDelay), () -> {
            byte[] body = body(batch, state);
            for (Receiver receiver : receivers(batch, state, registered)) {
                Delivery delivery = new Delivery(
                        receiver,
                        newId(),
                        body,
                        isThere,
                        clock.instant(),
                        batch.webhooks().calls());
                deliver(delivery, FIRST_PAUSE);
                if (queueing.webhook == Queueing.Webhook.TWICE) {
                    deliver(delivery, FIRST_PAUSE);
                }
            }
        });
    }

    void ping(Webhook webhook) {
        ObjectNode event = event("ping");
        event.putObject("data").put("id", webhook.id());
        byte[] body = bytes(event);
        if (LocalCalls.isLocal(webhook.uri())) {
            calls.post(webhook.uri(), standard(webhook, newId(), Instant.now(), body), body);
        }
    }

    private record Delivery(
            Receiver receiver, String id, byte[] body, BooleanSupplier isThere, Instant begun, AtomicInteger calls) {}

    private void deliver(Delivery delivery, Duration pause) {
        if (!delivery.isThere().getAsBoolean()) {
            return;
        }
        Receiver receiver = delivery.receiver();
        Map<String, String> headers = receiver.signed().headers(delivery.id(), Instant.now(), delivery.body());
        delivery.calls().incrementAndGet();
        calls.post(receiver.uri(), headers, delivery.body()).thenAccept(status -> {
            if (status / 100 == 2) {
                return;
            }
            Instant again = clock.instant().plus(pause);
            if (again.isAfter(delivery.begun().plus(GIVEN_UP))) {
                receiver.failed().run();
                return;
            }
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            clock.at(again, () -> deliver(delivery, next));
        });
    }

    private List<Receiver> receivers(Batch batch, Batch.State state, Function<String, List<Webhook>> registered) {
        List<Receiver> receivers = new ArrayList<>();
        for (URI uri : batch.webhooks().uris()) {
            receivers.add(new Receiver(uri, (id, time, body) -> token(uri, id, time), () -> {}));
        }
        if (receivers.isEmpty()) {
            for (Webhook webhook : registered.apply(type(state))) {
                receivers.add(new Receiver(
                        webhook.uri(),
                        (id, time, body) -> standard(webhook, id, time, body),
                        () -> webhook.disable(clock.instant())));
            }
        }
        receivers.removeIf(receiver -> !LocalCalls.isLocal(receiver.uri()));
        return receivers;
    }

    private byte[] body(Batch batch, Batch.State state) {
        ObjectNode event = event(type(state));
        ObjectNode data = event.putObject("data").put("id", batch.id());
        if (state == Batch.State.SUCCEEDED && !batch.inline()) {
            data.put("output_file_uri", batch.webhooks().files() + "/files/" + batch.resultFile());
        }
        if (batch.webhooks().userMetadata().isObject()) {
            event.set("user_metadata", batch.webhooks().userMetadata());
        }
        return bytes(event);
    }

    private ObjectNode event(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("version", "v1")
                .put("timestamp", clock.instant().toString());
    }

    private static String type(Batch.State state) {
        return "batch." + state.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String newId() {
        return "msg_" + UUID.randomUUID().toString().replace("-", "");
    }

    private Map<String, String> standard(Webhook webhook, String id, Instant time, byte[] body) {
        List<String> signatures = new ArrayList<>();
        for (byte[] key : webhook.keys(clock.instant())) {
            signatures.add("v1," + hmac(key, id + "." + time.getEpochSecond() + ".", body));
        }
        return headers(id, time, String.join(" ", signatures));
    }

    private Map<String, String> token(URI uri, String id, Instant time) {
        long seconds = time.getEpochSecond();
        return headers(
                id,
                time,
                tokens.sign(JsonNodeFactory.instance
                        .objectNode()
                        .put("iss", "https://generativelanguage.googleapis.com")
                        .put("aud", uri.toString())
                        .put("iat", seconds)
                        .put("exp", seconds + TOKEN_SECONDS)
                        .put("jti", id)));
    }

    private static Map<String, String> headers(String id, Instant time, String signature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(time.getEpochSecond()));
        headers.put("webhook-signature", signature);
        return headers;
    }

    private static String hmac(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }

    /** A signature in the same format with other bytes. */
    private static String forged(String signature) {
        byte[] bytes = new byte[signature.startsWith("v1,") ? 32 : 256];
        new SecureRandom().nextBytes(bytes);
        return signature.startsWith("v1,")
                ? "v1," + Base64.getEncoder().encodeToString(bytes)
                : signature.substring(0, signature.lastIndexOf('.') + 1)
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
