package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.request.ProgressListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The event stream of a task: lines of JSON, or server-sent events. A line contains the task, or some {@code fields} of
 * it in {@code data}, or a heartbeat. Only the progress is taken from it; the final state is polled.
 */
final class TaskUpdates {

    /** The longest line, in bytes: a task with its logs. */
    private static final int LONGEST_LINE = 8 << 20;

    private final InputStream in;
    private final ProgressListener progress;
    private final byte[] block = new byte[8 * 1024];
    private int at;
    private int end;

    TaskUpdates(InputStream in, ProgressListener progress) {
        this.in = in;
        this.progress = progress;
    }

    /** Reads until the task has ended, or the stream does. */
    void readAll() throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (isEnd(line.strip())) {
                return;
            }
        }
    }

    private boolean isEnd(String line) {
        if (line.startsWith("event:")) {
            String event = line.substring("event:".length()).strip();
            return event.equals("done") || event.equals("error");
        }
        String json =
                line.startsWith("data:") ? line.substring("data:".length()).strip() : line;
        return json.startsWith("{") && isEnd(read(json));
    }

    /** A line that cannot be read is ignored. */
    private static JsonNode read(String json) {
        try {
            return InferenceshApi.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return InferenceshApi.JSON.missingNode();
        }
    }

    private boolean isEnd(JsonNode line) {
        JsonNode data = line.path("data").isObject() ? line.path("data") : line;
        JsonNode news = data.path("delta").isObject() ? data.path("delta") : data;
        int percent = Task.percent(news);
        if (percent >= 0) {
            progress.percent(percent);
        }
        String event = line.path("event").asText("");
        return event.equals("done") || event.equals("error") || TaskStatus.mayBeTheEnd(data);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(block));
                if (end == 0) {
                    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
                }
            }
            int from = at;
            while (at < end && block[at] != '\n') {
                at++;
            }
            line.write(block, from, at - from);
            if (line.size() > LONGEST_LINE) {
                throw new IOException("A line of the stream is longer than " + LONGEST_LINE + " bytes");
            }
            if (at < end) {
                at++;
                return line.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
