package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Webhooks that are registered for all batches, and the keys for a batch's own webhook. Thread-safe. */
final class WebhooksApi {

    /** From ai.google.dev/gemini-api/docs/webhooks. */
    private static final Set<String> EVENTS = Set.of(
            "batch.succeeded",
            "batch.failed",
            "batch.expired",
            "batch.cancelled",
            "interaction.requires_action",
            "interaction.completed",
            "interaction.failed",
            "interaction.cancelled",
            "video.generated");

    private static final Set<String> STATES = Set.of("enabled", "disabled");
    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 1_000;

    private final EmulatorClock clock;
    private final BatchWebhooks sending;
    private final Map<String, Webhook> webhooks = new LinkedHashMap<>();

    WebhooksApi(EmulatorClock clock, BatchWebhooks sending) {
        this.clock = clock;
        this.sending = sending;
    }

    Reply reply(ApiCall call, Incoming incoming) throws RefusedException {
        if (incoming.body().error().isPresent()) {
            throw RefusedException.of(incoming.body().error().get());
        }
        JsonNode body = incoming.body().json();
        return Reply.json(
                200,
                switch (call.operation()) {
                    case ApiCall.WEBHOOKS_KEYS -> sending.publicKeys();
                    case ApiCall.WEBHOOKS_CREATE -> create(body);
                    case ApiCall.WEBHOOKS_LIST -> list(incoming);
                    case ApiCall.WEBHOOKS_GET -> find(call).toJson();
                    case ApiCall.WEBHOOKS_UPDATE -> update(find(call), body);
                    case ApiCall.WEBHOOKS_PING -> {
                        sending.ping(find(call));
                        yield JsonNodeFactory.instance.objectNode();
                    }
                    case ApiCall.WEBHOOKS_ROTATE -> rotate(find(call), body);
                    default -> {
                        remove(find(call));
                        yield JsonNodeFactory.instance.objectNode();
                    }
                });
    }

    /** The webhooks that are registered for this event. */
    synchronized List<Webhook> subscribed(String event) {
        return webhooks.values().stream()
                .filter(webhook ->
                        webhook.state().equals("enabled") && webhook.events().contains(event))
                .toList();
    }

    synchronized void clear() {
        webhooks.clear();
    }

    private synchronized ObjectNode create(JsonNode body) throws RefusedException {
        Webhook webhook = new Webhook(
                UUID.randomUUID().toString().replace("-", "").substring(0, 16),
                body.path("name").asText(),
                uri(body.path("uri")),
                events(body.path("subscribed_events")),
                clock.instant());
        webhooks.put(webhook.id(), webhook);
        return webhook.toJson().put("new_signing_secret", webhook.secret());
    }

    private ObjectNode update(Webhook webhook, JsonNode body) throws RefusedException {
        String state = body.path("state").asText(webhook.state());
        if (body.has("state") && !STATES.contains(state)) {
            throw invalid("Invalid value at 'state': \"" + state + "\"");
        }
        webhook.change(
                body.path("name").asText(webhook.name()),
                body.has("uri") ? uri(body.path("uri")) : webhook.uri(),
                body.has("subscribed_events") ? events(body.path("subscribed_events")) : webhook.events(),
                state,
                clock.instant());
        return webhook.toJson();
    }

    private ObjectNode rotate(Webhook webhook, JsonNode body) {
        boolean atOnce = body.path("revocation_behavior").asText().contains("immediate");
        String secret = webhook.rotate(clock.instant().plus(atOnce ? Duration.ZERO : Duration.ofHours(24)));
        return JsonNodeFactory.instance.objectNode().put("secret", secret);
    }

    private synchronized ObjectNode list(Incoming incoming) throws RefusedException {
        List<Webhook> all = new ArrayList<>(webhooks.values());
        int from = number(incoming, "page_token", "pageToken", 0);
        int size = number(incoming, "page_size", "pageSize", DEFAULT_PAGE_SIZE);
        int to = Math.min(all.size(), from + (size < 1 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE)));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray("webhooks");
        for (int i = from; i < to; i++) {
            list.add(all.get(i).toJson());
        }
        if (to < all.size()) {
            page.put("next_page_token", Integer.toString(to));
        }
        return page;
    }

    private static int number(Incoming incoming, String snake, String camel, int otherwise) throws RefusedException {
        Optional<String> text = incoming.queryParameter(snake)
                .or(() -> incoming.queryParameter(camel))
                .filter(value -> !value.isEmpty());
        try {
            int number = text.map(Integer::parseInt).orElse(otherwise);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw invalid("Invalid value at '" + snake + "'.");
    }

    private synchronized Webhook find(ApiCall call) throws RefusedException {
        Webhook webhook = webhooks.get(call.file());
        if (webhook == null) {
            throw new RefusedException(ApiError.of(404, "NOT_FOUND", "Requested entity was not found."));
        }
        return webhook;
    }

    private synchronized void remove(Webhook webhook) {
        webhooks.remove(webhook.id());
    }

    /** Checks the URL of a webhook. HTTPS is not required, since the emulator only calls this machine. */
    static URI uri(JsonNode text) throws RefusedException {
        try {
            URI uri = new URI(text.asText());
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below.
        }
        throw invalid("The URI of a webhook must be absolute, with https, not \"" + text.asText() + "\".");
    }

    private static Set<String> events(JsonNode list) throws RefusedException {
        Set<String> events = new LinkedHashSet<>();
        for (JsonNode event : list) {
            if (!EVENTS.contains(event.asText())) {
                throw invalid("Invalid value at 'subscribed_events': \"" + event.asText() + "\"");
            }
            events.add(event.asText());
        }
        if (events.isEmpty()) {
            throw invalid("A webhook needs at least one of 'subscribed_events'.");
        }
        return events;
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ApiError.invalidArgument(message));
    }
}
