package io.github.camelgemini.emulator.gemini;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URL asks for.
 *
 * @param surface which of the APIs
 * @param version {@code v1}, {@code v1beta}, …
 * @param operation {@code generateContent}, {@code streamGenerateContent}, {@code countTokens}, {@code models.get},
 *     {@code models.list}, {@code files.create} (begin of an upload), {@code files.upload} (its bytes), {@code
 *     files.get}, {@code files.list}, {@code files.delete}, {@code batches.create}, {@code batches.get}, {@code
 *     batches.list}, {@code batches.cancel}, {@code batches.delete} or {@code files.download}
 * @param model the model's id without {@code models/}; empty when the URL names none
 * @param file the id of the file, batch or webhook, without {@code files/} and the like; empty when the URL names none
 */
public record ApiCall(Surface surface, String version, String operation, String model, String file) {

    /** One of Google's APIs. */
    public enum Surface {
        /** {@code generativelanguage.googleapis.com}, with an API key. */
        DEVELOPER,
        /** {@code aiplatform.googleapis.com} with a project and an access token. */
        VERTEX,
        /** {@code aiplatform.googleapis.com} without a project, with an API key. */
        VERTEX_EXPRESS;

        /** Whether it is Vertex AI, with or without a project. */
        public boolean isVertex() {
            return this != DEVELOPER;
        }
    }

    public static final String MODELS_GET = "models.get";
    public static final String MODELS_LIST = "models.list";
    public static final String FILES_CREATE = "files.create";
    public static final String FILES_UPLOAD = "files.upload";
    public static final String FILES_GET = "files.get";
    public static final String FILES_LIST = "files.list";
    public static final String FILES_DELETE = "files.delete";
    public static final String FILES_DOWNLOAD = "files.download";
    public static final String BATCHES_CREATE = "batches.create";
    public static final String BATCHES_GET = "batches.get";
    public static final String BATCHES_LIST = "batches.list";
    public static final String BATCHES_CANCEL = "batches.cancel";
    public static final String BATCHES_DELETE = "batches.delete";
    public static final String WEBHOOKS_CREATE = "webhooks.create";
    public static final String WEBHOOKS_GET = "webhooks.get";
    public static final String WEBHOOKS_LIST = "webhooks.list";
    public static final String WEBHOOKS_UPDATE = "webhooks.update";
    public static final String WEBHOOKS_DELETE = "webhooks.delete";
    public static final String WEBHOOKS_PING = "webhooks.ping";
    public static final String WEBHOOKS_ROTATE = "webhooks.rotateSigningSecret";
    /** The public keys for webhook calls of a batch. */
    public static final String WEBHOOKS_KEYS = "webhooks.keys";

    /** All operations, as {@code ReceivedRequest.operation()} names them. */
    public static final Set<String> OPERATIONS = new TreeSet<>(Set.of(
            "generateContent",
            "streamGenerateContent",
            "countTokens",
            MODELS_GET,
            MODELS_LIST,
            FILES_CREATE,
            FILES_UPLOAD,
            FILES_GET,
            FILES_LIST,
            FILES_DELETE,
            FILES_DOWNLOAD,
            BATCHES_CREATE,
            BATCHES_GET,
            BATCHES_LIST,
            BATCHES_CANCEL,
            BATCHES_DELETE,
            WEBHOOKS_CREATE,
            WEBHOOKS_GET,
            WEBHOOKS_LIST,
            WEBHOOKS_UPDATE,
            WEBHOOKS_DELETE,
            WEBHOOKS_PING,
            WEBHOOKS_ROTATE,
            WEBHOOKS_KEYS));

    private static final Pattern DEVELOPER_PATH =
            Pattern.compile("/(?<version>v1|v1beta|v1alpha)/models(/(?<model>[^/:]+)(:(?<operation>[A-Za-z]+))?)?");
    private static final Pattern VERTEX_PATH = Pattern.compile("/(?<version>v1|v1beta1)"
            + "(?<project>/projects/[^/]+/locations/[^/]+)?"
            + "/publishers/google/models(/(?<model>[^/:]+)(:(?<operation>[A-Za-z]+))?)?");

    private static final Pattern FILES_PATH =
            Pattern.compile("(?<upload>/upload)?/(?<version>v1|v1beta|v1alpha)/files(/(?<file>[^/:]+))?");

    private static final Pattern DOWNLOAD_PATH =
            Pattern.compile("(/download)?/(?<version>v1|v1beta|v1alpha)/files/(?<file>[^/:]+):download");
    private static final Pattern BATCHES_PATH =
            Pattern.compile("/(?<version>v1|v1beta|v1alpha)/batches(/(?<batch>[^/:]+)(?<cancel>:cancel)?)?");
    private static final String KEYS_PATH = "/.well-known/jwks.json";
    private static final Pattern WEBHOOKS_PATH = Pattern.compile("/(?<version>v1|v1beta|v1alpha)/webhooks"
            + "(/(?<webhook>[^/:]+)(?<action>:ping|:rotateSigningSecret|/rotate_secret)?)?");

    /**
     * Reads method and URL; empty when the API has no such URL.
     *
     * @param query as sent, or null
     */
    public static Optional<ApiCall> of(String method, String path, String query) {
        Matcher files = FILES_PATH.matcher(path);
        if (files.matches()) {
            return file(method.toUpperCase(Locale.ROOT), files, query != null && query.contains("upload_id="));
        }
        Matcher download = DOWNLOAD_PATH.matcher(path);
        if (download.matches() && method.equalsIgnoreCase("GET")) {
            return Optional.of(new ApiCall(
                    Surface.DEVELOPER, download.group("version"), FILES_DOWNLOAD, "", download.group("file")));
        }
        Matcher batches = BATCHES_PATH.matcher(path);
        if (batches.matches()) {
            return batch(method.toUpperCase(Locale.ROOT), batches);
        }
        if (path.equals(KEYS_PATH) && method.equalsIgnoreCase("GET")) {
            return Optional.of(new ApiCall(Surface.DEVELOPER, "v1", WEBHOOKS_KEYS, "", ""));
        }
        Matcher webhooks = WEBHOOKS_PATH.matcher(path);
        if (webhooks.matches()) {
            return webhook(method.toUpperCase(Locale.ROOT), webhooks);
        }
        Matcher vertex = VERTEX_PATH.matcher(path);
        if (vertex.matches()) {
            Surface surface = vertex.group("project") == null ? Surface.VERTEX_EXPRESS : Surface.VERTEX;
            return of(method, surface, vertex);
        }
        Matcher developer = DEVELOPER_PATH.matcher(path);
        return developer.matches() ? of(method, Surface.DEVELOPER, developer) : Optional.empty();
    }

    /** A call that asks for a picture of this model. */
    public static ApiCall generating(String model) {
        return new ApiCall(Surface.DEVELOPER, "v1", "generateContent", model, "");
    }

    private static Optional<ApiCall> file(String method, Matcher path, boolean uploadId) {
        String file = path.group("file");
        boolean upload = path.group("upload") != null;
        String operation;
        if (upload && file == null && Set.of("POST", "PUT").contains(method)) {
            operation = uploadId ? FILES_UPLOAD : FILES_CREATE;
        } else if (!upload && method.equals("GET")) {
            operation = file == null ? FILES_LIST : FILES_GET;
        } else if (!upload && method.equals("DELETE") && file != null) {
            operation = FILES_DELETE;
        } else {
            return Optional.empty();
        }
        return Optional.of(
                new ApiCall(Surface.DEVELOPER, path.group("version"), operation, "", file == null ? "" : file));
    }

    private static Optional<ApiCall> batch(String method, Matcher path) {
        String batch = path.group("batch");
        boolean cancel = path.group("cancel") != null;
        String operation =
                switch (method) {
                    case "GET" -> cancel ? "" : batch == null ? BATCHES_LIST : BATCHES_GET;
                    case "POST" -> cancel ? BATCHES_CANCEL : "";
                    case "DELETE" -> batch == null || cancel ? "" : BATCHES_DELETE;
                    default -> "";
                };
        return operation.isEmpty()
                ? Optional.empty()
                : Optional.of(new ApiCall(
                        Surface.DEVELOPER, path.group("version"), operation, "", batch == null ? "" : batch));
    }

    private static Optional<ApiCall> webhook(String method, Matcher path) {
        String webhook = path.group("webhook");
        String action = path.group("action");
        String operation = "";
        if (action != null) {
            operation = !method.equals("POST") ? "" : action.equals(":ping") ? WEBHOOKS_PING : WEBHOOKS_ROTATE;
        } else if (webhook == null) {
            operation = method.equals("GET") ? WEBHOOKS_LIST : method.equals("POST") ? WEBHOOKS_CREATE : "";
        } else {
            operation = switch (method) {
                case "GET" -> WEBHOOKS_GET;
                case "PATCH" -> WEBHOOKS_UPDATE;
                case "DELETE" -> WEBHOOKS_DELETE;
                default -> "";
            };
        }
        return operation.isEmpty()
                ? Optional.empty()
                : Optional.of(new ApiCall(
                        Surface.DEVELOPER, path.group("version"), operation, "", webhook == null ? "" : webhook));
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
        if (called.equals("batchGenerateContent") && surface == Surface.DEVELOPER) {
            return Optional.of(new ApiCall(surface, path.group("version"), BATCHES_CREATE, model, ""));
        }
        return switch (called) {
            case MODELS_LIST, MODELS_GET, "generateContent", "streamGenerateContent", "countTokens" ->
                Optional.of(new ApiCall(surface, path.group("version"), called, model == null ? "" : model, ""));
            default -> Optional.empty();
        };
    }

    /** Whether it belongs to the Files API. */
    public boolean isAboutFiles() {
        return operation.startsWith("files.") && !operation.equals(FILES_DOWNLOAD);
    }

    /** Whether it is about batches. */
    public boolean isAboutBatches() {
        return operation.startsWith("batches.") || operation.equals(FILES_DOWNLOAD);
    }

    /** Whether it is about webhooks. */
    public boolean isAboutWebhooks() {
        return operation.startsWith("webhooks.");
    }

    /** Whether it asks for a picture. */
    public boolean generates() {
        return operation.endsWith("enerateContent");
    }

    /** Whether the answer comes in chunks. */
    public boolean streams() {
        return operation.startsWith("stream");
    }
}
