package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.queue.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A task as JSON, at a point in time: TaskResultDTO, TaskDTO and smaller forms, from the types of {@code
 * @inferencesh/sdk} 0.6.54.
 */
final class TaskJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** {@code TaskLogTypeTask} of the client. */
    private static final int LOG_OF_TASK = 4;

    private final Job job;
    private final Instant now;
    private final String url;
    private final Generation asked;

    /**
     * Describes a task.
     *
     * @param url of the service as the client knows it
     * @param asked the variants of the format for this answer
     */
    TaskJson(Job job, Instant now, String url, Generation asked) {
        this.job = job;
        this.now = now;
        this.url = url;
        this.asked = asked;
    }

    Status status() {
        return Status.of(job, now);
    }

    private Queueing habits() {
        return asked.queue;
    }

    /** The short form, for runs and webhooks. */
    ObjectNode result() {
        ObjectNode json =
                NODES.objectNode().put("id", job.id()).put("short_id", job.id().substring(0, 8));
        json.set("status", status().json(habits()));
        json.put("status_text", status().text());
        json.set("output", output());
        json.put("error", error());
        json.putNull("session_id");
        json.put("created_at", text(job.order().created()));
        json.put("updated_at", text(updated()));
        if (job.order().start().isAfter(job.order().created())) {
            json.put("run_at", text(job.order().start()));
        }
        return json;
    }

    /** The body of a webhook call. */
    ObjectNode webhook() {
        ObjectNode json = result();
        json.remove(List.of("short_id", "status_text", "run_at"));
        return json;
    }

    /** The body of a forged webhook call, with another picture. */
    ObjectNode forgedWebhook() {
        ObjectNode json = webhook();
        json.set("status", Status.COMPLETED.json(habits()));
        json.putObject("output").putArray("images").add("http://forged.example/picture.png");
        return json;
    }

    ObjectNode statusOnly() {
        ObjectNode json = NODES.objectNode().put("id", job.id());
        json.set("status", status().json(habits()));
        return json.put("updated_at", text(updated()));
    }

    /** The complete form. */
    ObjectNode full() {
        JsonNode request = job.order().request();
        ObjectNode json = NODES.objectNode()
                .put("id", job.id())
                .put("short_id", job.id().substring(0, 8))
                .put("created_at", text(job.order().created()))
                .put("updated_at", text(updated()))
                .put("user_id", "emulator")
                .put("team_id", "emulator")
                .put("visibility", "private")
                .put("user_public_key", "")
                .put("engine_public_key", "")
                .put("is_featured", false);
        json.set("status", status().json(habits()));
        json.put("status_text", status().text());
        json.put("app_id", request.path("app_id").asText())
                .put("app_version_id", request.path("app_id").asText() + "v1")
                .put("app_variant", "default")
                .put("function", request.path("function").asText("run"))
                .put("infra", request.path("infra").asText("cloud"));
        String app = request.path("app").asText();
        json.putObject("app")
                .put("id", request.path("app_id").asText())
                .put("namespace", app.substring(0, app.indexOf('/')))
                .put("name", app.substring(app.indexOf('/') + 1));
        json.putArray("workers");
        json.put("engine_id", "engine").put("worker_id", "worker");
        json.put("webhook", job.order().webhook());
        for (String field : List.of("setup", "metadata", "session_timeout", "run_at")) {
            if (request.hasNonNull(field)) {
                json.set(field, request.path(field));
            }
        }
        json.set("input", request.path("input"));
        json.set("output", output());
        json.put("error", error());
        json.put("rating", "content_safe");
        json.set("events", events());
        json.set("logs", logs());
        json.set("usage_events", usage());
        return json.putNull("session_id");
    }

    ObjectNode logsOnly() {
        ObjectNode json = NODES.objectNode().put("task_id", job.id());
        json.set("status", status().json(habits()));
        json.set("events", events());
        json.set("logs", logs());
        return json;
    }

    ObjectNode telemetry() {
        ObjectNode json = NODES.objectNode().put("task_id", job.id());
        json.putArray("samples");
        return json;
    }

    ObjectNode timings() {
        List<Reached> reached = reached();
        Duration total = Duration.between(job.order().created(), status().isTerminal() ? updated() : now);
        ObjectNode json = NODES.objectNode().put("task_id", job.id());
        json.set("status", status().json(habits()));
        json.put("total_duration", total.toString()).put("total_duration_ms", total.toMillis());
        json.putArray("groups");
        ArrayNode events = json.putArray("events");
        for (int i = 0; i < reached.size(); i++) {
            ObjectNode event = events.addObject()
                    .put("status", reached.get(i).status().text())
                    .put("timestamp", text(reached.get(i).time()));
            if (i + 1 < reached.size()) {
                Duration duration = Duration.between(
                        reached.get(i).time(), reached.get(i + 1).time());
                event.put("duration", duration.toString())
                        .put("duration_ms", duration.toMillis())
                        .put("next_status", reached.get(i + 1).status().text());
            }
        }
        return json;
    }

    /** A status, with the time when it was reached. */
    record Reached(Status status, Instant time) {}

    /** All statuses so far. */
    List<Reached> reached() {
        List<Reached> reached = new ArrayList<>();
        Instant end = job.end().filter(time -> !time.isAfter(now)).orElse(null);
        for (Status status : Status.ON_THE_WAY) {
            job.when(status.begins())
                    .filter(time -> !time.isAfter(now) && (end == null || time.isBefore(end)))
                    .ifPresent(time -> reached.add(new Reached(status, time)));
        }
        if (end != null) {
            if (status() == Status.CANCELLED) {
                reached.add(new Reached(Status.CANCELLING, end));
            }
            reached.add(new Reached(status(), end));
        }
        return reached;
    }

    Instant updated() {
        List<Reached> reached = reached();
        return reached.isEmpty()
                ? job.order().created()
                : reached.get(reached.size() - 1).time();
    }

    private ArrayNode events() {
        ArrayNode events = NODES.arrayNode();
        for (Reached reached : reached()) {
            ObjectNode event = events.addObject()
                    .put("id", job.id() + "-" + reached.status().ordinal())
                    .put("created_at", text(reached.time()))
                    .put("event_time", text(reached.time()))
                    .put("task_id", job.id());
            event.set("status", reached.status().json(habits()));
        }
        return events;
    }

    private ArrayNode logs() {
        ArrayNode logs = NODES.arrayNode();
        Instant running = job.when(Status.RUNNING.begins()).orElse(job.order().start());
        if (!running.isAfter(now)) {
            logs.addObject()
                    .put("id", job.id() + "-log")
                    .put("created_at", text(running))
                    .put("updated_at", text(now))
                    .put("task_id", job.id())
                    .put("log_type", LOG_OF_TASK)
                    .put("content", "generating: " + Status.progress(job, now) + "%");
        }
        return logs;
    }

    private ArrayNode usage() {
        ArrayNode usage = NODES.arrayNode();
        if (status() == Status.COMPLETED) {
            usage.addObject()
                    .put("id", job.id() + "-usage")
                    .put("reference_id", job.id())
                    .put("resource_id", job.order().request().path("app_id").asText())
                    .put("tier", "cloud")
                    .put("type", "image")
                    .put("model", job.order().request().path("app").asText())
                    .put("quantity", job.order().pictures().size())
                    .put("unit", "image");
        }
        return usage;
    }

    private String error() {
        return status() == Status.FAILED ? job.order().failure().orElse("") : "";
    }

    private JsonNode output() {
        if (status() != Status.COMPLETED) {
            return NODES.nullNode();
        }
        Generation made = job.order().generation();
        ObjectNode output = NODES.objectNode();
        ArrayNode images = output.putArray("images");
        for (String path : job.order().pictures()) {
            images.add(image(made.pictureUrl == null ? made.queue.pictureHost(url) + path : made.pictureUrl, made));
        }
        output.put("description", made.text == null ? "" : made.text);
        if (habits().outputMeta) {
            output.set("output_meta", meta());
        }
        return output;
    }

    private JsonNode image(String address, Generation made) {
        String field = made.queue.pictureField;
        if (field == null) {
            return NODES.textNode(address);
        }
        ObjectNode image = NODES.objectNode().put(field, address);
        return field.equals("url")
                ? image.put(
                        "content_type",
                        made.declaredMimeType == null ? job.order().drawings().mimeType() : made.declaredMimeType)
                : image;
    }

    private ObjectNode meta() {
        ObjectNode meta = NODES.objectNode();
        int prompt = job.order().request().at("/input/prompt").asText().length();
        meta.putArray("inputs").addObject().put("type", "text").put("tokens", Math.max(1, prompt / 4));
        Pixels pixels = job.order().drawings().pixels();
        meta.putArray("outputs")
                .addObject()
                .put("type", "image")
                .put("width", pixels.width())
                .put("height", pixels.height())
                .put("count", job.order().pictures().size());
        return meta;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
