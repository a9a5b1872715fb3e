package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobPage;
import java.util.ArrayList;
import java.util.List;

/** A batch job as Vertex AI describes it. */
final class VertexJob {

    private VertexJob() {}

    /** The folder of its results, as {@code gs://}; null while there are none. */
    static String outputOf(JsonNode job) {
        return job.at("/outputInfo/gcsOutputDirectory").asText(null);
    }

    static String modelOf(JsonNode job) {
        return job.path("model").asText("").replaceFirst("^publishers/google/models/", "");
    }

    static Job job(JsonNode job) {
        JsonNode stats = job.path("completionStats");
        long succeeded = count(stats, "successfulCount");
        long failed = count(stats, "failedCount");
        long left = count(stats, "incompleteCount");
        return new Job(
                job.path("name").asText(),
                job.path("displayName").asText(null),
                BatchOperation.state(job.path("state").asText(""), job),
                stats.isObject() ? succeeded + failed + Math.max(0, left) : -1,
                succeeded,
                failed,
                -1,
                BatchOperation.time(job, "createTime"),
                BatchOperation.time(job, "endTime"),
                job.at("/error/message").asText(null));
    }

    /** How many requests have a result or a failure; -1 when the service does not say. */
    static long results(JsonNode job) {
        JsonNode stats = job.path("completionStats");
        return stats.isObject() ? count(stats, "successfulCount") + count(stats, "failedCount") : -1;
    }

    private static long count(JsonNode stats, String name) {
        return stats.isObject() ? stats.path(name).asLong(0) : -1;
    }

    /** A page of the list. */
    static JobPage page(JsonNode list) {
        List<Job> jobs = new ArrayList<>();
        list.path("batchPredictionJobs").forEach(each -> jobs.add(job(each)));
        String next = list.path("nextPageToken").asText("");
        return new JobPage(jobs, next.isEmpty() ? null : next);
    }
}
