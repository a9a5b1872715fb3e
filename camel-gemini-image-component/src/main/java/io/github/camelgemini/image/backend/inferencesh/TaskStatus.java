package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.JobState;
import java.util.Locale;

/**
 * How a task stands: by its word, or by its number, of which there are two generations. In the old one, which source documents
 * still show, uploading is 8 and the ends are 9, 10 and 11; in that of today cancelling is 8 and the rest is one more.
 */
final class TaskStatus {

    private TaskStatus() {}

    /** @param task whole, since its output and error tell the generations apart */
    static JobState of(JsonNode task) {
        String word = task.path("status_text").asText("");
        JsonNode status = task.path("status");
        boolean number = status.isNumber() || status.asText().matches("\\d{1,3}");
        if (word.isEmpty() && !number) {
            word = status.asText("");
        }
        return word.isEmpty() || word.equalsIgnoreCase("unknown") ? byNumber(status.asInt(), task) : byWord(word);
    }

    private static JobState byWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "received", "queued", "scheduled" -> JobState.PENDING;
            case "completed", "succeeded" -> JobState.SUCCEEDED;
            case "failed" -> JobState.FAILED;
            case "cancelled", "canceled" -> JobState.CANCELLED;
            default -> JobState.RUNNING;
        };
    }

    private static JobState byNumber(int status, JsonNode task) {
        boolean drawn = hasOutput(task);
        boolean failed = !task.path("error").asText("").isBlank();
        return switch (status) {
            case 1, 2 -> JobState.PENDING;
            case 9 -> drawn ? JobState.SUCCEEDED : JobState.RUNNING;
            case 10 -> failed && !drawn ? JobState.FAILED : JobState.SUCCEEDED;
            case 11 -> failed ? JobState.FAILED : JobState.CANCELLED;
            case 12 -> JobState.CANCELLED;
            default -> JobState.RUNNING;
        };
    }

    private static boolean hasOutput(JsonNode task) {
        return task.path("output").isContainerNode() && !task.path("output").isEmpty();
    }

    /** Whether a part of a task, as streams tell it, may mean its end. */
    static boolean mayBeTheEnd(JsonNode part) {
        int number = part.path("status").asInt();
        return of(part).isDone() || number >= 9 || hasOutput(part);
    }
}
