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

/**
 * Reads the bodies of the emulator's own paths. Every mistake is an error, because a fault that is silently ignored is
 * hard to notice.
 */
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
     * A scripted fault.
     *
     * @param faults combined
     * @param matcher selects the requests
     * @param times number of requests with the fault
     * @param after number of matching requests before it
     */
    record Scripted(List<Fault> faults, RequestMatcher matcher, int times, int after) {}

    /**
     * Reads one script.
     *
     * @param operations all operations
     * @throws IllegalArgumentException says what is wrong, and what is allowed
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
     * The shutdown of a model.
     *
     * @param service of the model
     * @param model its name there
     * @param after number of calls before it
     */
    record EndOfModel(EmulatedService service, String model, int after) {}

    /** Reads the shutdown of a model; fails like {@link #read}. */
    static EndOfModel readEndOfModel(InputStream in) throws IOException {
        ScriptReader end = object(in, OF_ENDS, "{\"model\":\"gemini-3.1-flash-image\",\"after\":3}");
        return new EndOfModel(end.service(), end.text("model"), end.count("after", 0));
    }

    /**
     * Faults for all requests to a service.
     *
     * @param service they apply to
     * @param faults combined
     */
    record Habit(EmulatedService service, List<Fault> faults) {}

    /** Reads faults for all requests to a service; fails like {@link #read}. */
    static Habit readHabit(InputStream in) throws IOException {
        ScriptReader habit = object(in, OF_HABITS, "{\"service\":\"anyfast\",\"faults\":[\"camelCase\"]}");
        return new Habit(habit.service(), habit.faults());
    }

    /** Reads by how much to advance the clock; fails like {@link #read}. */
    static Duration readTurn(InputStream in) throws IOException {
        return FaultKinds.duration(
                object(in, OF_TURNS, "{\"advance\":\"3600s\"}").text("advance"));
    }

    /** Google by default. */
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
