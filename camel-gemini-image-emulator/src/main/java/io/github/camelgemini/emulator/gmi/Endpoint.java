package io.github.camelgemini.emulator.gmi;

import io.github.camelgemini.emulator.api.Target;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The URLs of GMI's request queue, with and without the path prefix of its documents. */
enum Endpoint {
    SUBMIT("requests.create", "POST", "/requests"),
    LIST("requests.list", "GET", "/requests"),
    GET("requests.get", "GET", "/requests/(?<id>[^/]+)"),
    CANCEL("requests.cancel", "DELETE", "/requests/(?<id>[^/]+)"),
    MODELS("models.list", "GET", "/models"),
    MODEL("models.get", "GET", "/models/(?<id>[^/]+)"),
    UPLOAD_URL("uploads.create", "POST", "/upload-url"),
    UPLOAD("uploads.put", "PUT", "/uploads/(?<id>[^/]+)"),
    UPLOADED("uploads.get", "GET", "/uploads/(?<id>[^/]+)");

    private final String operation;
    private final String method;
    private final Pattern path;

    Endpoint(String operation, String method, String path) {
        this.operation = operation;
        this.method = method;
        this.path = Pattern.compile("(/api/v1/ie/requestqueue/apikey)?" + path);
    }

    /** What a URL asks for, and the id in it. */
    record Call(Endpoint endpoint, String id) {

        Target target() {
            return new Target(endpoint.operation, endpoint == MODEL ? id : "", false, endpoint == UPLOAD);
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

    /** Whether no key is needed. */
    boolean isOpen() {
        return this == UPLOAD || this == UPLOADED;
    }
}
