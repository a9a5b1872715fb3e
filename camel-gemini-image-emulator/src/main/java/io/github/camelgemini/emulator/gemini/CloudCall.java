package io.github.camelgemini.emulator.gemini;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a URL asks of Google Cloud for batches: of Vertex AI, or of Cloud Storage. */
public final class CloudCall {

    public static final String JOBS_CREATE = "batchPredictionJobs.create";
    public static final String JOBS_GET = "batchPredictionJobs.get";
    public static final String JOBS_LIST = "batchPredictionJobs.list";
    public static final String JOBS_CANCEL = "batchPredictionJobs.cancel";
    public static final String JOBS_DELETE = "batchPredictionJobs.delete";
    public static final String OBJECTS_INSERT = "objects.insert";
    public static final String OBJECTS_UPLOAD = "objects.upload";
    public static final String OBJECTS_GET = "objects.get";
    public static final String OBJECTS_LIST = "objects.list";
    public static final String OBJECTS_DELETE = "objects.delete";

    /** All operations. */
    public static final Set<String> OPERATIONS = Set.of(
            JOBS_CREATE,
            JOBS_GET,
            JOBS_LIST,
            JOBS_CANCEL,
            JOBS_DELETE,
            OBJECTS_INSERT,
            OBJECTS_UPLOAD,
            OBJECTS_GET,
            OBJECTS_LIST,
            OBJECTS_DELETE);

    private static final Pattern JOBS_PATH =
            Pattern.compile("/(?<version>v1|v1beta1)/(?<parent>projects/[^/]+/locations/[^/]+)"
                    + "/batchPredictionJobs(?<job>/[^/:]+)?(?<cancel>:cancel)?");
    private static final Pattern OBJECTS_PATH = Pattern.compile(
            "(?<kind>/upload|/download)?/(?:storage/)?(?<version>v1)/b/(?<bucket>[^/]+)/o(?<object>/.+)?");

    private CloudCall() {}

    /**
     * Reads method and URL; empty when they are not about batches. The call's file is the name of the job (or, without
     * a job, of its project and location), or the bucket and the object with a slash between.
     *
     * @param query as sent, or null
     */
    public static Optional<ApiCall> of(String method, String path, String query) {
        String upper = method.toUpperCase(Locale.ROOT);
        Matcher jobs = JOBS_PATH.matcher(path);
        if (jobs.matches()) {
            String job = jobs.group("job");
            String file = jobs.group("parent") + (job == null ? "" : "/batchPredictionJobs" + job);
            return call(jobs, job(upper, job != null, jobs.group("cancel") != null), file);
        }
        Matcher objects = OBJECTS_PATH.matcher(path);
        if (objects.matches()) {
            String object = objects.group("object");
            String file = objects.group("bucket") + (object == null ? "/" : object);
            boolean upload = "/upload".equals(objects.group("kind"));
            return call(objects, upload ? upload(upper, object != null, query) : object(upper, object != null), file);
        }
        return Optional.empty();
    }

    private static Optional<ApiCall> call(Matcher path, String operation, String file) {
        return operation.isEmpty()
                ? Optional.empty()
                : Optional.of(new ApiCall(ApiCall.Surface.VERTEX, path.group("version"), operation, "", file));
    }

    private static String job(String method, boolean named, boolean cancel) {
        return switch (method) {
            case "GET" -> cancel ? "" : named ? JOBS_GET : JOBS_LIST;
            case "POST" -> cancel && named ? JOBS_CANCEL : named || cancel ? "" : JOBS_CREATE;
            case "DELETE" -> named && !cancel ? JOBS_DELETE : "";
            default -> "";
        };
    }

    private static String object(String method, boolean named) {
        return switch (method) {
            case "GET" -> named ? OBJECTS_GET : OBJECTS_LIST;
            case "DELETE" -> named ? OBJECTS_DELETE : "";
            default -> "";
        };
    }

    private static String upload(String method, boolean named, String query) {
        if (named || !Set.of("POST", "PUT").contains(method)) {
            return "";
        }
        // The URL of a resumable upload takes bytes, and so does an upload in one request.
        boolean bytes = query != null && (query.contains("upload_id=") || query.contains("uploadType=media"));
        return bytes ? OBJECTS_UPLOAD : OBJECTS_INSERT;
    }

    /** Whether a call is about objects of Cloud Storage. */
    public static boolean isAboutObjects(ApiCall call) {
        return call.operation().startsWith("objects.");
    }

    /** Whether a call is about batches of Vertex AI. */
    public static boolean isAboutJobs(ApiCall call) {
        return call.operation().startsWith("batchPredictionJobs.");
    }
}
