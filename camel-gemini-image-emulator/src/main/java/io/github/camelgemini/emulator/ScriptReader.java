package io.github.camelgemini.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what the emulator's own paths are sent. A script that is not exactly right would be a fault that never comes. */
final class ScriptReader {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final Set<String> OF_FAULTS =
            new TreeSet<>(Set.of("faults", "times", "after", "prompt", "service", "model", "operation"));
    private static final Set<String> OF_ENDS = new TreeSet<>(Set.of("service", "model", "after"));
    private static final Set<String> OF_TURNS = Set.of("advance");
    private static final Set<String> OF_HABITS = new TreeSet<>(Set.of("service", "faults"));

    private final JsonNode json;

    private ScriptReader(JsonNode json) {
        this.json = json;
    }

    /**
     * What to do, and for which requests.
     *
     * @param faults all of them together
     * @param matcher which requests
     * @param times for how many of them
     * @param after how many of them go by before
     */
    record Scripted(List<Fault> faults, RequestMatcher matcher, int times, int after) {}

    /**
     * Reads one script.
     *
     * @param operations those that there are
     * @throws IllegalArgumentException saying what is wrong, and what there is
     */
    static Scripted read(InputStream in, Set<String> operations) throws IOException {
        ScriptReader script = object(in, OF_FAULTS, "{\"faults\":[\"overloaded\"]}");
        return new Scripted(
                script.faults(),
                script.matcher(operations),
                script.count("times", ScriptedFault.ALWAYS),
                script.count("after", 0));
    }

    /**
     * When a model ends.
     *
     * @param service whose model it is
     * @param model its name there
     * @param after so many calls
     */
    record EndOfModel(EmulatedService service, String model, int after) {}

    /** Reads which model ends, and when; fails as {@link #read}. */
    static EndOfModel readEndOfModel(InputStream in) throws IOException {
        ScriptReader end = object(in, OF_ENDS, "{\"model\":\"gemini-3.1-flash-image\",\"after\":3}");
        return new EndOfModel(end.service(), end.text("model"), end.count("after", 0));
    }

    /**
     * What a service is to do with every request.
     *
     * @param service which one
     * @param faults all of them together
     */
    record Habit(EmulatedService service, List<Fault> faults) {}

    /** Reads what a service is to do with every request; fails as {@link #read}. */
    static Habit readHabit(InputStream in) throws IOException {
        ScriptReader habit = object(in, OF_HABITS, "{\"service\":\"anyfast\",\"faults\":[\"camelCase\"]}");
        return new Habit(habit.service(), habit.faults());
    }

    /** Reads by how much the clock is turned on; fails as {@link #read}. */
    static Duration readTurn(InputStream in) throws IOException {
        return FaultKinds.duration(
                object(in, OF_TURNS, "{\"advance\":\"3600s\"}").text("advance"));
    }

    /** Google when nothing is said. */
    private EmulatedService service() {
        return json.has("service") ? EmulatedService.of(text("service")) : EmulatedService.GOOGLE;
    }

    private static ScriptReader object(InputStream in, Set<String> fields, String example) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(in);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("The body must be a JSON object, for example " + example);
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException("Unknown field '" + field + "'. Fields are: " + fields);
            }
        });
        return new ScriptReader(json);
    }

    private List<Fault> faults() {
        if (!json.path("faults").isArray() || json.path("faults").isEmpty()) {
            throw wrong("faults", "a list of at least one fault");
        }
        List<Fault> faults = new ArrayList<>();
        json.path("faults").forEach(fault -> faults.add(FaultKinds.read(fault)));
        return faults;
    }

    private RequestMatcher matcher(Set<String> operations) {
        RequestMatcher matcher = RequestMatcher.any();
        if (json.has("prompt")) {
            matcher = matcher.and(RequestMatcher.prompt(text("prompt")));
        }
        if (json.has("service")) {
            matcher = matcher.and(RequestMatcher.service(service()));
        }
        if (json.has("model")) {
            matcher = matcher.and(RequestMatcher.model(text("model")));
        }
        if (json.has("operation")) {
            if (!operations.contains(text("operation"))) {
                throw wrong("operation", "one of " + operations);
            }
            matcher = matcher.and(RequestMatcher.operation(text("operation")));
        }
        return matcher;
    }

    private String text(String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual() || value.asText().isBlank()) {
            throw wrong(field, "a text that is not empty");
        }
        return value.asText();
    }

    private int count(String field, int otherwise) {
        JsonNode value = json.get(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 0) {
            throw wrong(field, "a whole number of 0 or more");
        }
        return value.asInt();
    }

    private IllegalArgumentException wrong(String field, String expected) {
        JsonNode value = json.get(field);
        return new IllegalArgumentException(
                "'" + field + "' is " + (value == null ? "missing" : value.toString()) + "; it must be " + expected);
    }
}
