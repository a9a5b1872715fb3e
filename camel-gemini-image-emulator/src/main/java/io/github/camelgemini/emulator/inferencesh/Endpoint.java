package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The URLs of inference.sh. Older documents put {@code /v1} before all of them, newer ones do not; both are accepted.
 */
enum Endpoint {
    RUN("apps.run", "POST", "/apps/run"),
    RUN_SHORT("apps.run", "POST", "/run"),
    /** From the blog in source document 004, with the input as its body. */
    RUN_APP("apps.run", "POST", "/apps/{app}/run"),
    APP_LIST("apps.list", "POST", "/apps/list"),
    APP_GET("apps.get", "GET", "/apps/{app}"),
    APP_GET_BY_ID("apps.get", "GET", "/apps/{id}"),
    TASK_LIST("tasks.list", "POST", "/tasks/list"),
    TASK_GET("tasks.get", "GET", "/tasks/{id}"),
    TASK_DELETE("tasks.delete", "DELETE", "/tasks/{id}"),
    TASK_STATUS("tasks.status", "GET", "/tasks/{id}/status"),
    TASK_STREAM("tasks.stream", "GET", "/tasks/{id}/stream"),
    TASK_CANCEL("tasks.cancel", "POST", "/tasks/{id}/cancel"),
    TASK_LOGS("tasks.logs", "GET", "/tasks/{id}/logs"),
    TASK_TIMINGS("tasks.timings", "GET", "/tasks/{id}/timings"),
    TASK_TELEMETRY("tasks.telemetry", "GET", "/tasks/{id}/telemetry"),
    TASK_FILES("tasks.files", "GET", "/tasks/{id}/files"),
    TASK_FILES_DELETE("tasks.files.delete", "DELETE", "/tasks/{id}/files"),
    FILE_CREATE("files.create", "POST", "/files"),
    FILE_LIST("files.list", "POST", "/files/list"),
    FILE_GET("files.get", "GET", "/files/{id}"),
    FILE_DELETE("files.delete", "DELETE", "/files/{id}"),
    FILE_PUT("files.upload", "PUT", "/upload/{id}"),
    FILE_CONTENT("files.content", "GET", "/cloud/{id}"),
    OPENAPI("openapi", "GET", "/openapi.json"),
    ENTITLEMENTS("entitlements", "GET", "/entitlements"),
    ENTITLEMENTS_USAGE("entitlements.usage", "GET", "/entitlements/usage");

    private final String operation;
    private final String method;
    private final String template;
    private final Pattern path;

    Endpoint(String operation, String method, String template) {
        this.operation = operation;
        this.method = method;
        this.template = template;
        this.path = Pattern.compile(
                "(/v1)?" + template.replace("{id}", "(?<id>[^/]+)").replace("{app}", "(?<id>[^/]+/[^/]+)"));
    }

    /** What a URL asks for, and the id in it. */
    record Call(Endpoint endpoint, String id) {

        Target target() {
            return new Target(endpoint.operation, endpoint == RUN_APP ? id : "", false, endpoint == FILE_PUT);
        }
    }

    static Optional<Call> of(String method, String path) {
        for (Endpoint endpoint : values()) {
            Matcher matcher = endpoint.path.matcher(path);
            if (endpoint.method.equalsIgnoreCase(method) && matcher.matches()) {
                boolean named = endpoint.template.contains("{");
                return Optional.of(new Call(endpoint, named ? matcher.group("id") : ""));
            }
        }
        return Optional.empty();
    }

    static Set<String> operations() {
        return Arrays.stream(values())
                .map(endpoint -> endpoint.operation)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A list of all URLs, without parameters. */
    static ObjectNode openApi() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        json.putObject("info").put("title", "inference.sh, emulated").put("version", "1");
        ObjectNode paths = json.putObject("paths");
        for (Endpoint endpoint : values()) {
            if (!endpoint.isOpen()) {
                String path = endpoint.template.replace("{app}", "{namespace}/{name}");
                paths.withObjectProperty(path)
                        .putObject(endpoint.method.toLowerCase(Locale.ROOT))
                        .put("operationId", endpoint.operation);
            }
        }
        return json;
    }

    /** Whether no key is needed. */
    boolean isOpen() {
        return this == FILE_PUT || this == FILE_CONTENT;
    }
}
