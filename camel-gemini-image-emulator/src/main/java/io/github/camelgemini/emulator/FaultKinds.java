package io.github.camelgemini.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads faults from JSON. Every static method of {@link Fault} is a kind of fault, and its parameters are the fields.
 * So the Java and HTTP variants are always equal.
 */
final class FaultKinds {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s)");
    private static final Map<String, Method> KINDS = kinds();

    private FaultKinds() {}

    /** All kinds with their parameters, written as in Java. */
    static List<String> signatures() {
        return KINDS.values().stream().map(FaultKinds::signature).toList();
    }

    /** Reads one fault, written as its name or as a JSON object. */
    static Fault read(String text) {
        try {
            return read(text.startsWith("{") ? new ObjectMapper().readTree(text) : TextNode.valueOf(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not valid JSON: " + text, e);
        }
    }

    /**
     * Reads one fault.
     *
     * @throws IllegalArgumentException says what is wrong, and which kinds there are
     */
    static Fault read(JsonNode json) {
        if (!json.isTextual() && !json.path("kind").isTextual()) {
            throw new IllegalArgumentException(
                    "A fault must be its name, or an object with its name as 'kind', but is " + json);
        }
        String kind = json.isTextual() ? json.asText() : json.path("kind").asText();
        Method method = KINDS.get(kind);
        if (method == null) {
            throw new IllegalArgumentException("Unknown fault '" + kind + "'. Faults are: " + KINDS.keySet());
        }
        Set<String> unknown = new LinkedHashSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.remove("kind");
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            unknown.remove(parameter.getName());
            arguments.add(argument(json.path(parameter.getName()), parameter, method));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(signature(method) + " has no " + unknown);
        }
        try {
            return (Fault) method.invoke(null, arguments.toArray());
        } catch (InvocationTargetException e) {
            Optional<Parameter> missing = Arrays.stream(method.getParameters())
                    .filter(parameter -> !json.has(parameter.getName()))
                    .findFirst();
            throw missing.isPresent()
                    ? wrong(missing.get(), method)
                    : new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The methods of Fault are public", e);
        }
    }

    private static Object argument(JsonNode value, Parameter parameter, Method method) {
        Class<?> type = parameter.getType();
        if (type == Duration.class && value.isTextual()) {
            return duration(value.asText());
        }
        if (type == int.class && value.isIntegralNumber() && value.canConvertToInt()) {
            return value.asInt();
        }
        if (type == long.class && value.isIntegralNumber() && value.canConvertToLong()) {
            return value.asLong();
        }
        if (type == String.class && value.isTextual()) {
            return value.asText();
        }
        // Some parameters are optional; the methods themselves check the required ones.
        if (type == String.class && (value.isNull() || value.isMissingNode())) {
            return null;
        }
        throw wrong(parameter, method);
    }

    private static IllegalArgumentException wrong(Parameter parameter, Method method) {
        return new IllegalArgumentException("'" + parameter.getName() + "' is missing or wrong in " + signature(method)
                + (parameter.getType() == Duration.class ? ". Write a duration as \"1.5s\" or \"200ms\"" : ""));
    }

    /** Reads {@code 1.5s} or {@code 200ms}. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A duration must be written as \"1.5s\" or \"200ms\", not \"" + text + "\"");
        }
        int digits = matcher.group(2).equals("s") ? 9 : 6;
        try {
            return Duration.ofNanos(
                    new BigDecimal(matcher.group(1)).movePointRight(digits).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("The duration " + text + " is too long", e);
        }
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameters())
                        .map(parameter -> parameter.getType().getSimpleName() + " " + parameter.getName())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Map<String, Method> kinds() {
        Map<String, Method> kinds = new TreeMap<>();
        for (Method method : Fault.class.getDeclaredMethods()) {
            if (Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers())) {
                kinds.put(method.getName(), method);
            }
        }
        return kinds;
    }
}
