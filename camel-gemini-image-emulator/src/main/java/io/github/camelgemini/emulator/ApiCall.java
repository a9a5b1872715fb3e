package io.github.camelgemini.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URL asks for.
 *
 * @param surface which of the APIs
 * @param version {@code v1}, {@code v1beta}, …
 * @param operation {@code generateContent}, {@code streamGenerateContent}, {@code countTokens}, {@code models.get} or
 *     {@code models.list}
 * @param model the model's id without {@code models/}; empty for {@code models.list}
 */
record ApiCall(Surface surface, String version, String operation, String model) {

    enum Surface {
        /** {@code generativelanguage.googleapis.com}: a key. */
        DEVELOPER,
        /** {@code aiplatform.googleapis.com} with a project: an access token. */
        VERTEX,
        /** {@code aiplatform.googleapis.com} without a project: a key. */
        VERTEX_EXPRESS;

        boolean isVertex() {
            return this != DEVELOPER;
        }
    }

    static final String MODELS_GET = "models.get";
    static final String MODELS_LIST = "models.list";

    private static final Pattern DEVELOPER_PATH =
            Pattern.compile("/(?<version>v1|v1beta|v1alpha)/models(/(?<model>[^/:]+)(:(?<operation>[A-Za-z]+))?)?");
    private static final Pattern VERTEX_PATH = Pattern.compile("/(?<version>v1|v1beta1)"
            + "(?<project>/projects/[^/]+/locations/[^/]+)?"
            + "/publishers/google/models(/(?<model>[^/:]+)(:(?<operation>[A-Za-z]+))?)?");

    /** Reads method and path; nothing when the API has no such URL. */
    static Optional<ApiCall> of(String method, String path) {
        Matcher vertex = VERTEX_PATH.matcher(path);
        if (vertex.matches()) {
            Surface surface = vertex.group("project") == null ? Surface.VERTEX_EXPRESS : Surface.VERTEX;
            return of(method, surface, vertex);
        }
        Matcher developer = DEVELOPER_PATH.matcher(path);
        return developer.matches() ? of(method, Surface.DEVELOPER, developer) : Optional.empty();
    }

    private static Optional<ApiCall> of(String method, Surface surface, Matcher path) {
        String model = path.group("model");
        String operation = path.group("operation");
        String called =
                switch (method.toUpperCase(Locale.ROOT)) {
                    case "GET" -> operation != null ? "" : model == null ? MODELS_LIST : MODELS_GET;
                    case "POST" -> operation == null ? "" : operation;
                    default -> "";
                };
        return switch (called) {
            case MODELS_LIST, MODELS_GET, "generateContent", "streamGenerateContent", "countTokens" ->
                Optional.of(new ApiCall(surface, path.group("version"), called, model == null ? "" : model));
            default -> Optional.empty();
        };
    }

    boolean generates() {
        return operation.endsWith("enerateContent");
    }

    boolean streams() {
        return operation.startsWith("stream");
    }
}
