package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The latest requests, in order of arrival. Their number and their total size are limited, so that a standalone
 * emulator does not fill its heap.
 */
final class RequestLog {

    /** Enough for any test. */
    static final int LIMIT = 10_000;

    private static final int LONG_TEXT = 1000;
    private static final int BYTES_OF_AN_OBJECT = 64;
    private static final int BYTES_OF_A_CHARACTER = 2;

    private record Entry(ReceivedRequest request, long bytes) {}

    private final long maxBytes;
    private final Deque<Entry> requests = new ArrayDeque<>();
    private long bytes;

    RequestLog() {
        this(Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    RequestLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Adds a request and removes the oldest ones if necessary. A request above the limit is stored without its body.
     */
    synchronized void add(ReceivedRequest request) {
        ReceivedRequest kept = bytes(request) > maxBytes ? withoutBody(request) : request;
        Entry entry = new Entry(kept, bytes(kept));
        while (!requests.isEmpty() && (requests.size() == LIMIT || bytes + entry.bytes > maxBytes)) {
            bytes -= requests.removeFirst().bytes;
        }
        requests.addLast(entry);
        bytes += entry.bytes;
    }

    synchronized List<ReceivedRequest> all() {
        return requests.stream().map(Entry::request).toList();
    }

    synchronized void clear() {
        requests.clear();
        bytes = 0;
    }

    private static ReceivedRequest withoutBody(ReceivedRequest request) {
        return new ReceivedRequest(
                request.service(),
                request.receivedAt(),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.operation(),
                request.model(),
                MissingNode.getInstance(),
                request.prompt()
                        .substring(0, Math.min(LONG_TEXT, request.prompt().length())),
                List.of());
    }

    /** The approximate size in the heap. */
    private static long bytes(ReceivedRequest request) {
        return bytes(request.path())
                + bytes(request.query())
                + bytes(request.headers())
                + bytes(request.model())
                + bytes(request.prompt())
                + bytes(request.body())
                + 4L * BYTES_OF_AN_OBJECT * (1 + request.pictures().size());
    }

    private static long bytes(Map<String, List<String>> values) {
        long sum = 0;
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            sum += bytes(entry.getKey());
            for (String value : entry.getValue()) {
                sum += bytes(value);
            }
        }
        return sum;
    }

    private static long bytes(JsonNode node) {
        long sum = BYTES_OF_AN_OBJECT + (node.isTextual() || node.isBigInteger() ? bytes(node.asText()) : 0);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            sum += bytes(field.getKey()) + bytes(field.getValue());
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                sum += bytes(element);
            }
        }
        return sum;
    }

    private static long bytes(String text) {
        return BYTES_OF_AN_OBJECT + (long) BYTES_OF_A_CHARACTER * text.length();
    }
}
