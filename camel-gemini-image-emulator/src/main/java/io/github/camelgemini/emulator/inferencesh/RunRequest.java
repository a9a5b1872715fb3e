package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request to run an app, after the checks.
 *
 * @param app to run
 * @param json the request in the format of {@code POST /apps/run}
 */
record RunRequest(Apps.App app, JsonNode json) {

    /** The fields of ApiAppRunRequest in the service's own client. */
    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "app",
            "app_id",
            "version_id",
            "input",
            "webhook",
            "infra",
            "workers",
            "setup",
            "function",
            "session",
            "session_timeout",
            "run_at",
            "metadata",
            "wait",
            "stream"));

    private static final Set<String> INFRA = new TreeSet<>(Set.of("cloud", "private", "private_first"));

    /** The prompt if there is no input, from the samples on the app's page. */
    private static final String EXAMPLE = "A T-Rex relaxing on a beach";

    /**
     * @param appOfUrl the app in the URL, whose input is the body; empty when the URL names none
     */
    static RunRequest of(Incoming incoming, String appOfUrl, Apps apps) throws RefusedByInferenceException {
        if (incoming.body().error().isPresent()) {
            throw refused(incoming.body().error().get().description());
        }
        JsonNode body = incoming.body().json();
        if (!body.isObject()) {
            throw refused("The body must be a JSON object");
        }
        ObjectNode json = (ObjectNode) body;
        if (!appOfUrl.isEmpty()) {
            json = JsonNodeFactory.instance.objectNode().put("app", appOfUrl);
            json.set("input", body);
        }
        check(json);
        String name = json.path("app").asText(json.path("app_id").asText());
        Apps.App app =
                apps.find(name).orElseThrow(() -> new RefusedByInferenceException(Problem.notFound("app " + name)));
        if (json.path("input").isEmpty()) {
            json.putObject("input").put("prompt", EXAMPLE);
        }
        List<String> wrong = InputCheck.check(json.path("input"), app.inputSchema());
        if (!wrong.isEmpty()) {
            throw refused("Invalid input: " + String.join("; ", wrong));
        }
        return new RunRequest(app, json);
    }

    private static void check(JsonNode json) throws RefusedByInferenceException {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw refused("Unknown fields " + unknown + ". Fields are: " + FIELDS);
        }
        if (!json.path("app").isTextual() && !json.path("app_id").isTextual()) {
            throw refused("app is required");
        }
        if (!json.path("input").isObject()) {
            throw refused("input must be an object");
        }
        if (json.hasNonNull("infra") && !INFRA.contains(json.path("infra").asText())) {
            throw refused("infra must be one of " + INFRA);
        }
        for (String flag : List.of("wait", "stream")) {
            if (json.hasNonNull(flag) && !json.path(flag).isBoolean()) {
                throw refused(flag + " must be a boolean");
            }
        }
        if (json.hasNonNull("webhook") && !isWebAddress(json.path("webhook"))) {
            throw refused("webhook must be an http or https URL");
        }
        if (json.hasNonNull("run_at") && time(json.path("run_at")).isEmpty()) {
            throw refused("run_at must be a time as in 2026-10-18T10:30:00Z");
        }
    }

    private static boolean isWebAddress(JsonNode text) {
        try {
            URI uri = new URI(text.asText());
            return text.isTextual()
                    && uri.getHost() != null
                    && Set.of("http", "https").contains(uri.getScheme());
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(Instant.parse(text.asText()));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private static RefusedByInferenceException refused(String detail) {
        return new RefusedByInferenceException(Problem.invalid(detail));
    }

    JsonNode input() {
        return json.path("input");
    }

    String prompt() {
        return input().path("prompt").asText();
    }

    String webhook() {
        return json.path("webhook").asText("");
    }

    boolean waits() {
        return json.path("wait").asBoolean();
    }

    /** When to begin, if the request says so. */
    Optional<Instant> runAt() {
        return json.hasNonNull("run_at") ? time(json.path("run_at")) : Optional.empty();
    }

    int numImages() {
        return input().path("num_images").asInt(1);
    }

    boolean searches() {
        return input().path("enable_google_search").asBoolean();
    }

    String resolution() {
        return text("resolution").orElse("1K");
    }

    /** Empty for {@code auto}. */
    Optional<String> aspectRatio() {
        String ratio = text("aspect_ratio").orElse(app.model().defaultRatio());
        return ratio.equals("auto") ? Optional.empty() : Optional.of(ratio);
    }

    /** Java cannot write WebP, so PNG replaces it. */
    String mimeType() {
        return text("output_format").filter("jpeg"::equals).isPresent() ? "image/jpeg" : "image/png";
    }

    List<References.Reference> references() {
        List<References.Reference> references = new ArrayList<>();
        for (String field : List.of("images", "context_files")) {
            input().path(field)
                    .forEach(image -> references.add(
                            image instanceof POJONode pojo
                                    ? new References.Reference("", (ReferencePicture) pojo.getPojo())
                                    : new References.Reference(image.asText(), null)));
        }
        return references;
    }

    private Optional<String> text(String field) {
        return input().hasNonNull(field) ? Optional.of(input().path(field).asText()) : Optional.empty();
    }
}
