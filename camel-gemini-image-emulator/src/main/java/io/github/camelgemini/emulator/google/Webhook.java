package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A webhook that is registered for all batches. Thread-safe. */
final class Webhook {

    /** The prefix of secrets in Standard Webhooks. */
    private static final String PREFIX = "whsec_";

    private static final int SECRET_BYTES = 32;
    private static final int SHOWN = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * @param expires when it becomes invalid; null if not known yet
     */
    private record Secret(String text, Instant expires) {}

    private final String id;
    private final Instant created;
    private final List<Secret> secrets = new ArrayList<>();
    private Instant updated;
    private String name;
    private URI uri;
    private Set<String> events;
    private String state = "enabled";

    Webhook(String id, String name, URI uri, Set<String> events, Instant now) {
        this.id = id;
        this.created = now;
        secrets.add(new Secret(newSecret(), null));
        change(name, uri, events, state, now);
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    String id() {
        return id;
    }

    synchronized String name() {
        return name;
    }

    synchronized URI uri() {
        return uri;
    }

    synchronized Set<String> events() {
        return events;
    }

    synchronized String state() {
        return state;
    }

    /** The newest secret, in the format of Standard Webhooks. */
    synchronized String secret() {
        return secrets.get(0).text();
    }

    /** The keys of all valid secrets. */
    synchronized List<byte[]> keys(Instant now) {
        return secrets.stream()
                .filter(secret -> secret.expires() == null || now.isBefore(secret.expires()))
                .map(secret -> Base64.getDecoder().decode(secret.text().substring(PREFIX.length())))
                .toList();
    }

    synchronized void change(String newName, URI newUri, Set<String> newEvents, String newState, Instant now) {
        name = newName;
        uri = newUri;
        events = Set.copyOf(newEvents);
        state = newState;
        updated = now;
    }

    /** Creates a new secret. The old ones stay valid until the given time. */
    synchronized String rotate(Instant end) {
        secrets.replaceAll(secret -> secret.expires() == null ? new Secret(secret.text(), end) : secret);
        secrets.add(0, new Secret(newSecret(), null));
        return secret();
    }

    /** Called after deliveries have failed for too long. */
    synchronized void disable(Instant now) {
        change(name, uri, events, "disabled_due_to_failed_deliveries", now);
    }

    synchronized ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("uri", uri.toString())
                .put("state", state)
                .put("create_time", created.toString())
                .put("update_time", updated.toString());
        ArrayNode subscribed = json.putArray("subscribed_events");
        events.stream().sorted().forEach(subscribed::add);
        ArrayNode shown = json.putArray("signing_secrets");
        for (Secret secret : secrets) {
            ObjectNode one =
                    shown.addObject().put("truncated_secret", secret.text().substring(0, SHOWN) + "...");
            if (secret.expires() != null) {
                one.put("expire_time", secret.expires().toString());
            }
        }
        return json;
    }
}
