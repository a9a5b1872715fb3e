package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A request with its key.
 *
 * @param key null when the sender gave none
 * @param request in any form
 */
record BatchEntry(Object key, Object request) {

    /** A request with a field for its key, or in Google's form: {@code {"key": …, "request": {…}}}. */
    static BatchEntry of(ObjectNode json) {
        Map<String, Object> members = new LinkedHashMap<>();
        json.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
        BatchEntry entry = of(members);
        Object key = entry.key instanceof JsonNode node ? scalar(node) : entry.key;
        if (!(entry.request instanceof Map<?, ?> rest)) {
            return new BatchEntry(key, entry.request);
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        rest.forEach((name, value) -> request.set((String) name, (JsonNode) value));
        return new BatchEntry(key, request);
    }

    private static Object scalar(JsonNode key) {
        return key.isNull() ? null : key.isValueNode() ? key.asText() : key;
    }

    /** The same for a map. */
    static BatchEntry of(Map<?, ?> members) {
        Map<Object, Object> rest = new LinkedHashMap<>(members);
        Object key = remove(rest, JsonBody.KEY);
        Object request = get(rest, JsonBody.REQUEST);
        boolean isRequest = rest.keySet().stream()
                .anyMatch(name -> name instanceof String text && JsonBody.REQUEST_MEMBERS.contains(text));
        if (isRequest || !isObject(request)) {
            return new BatchEntry(key, rest);
        }
        remove(rest, JsonBody.REQUEST);
        Object metadata = remove(rest, JsonBody.METADATA);
        if (!rest.isEmpty()) {
            throw new InvalidRequestException("besides 'request' only 'key' is allowed, not "
                    + Values.quote(new TreeSet<>(
                            rest.keySet().stream().map(String::valueOf).toList())));
        }
        return new BatchEntry(key == null ? keyOf(metadata) : key, request);
    }

    /** Whether a map is one request, and not a map of requests by key. */
    static boolean isOneRequest(Map<?, ?> map) {
        List<String> names = map.keySet().stream().map(String::valueOf).toList();
        return names.stream().anyMatch(JsonBody.REQUEST_MEMBERS::contains)
                || !names.isEmpty() && names.stream().allMatch(BatchEntry::isKnown)
                || isInGooglesForm(map, names)
                || map.entrySet().stream().anyMatch(BatchEntry::isEnvelope);
    }

    private static boolean isKnown(String name) {
        return name.equalsIgnoreCase(JsonBody.KEY) || JsonBody.KNOWN_MEMBERS.contains(name);
    }

    private static boolean isInGooglesForm(Map<?, ?> map, List<String> names) {
        return isObject(get(map, JsonBody.REQUEST))
                && names.stream()
                        .allMatch(name -> name.equalsIgnoreCase(JsonBody.REQUEST)
                                || name.equalsIgnoreCase(JsonBody.KEY)
                                || name.equalsIgnoreCase(JsonBody.METADATA));
    }

    private static boolean isEnvelope(Map.Entry<?, ?> member) {
        return JsonBody.ENVELOPES.contains(String.valueOf(member.getKey()))
                && member.getValue() instanceof Map<?, ?> inner
                && inner.keySet().stream().map(String::valueOf).anyMatch(JsonBody.REQUEST_MEMBERS::contains);
    }

    private static boolean isObject(Object value) {
        return value instanceof Map<?, ?> || value instanceof ObjectNode;
    }

    private static Object keyOf(Object metadata) {
        if (metadata instanceof ObjectNode json) {
            return scalar(json.path(JsonBody.KEY).isMissingNode() ? json.nullNode() : json.path(JsonBody.KEY));
        }
        return metadata instanceof Map<?, ?> map ? get(map, JsonBody.KEY) : null;
    }

    private static Object get(Map<?, ?> members, String name) {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (name.equalsIgnoreCase(String.valueOf(member.getKey()))) {
                return member.getValue();
            }
        }
        return null;
    }

    private static Object remove(Map<?, ?> members, String name) {
        Object value = get(members, name);
        members.keySet().removeIf(member -> name.equalsIgnoreCase(String.valueOf(member)));
        return value;
    }
}
