package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers that take several calls. Each call except the last ends with a token; the next one has the same request and
 * that token. The real API's answer to a wrong token is unknown; that it refuses one is inferred.
 */
public final class Continuations {

    private static final int MOST = 1000;
    private static final int TOKEN_BYTES = 48;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Hop> hops = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hop> eldest) {
            return size() > MOST;
        }
    };

    /**
     * One call of an answer.
     *
     * @param number of the call, 0 for the first
     * @param request the normalized text of the request
     * @param generation how to answer; the same for all calls, unless a fault was scripted for a later one
     */
    public record Hop(int number, String request, Generation generation) {

        boolean isLast() {
            return number >= generation.continuations;
        }

        /** Whether this call contains the pictures. */
        boolean hasPictures() {
            return generation.continuations == 0 || generation.pictureIn == number + 1;
        }
    }

    /** The position of a request in its answer. */
    public synchronized Hop hop(ApiCall call, GenerateRequest request, Generation generation) throws RefusedException {
        String token = request.json().path("continuationToken").asText();
        if (token.isEmpty()) {
            String same = generation.continuations == 0 ? "" : fingerprint(call, request);
            return new Hop(0, same, generation);
        }
        Hop hop = hops.get(token);
        if (hop == null) {
            throw new RefusedException(ApiError.invalidArgument("The continuation token is not valid."));
        }
        if (!hop.request().equals(fingerprint(call, request))) {
            throw new RefusedException(
                    ApiError.invalidArgument("The request is not the one that the continuation token was issued for."));
        }
        boolean changed = generation.scripted && generation.continuations == 0;
        return changed ? new Hop(hop.number(), hop.request(), generation) : hop;
    }

    /** The token for the call after this one. */
    public synchronized String next(Hop hop) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getEncoder().encodeToString(bytes);
        hops.put(token, new Hop(hop.number() + 1, hop.request(), hop.generation()));
        return token;
    }

    /** Removes all incomplete answers. */
    public synchronized void clear() {
        hops.clear();
    }

    private static String fingerprint(ApiCall call, GenerateRequest request) {
        StringBuilder text = new StringBuilder(call.surface() + " " + call.model() + " ");
        write(request.json(), text);
        return text.toString();
    }

    /** Ignores the order of fields, and empty fields: Google's JavaScript client adds one to its later calls. */
    private static void write(JsonNode json, StringBuilder text) {
        if (json instanceof POJONode pojo) {
            text.append(((ReferencePicture) pojo.getPojo()).sha256());
        } else if (json.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            json.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.remove("continuationToken");
            fields.values().removeIf(value -> value.isContainerNode() && value.isEmpty());
            fields.forEach((name, value) -> {
                text.append(name).append(':');
                write(value, text);
                text.append(',');
            });
        } else if (json.isArray()) {
            text.append('[');
            json.forEach(element -> {
                write(element, text);
                text.append(',');
            });
            text.append(']');
        } else {
            text.append(json);
        }
    }
}
