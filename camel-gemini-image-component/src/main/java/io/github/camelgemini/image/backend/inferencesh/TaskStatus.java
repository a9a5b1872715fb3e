package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.JobState;
import java.util.Locale;

/**
 * The state of a task, written as a word or as a number. There are two versions of the numbers. In the old one, which
 * source documents still show, uploading is 8 and the final states are 9, 10 and 11. In the current one cancelling is
 * 8, and all numbers after it are higher by one.
 */
final class TaskStatus {

    private TaskStatus() {}

    /**
     * @param task the whole task: its output and its error show which version it has
     */
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

    /** Whether an event with a part of a task may mean that the task has ended. */
    static boolean mayBeTheEnd(JsonNode part) {
        int number = part.path("status").asInt();
        return of(part).isDone() || number >= 9 || hasOutput(part);
    }
}
