package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the members of a Gemini API request, such as {@code generationConfig}, as parameters. For senders that
 * otherwise call Google. Names inside members are in camelCase, as {@link
 * io.github.camelgemini.image.payload.json.RequestJson} makes them.
 */
final class GeminiFields {

    static final String CONTENTS = "contents";
    private static final Set<String> GENERATION_CONFIG = Set.of("generationConfig", "generation_config");
    private static final String TOOLS = "tools";

    /** Every member by its names. Those that are parameters too are read as the API's if they have its form. */
    static final List<String> MEMBERS = List.of(CONTENTS, "generationConfig", "generation_config", TOOLS);

    private static final Map<String, Parameter<?>> GENERATION = generation();
    private static final Set<String> TOOL = Set.of("googleSearch");

    private final Sink sink;
    private final boolean strict;

    /** Receives the values. */
    interface Sink {

        /** Receives the value of a parameter, and the place where it was found. */
        void set(Parameter<?> parameter, String place, JsonNode value);
    }

    GeminiFields(Sink sink, boolean strict) {
        this.sink = sink;
        this.strict = strict;
    }

    private static Map<String, Parameter<?>> generation() {
        Map<String, Parameter<?>> places = new LinkedHashMap<>();
        String prefix = "generationConfig.";
        for (Parameter<?> parameter : Parameter.ALL) {
            parameter.geminiFields().stream()
                    .filter(field -> field.startsWith(prefix))
                    .forEach(field -> places.put(field.substring(prefix.length()), parameter));
        }
        return places;
    }

    /**
     * Reads a member if it is the API's.
     *
     * @return false if it is not, or if it is a parameter in the component's own form
     */
    boolean take(String member, JsonNode value) {
        if (GENERATION_CONFIG.stream().anyMatch(member::equalsIgnoreCase)) {
            generationConfig("", object(member, value));
            return true;
        }
        if (member.equalsIgnoreCase(TOOLS)) {
            listed(value).forEach(this::tool);
            return true;
        }
        if (isNameOf(Parameter.SAFETY_SETTINGS, member) && value.isArray()) {
            sink.set(Parameter.SAFETY_SETTINGS, member, safetySettings(member, value));
            return true;
        }
        if (isNameOf(Parameter.SYSTEM_INSTRUCTION, member) && value.isObject()) {
            sink.set(Parameter.SYSTEM_INSTRUCTION, member, text(member, value));
            return true;
        }
        return false;
    }

    private static boolean isNameOf(Parameter<?> parameter, String member) {
        return Parameter.ofField(member).filter(parameter::equals).isPresent();
    }

    private void generationConfig(String prefix, JsonNode members) {
        members.fields().forEachRemaining(member -> {
            String place = prefix + member.getKey();
            JsonNode value = member.getValue();
            if (GENERATION.containsKey(place)) {
                sink.set(GENERATION.get(place), "generationConfig." + place, value);
            } else if (GENERATION.keySet().stream().anyMatch(known -> known.startsWith(place + "."))) {
                generationConfig(place + ".", object("generationConfig." + place, value));
            } else if (place.equals("candidateCount")) {
                oneCandidate(value);
            } else {
                refuse(place, GENERATION.keySet());
            }
        });
    }

    private static void oneCandidate(JsonNode value) {
        if (!value.isNull() && value.asInt() != 1) {
            throw new InvalidRequestException("field generationConfig.candidateCount of the message body '"
                    + Values.quote(value) + "' must be 1, because the models return only one candidate; use numImages");
        }
    }

    private void tool(JsonNode tool) {
        object(TOOLS, tool).fields().forEachRemaining(member -> {
            if (!TOOL.contains(member.getKey())) {
                refuse(TOOLS + "." + member.getKey(), List.of(TOOLS + ".googleSearch"));
                return;
            }
            JsonNode types = member.getValue().path("searchTypes");
            // Without types the API searches the web.
            if (types.isMissingNode() || types.has("webSearch")) {
                sink.set(Parameter.GOOGLE_SEARCH, TOOLS, BooleanNode.TRUE);
            }
            if (types.has("imageSearch")) {
                sink.set(Parameter.IMAGE_SEARCH, TOOLS, BooleanNode.TRUE);
            }
        });
    }

    private ObjectNode safetySettings(String member, JsonNode settings) {
        ObjectNode byCategory = JsonNodeFactory.instance.objectNode();
        for (JsonNode setting : settings) {
            object(member, setting).fieldNames().forEachRemaining(name -> {
                if (!Set.of("category", "threshold").contains(name)) {
                    refuse(member + "." + name, List.of(member + ".category", member + ".threshold"));
                }
            });
            byCategory.set(setting.path("category").asText(), setting.path("threshold"));
        }
        return byCategory;
    }

    private static TextNode text(String member, JsonNode content) {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : listed(content.path("parts"))) {
            if (!part.path("text").isTextual()) {
                throw new InvalidRequestException(
                        "field " + member + " of the message body must be text, or {\"parts\":[{\"text\":\"…\"}]}");
            }
            texts.add(part.path("text").asText());
        }
        return TextNode.valueOf(String.join("\n", texts));
    }

    /**
     * The contents as an array of turns. A text, a single turn, and texts or parts without a turn become such an array;
     * Google's clients take the last two as one turn of the user.
     */
    static JsonNode turns(JsonNode contents) {
        List<JsonNode> items = listed(contents);
        boolean areTurns = !items.isEmpty() && items.stream().allMatch(item -> item.has("parts") || item.has("role"));
        if (areTurns || items.isEmpty()) {
            return contents;
        }
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            parts.add(item.isTextual() ? JsonNodeFactory.instance.objectNode().set("text", item) : item);
        }
        return JsonNodeFactory.instance.objectNode().set("parts", parts);
    }

    private static List<JsonNode> listed(JsonNode value) {
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else if (!value.isNull() && !value.isMissingNode()) {
            items.add(value);
        }
        return items;
    }

    private static JsonNode object(String place, JsonNode value) {
        if (!value.isObject() && !value.isNull()) {
            throw new InvalidRequestException(
                    "field " + place + " of the message body '" + Values.quote(value) + "' must be an object");
        }
        return value;
    }

    private void refuse(String place, Collection<String> known) {
        if (strict) {
            throw UnknownField.refusal(place, known);
        }
    }
}
