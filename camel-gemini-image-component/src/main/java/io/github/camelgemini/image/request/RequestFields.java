package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.PayloadSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the fields of one JSON request into an {@link ImageRequest}, by the table {@link Parameter}. */
final class RequestFields {

    private final FieldNames names;
    private final boolean strict;
    private final Function<String, Optional<ReferenceImage.Remote>> remote;
    private final ImageRequest.Builder request;
    private final Map<Parameter<?>, Given> given = new LinkedHashMap<>();
    private List<Object> pictures;
    private JsonNode contents;

    /** What a parameter was set to, and by which field. */
    private record Given(String field, Object value) {}

    /**
     * @param strict whether an unknown field is an error
     * @param remote the picture that a URI in contents names; empty if it may not be named
     */
    RequestFields(
            FieldNames names,
            boolean strict,
            Function<String, Optional<ReferenceImage.Remote>> remote,
            ImageRequest.Builder request) {
        this.names = names;
        this.strict = strict;
        this.remote = remote;
        this.request = request;
    }

    /**
     * Reads all fields.
     *
     * @throws InvalidRequestException naming field, value and what would be right
     */
    void read(ObjectNode json) {
        Optional<String> envelope = envelope(json);
        GeminiFields gemini = new GeminiFields(this::set, strict);
        json.fields().forEachRemaining(field -> {
            if (!field.getKey().equals(envelope.orElse(null))) {
                read(field.getKey(), field.getValue(), gemini);
            }
        });
        envelope.ifPresent(name ->
                json.path(name).fields().forEachRemaining(field -> read(field.getKey(), field.getValue(), gemini)));
        if (contents != null) {
            contents(contents);
        }
    }

    /** The member in which another service wraps all that is asked; beside it at most a model is named. */
    private static Optional<String> envelope(ObjectNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names.stream().anyMatch(JsonBody.REQUEST_MEMBERS::contains)
                ? Optional.empty()
                : names.stream()
                        .filter(name -> JsonBody.ENVELOPES.contains(name)
                                && json.path(name).isObject())
                        .findFirst();
    }

    private void read(String name, JsonNode value, GeminiFields gemini) {
        Optional<Parameter<?>> parameter = Parameter.ofField(name);
        if (name.equalsIgnoreCase(GeminiFields.CONTENTS)) {
            contents = value.isNull() ? contents : value;
        } else if (gemini.take(name, value)) {
            return;
        } else if (parameter.isPresent()) {
            set(parameter.get(), name, value);
        } else if (strict && !FieldNames.isIgnored(name)) {
            throw names.unknown(name);
        }
    }

    /** The pictures that the request names, by URI or as bytes, in their order; empty if it says nothing of pictures. */
    Optional<List<Object>> pictures() {
        return Optional.ofNullable(pictures);
    }

    private void set(Parameter<?> parameter, String field, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        Object read = parameter == Parameter.REFERENCE_IMAGES
                ? pictures(field, value)
                : parameter.read(plain(parameter, field, value), "field " + field + " of the message body");
        Given before = given.putIfAbsent(parameter, new Given(field, read));
        if (before != null && !Objects.equals(before.value(), read)) {
            throw new InvalidRequestException("fields " + before.field() + " and " + field
                    + " of the message body both set " + parameter + ", to different values; remove one of them");
        }
        if (parameter == Parameter.REFERENCE_IMAGES) {
            pictures = list(read);
            request.set(Parameter.REFERENCE_IMAGES, null);
        } else {
            put(parameter, read);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void put(Parameter<T> parameter, Object read) {
        request.set(parameter, (T) read);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object read) {
        return (List<Object>) read;
    }

    private static List<Object> pictures(String field, JsonNode value) {
        if (value.isTextual()) {
            return List.copyOf(Values.uris(value.asText()));
        }
        List<Object> read = new ArrayList<>();
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            if (item instanceof POJONode pojo && pojo.getPojo() instanceof PayloadSource bytes) {
                read.add(bytes);
            } else if (item.isTextual()) {
                read.add(item.asText());
            } else {
                throw wrongType(Parameter.REFERENCE_IMAGES, field, item);
            }
        }
        return read;
    }

    /** The value as options and headers have it, once its type in JSON is right. */
    private static Object plain(Parameter<?> parameter, String field, JsonNode value) {
        boolean text = value.isTextual();
        boolean right =
                switch (parameter.type()) {
                    case TEXT -> text;
                    case CHOICE, NUMBER -> text || value.isNumber();
                    case FLAG -> text || value.isBoolean();
                    case LIST -> text || all(value, JsonNode::isTextual);
                    case MAP -> text || value.isObject() && all(value, JsonNode::isTextual);
                    case PICTURES -> false;
                };
        if (!right) {
            throw wrongType(parameter, field, value);
        }
        if (value.isObject()) {
            Map<String, String> map = new LinkedHashMap<>();
            value.fields()
                    .forEachRemaining(
                            entry -> map.put(entry.getKey(), entry.getValue().asText()));
            return map;
        }
        if (value.isArray()) {
            List<String> list = new ArrayList<>();
            value.forEach(item -> list.add(item.asText()));
            return list;
        }
        return value.isNumber() ? value.numberValue() : value.asText();
    }

    private static boolean all(JsonNode value, Predicate<JsonNode> rule) {
        for (JsonNode item : value) {
            if (!rule.test(item)) {
                return false;
            }
        }
        return value.isContainerNode();
    }

    private static InvalidRequestException wrongType(Parameter<?> parameter, String field, JsonNode value) {
        return new InvalidRequestException(
                "field " + field + " of the message body '" + Values.quote(value) + "' must be " + parameter.type());
    }

    /**
     * The contents take the place of the route's prompt and pictures. What the user says last is what is asked now; only
     * where words stand among pictures, which prompt and pictures cannot say, it stays a turn.
     */
    private void contents(JsonNode contents) {
        List<Turn> turns = ContentsReader.read(GeminiFields.turns(contents), "the message body", remote, false);
        Turn last = turns.get(turns.size() - 1);
        if (last.role() == Turn.Role.MODEL) {
            request.history(turns);
            return;
        }
        for (Parameter<?> parameter : List.of(Parameter.PROMPT, Parameter.REFERENCE_IMAGES)) {
            if (given.containsKey(parameter)) {
                throw new InvalidRequestException("fields contents and "
                        + given.get(parameter).field()
                        + " of the message body both contain the current prompt; remove one of them, or let contents end with"
                        + " a turn of the model");
            }
        }
        request.set(Parameter.REFERENCE_IMAGES, null);
        if (!isPromptAndPictures(last)) {
            request.set(Parameter.PROMPT, null);
            request.history(turns);
            return;
        }
        request.history(turns.subList(0, turns.size() - 1));
        List<String> texts = new ArrayList<>();
        for (Turn.Part part : last.parts()) {
            if (part instanceof Turn.Picture picture) {
                request.addReferenceImage(picture.image());
            } else {
                texts.add(((Turn.Text) part).text());
            }
        }
        if (!texts.isEmpty()) {
            request.set(Parameter.PROMPT, String.join("\n", texts));
        }
    }

    private static boolean isPromptAndPictures(Turn turn) {
        int changes = 0;
        boolean text = false;
        for (Turn.Part part : turn.parts()) {
            if (part.thought() || part.thoughtSignature() != null) {
                return false;
            }
            changes += part instanceof Turn.Text != text ? 1 : 0;
            text = part instanceof Turn.Text;
        }
        // Pictures, texts, pictures, each of which may be missing.
        return changes <= 2;
    }
}
