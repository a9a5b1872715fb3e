package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.ImageSize;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A task as the service describes it.
 *
 * @param json TaskDTO or TaskResultDTO of the service's own client
 */
record Task(JsonNode json) {

    /**
     * @throws MalformedResponseException when it has no valid id
     */
    Task {
        if (!HttpCalls.isId(json.path("id").asText(""))) {
            throw new MalformedResponseException("The answer of inference.sh has no task", ProviderError.NONE, null);
        }
    }

    static String path(String id) {
        return "/tasks/" + HttpCalls.segment(id);
    }

    String id() {
        return json.path("id").asText();
    }

    JobState state() {
        return TaskStatus.of(json);
    }

    /** Why the task failed, in the service's words; null when it did not fail, or when the service does not say. */
    String error() {
        JsonNode error = json.path("error");
        String said = error.isObject()
                ? error.path("message").asText(error.toString())
                : error.asText("").strip();
        return error.isNull() || said.isEmpty() ? null : said;
    }

    Job job() {
        JobState state = state();
        boolean succeeded = state == JobState.SUCCEEDED;
        return new Job(
                id(),
                null,
                state,
                1,
                succeeded ? 1 : 0,
                state == JobState.FAILED ? 1 : 0,
                succeeded ? 100 : percent(json),
                created(),
                state.isDone() ? time("updated_at") : null,
                state == JobState.FAILED ? error() : null);
    }

    /** The progress of a task in percent; -1 when the service does not say. */
    static int percent(JsonNode task) {
        JsonNode progress = task.path("progress");
        return progress.isNumber() && progress.asDouble() >= 0 ? (int) Math.min(100, progress.asDouble()) : -1;
    }

    /** Null when the service does not say. */
    Instant created() {
        return time("created_at");
    }

    private Instant time(String field) {
        try {
            return OffsetDateTime.parse(json.path(field).asText()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The URLs of its pictures, in order. Each is a text, or an object with {@code uri} or {@code url}. */
    List<String> pictures() {
        JsonNode output = json.path("output");
        JsonNode images = output.has("images") ? output.path("images") : output.path("image");
        List<String> all = new ArrayList<>();
        if (images.isArray()) {
            images.forEach(image -> add(image, all));
        } else {
            add(images, all);
        }
        return all;
    }

    private static void add(JsonNode image, List<String> all) {
        for (JsonNode place : List.of(image, image.path("uri"), image.path("url"))) {
            if (place.isTextual() && !place.asText().isBlank()) {
                all.add(place.asText().strip());
                return;
            }
        }
    }

    /** What the model said, or null. */
    String description() {
        String said = json.path("output").path("description").asText("").strip();
        return said.isEmpty() || json.path("output").path("description").isNull() ? null : said;
    }

    /** The name of the app, without its version; null when the service does not say. */
    String app() {
        JsonNode app = json.path("app");
        String name = app.isTextual()
                ? app.asText()
                : app.path("namespace").asText("") + "/" + app.path("name").asText("");
        return name.length() < 3 ? null : withoutVersion(name);
    }

    static String withoutVersion(String app) {
        return app.replaceFirst("@.*", "");
    }

    JsonNode input() {
        return json.path("input");
    }

    boolean searched() {
        return input().path("enable_google_search").asBoolean();
    }

    /** The requested size; null for none, or when the service does not say. */
    ImageSize size() {
        try {
            return input().path("resolution").isTextual()
                    ? ImageSize.parse(input().path("resolution").asText())
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
