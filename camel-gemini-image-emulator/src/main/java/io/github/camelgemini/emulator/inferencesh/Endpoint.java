package io.github.camelgemini.emulator.inferencesh;

import io.github.camelgemini.emulator.api.Target;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The URLs of inference.sh. Older documents have {@code /v1} before all of them, newer ones have not; both are there. */
enum Endpoint {
    RUN("apps.run", "POST", "/(apps/run|run)"),
    /** As the blog of source document 004 has it, with the input as its body. */
    RUN_APP("apps.run", "POST", "/apps/(?<id>[^/]+/[^/]+)/run"),
    APP_LIST("apps.list", "POST", "/apps/list"),
    APP_GET("apps.get", "GET", "/apps/(?<id>[^/]+(/[^/]+)?)"),
    TASK_LIST("tasks.list", "POST", "/tasks/list"),
    TASK_GET("tasks.get", "GET", "/tasks/(?<id>[^/]+)"),
    TASK_DELETE("tasks.delete", "DELETE", "/tasks/(?<id>[^/]+)"),
    TASK_STATUS("tasks.status", "GET", "/tasks/(?<id>[^/]+)/status"),
    TASK_STREAM("tasks.stream", "GET", "/tasks/(?<id>[^/]+)/stream"),
    TASK_CANCEL("tasks.cancel", "POST", "/tasks/(?<id>[^/]+)/cancel"),
    TASK_LOGS("tasks.logs", "GET", "/tasks/(?<id>[^/]+)/logs"),
    TASK_TIMINGS("tasks.timings", "GET", "/tasks/(?<id>[^/]+)/timings"),
    TASK_TELEMETRY("tasks.telemetry", "GET", "/tasks/(?<id>[^/]+)/telemetry"),
    TASK_FILES("tasks.files", "GET", "/tasks/(?<id>[^/]+)/files"),
    TASK_FILES_DELETE("tasks.files.delete", "DELETE", "/tasks/(?<id>[^/]+)/files"),
    FILE_CREATE("files.create", "POST", "/files"),
    FILE_LIST("files.list", "POST", "/files/list"),
    FILE_GET("files.get", "GET", "/files/(?<id>[^/]+)"),
    FILE_DELETE("files.delete", "DELETE", "/files/(?<id>[^/]+)"),
    FILE_PUT("files.upload", "PUT", "/upload/(?<id>[^/]+)"),
    FILE_CONTENT("files.content", "GET", "/cloud/(?<id>[^/]+?)(\\.[a-z0-9]+)?"),
    ENTITLEMENTS("entitlements", "GET", "/entitlements"),
    ENTITLEMENTS_USAGE("entitlements.usage", "GET", "/entitlements/usage");

    private final String operation;
    private final String method;
    private final Pattern path;

    Endpoint(String operation, String method, String path) {
        this.operation = operation;
        this.method = method;
        this.path = Pattern.compile("(/v1)?" + path);
    }

    /** What a URL asks for, and of what. */
    record Call(Endpoint endpoint, String id) {

        Target target() {
            return new Target(endpoint.operation, endpoint == RUN_APP ? id : "", false, endpoint == FILE_PUT);
        }
    }

    static Optional<Call> of(String method, String path) {
        for (Endpoint endpoint : values()) {
            Matcher matcher = endpoint.path.matcher(path);
            if (endpoint.method.equalsIgnoreCase(method) && matcher.matches()) {
                boolean named = endpoint.path.pattern().contains("?<id>");
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

    /** Whether its address is all the permission that is needed. */
    boolean isOpen() {
        return this == FILE_PUT || this == FILE_CONTENT;
    }
}
