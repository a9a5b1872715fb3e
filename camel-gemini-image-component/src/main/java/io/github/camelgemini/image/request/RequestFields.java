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

/** Reads the fields of a JSON request into an {@link ImageRequest}, with the table {@link Parameter}. */
final class RequestFields {

    private final FieldNames names;
    private final boolean strict;
    private final Function<String, Optional<ReferenceImage.Remote>> remote;
    private final ImageRequest.Builder request;
    private final Map<Parameter<?>, Given> given = new LinkedHashMap<>();
    private List<Object> pictures;
    private JsonNode contents;

    /** The value of a parameter, and the field that set it. */
    private record Given(String field, Object value) {}

    /**
     * @param strict whether an unknown field is an error
     * @param remote gives the picture for a URI in contents; empty if the URI is not allowed
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
     * @throws InvalidRequestException names field, value, and what is allowed
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

    /** The envelope of another service, which contains the whole request. Only the model may be beside it. */
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

    /** The pictures of the request, by URI or as bytes, in their order; empty if it has no field for pictures. */
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

    /** The value in the form of options and headers, after a check of its JSON type. */
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
     * The contents replace the route's prompt and pictures. The last turn of the user becomes prompt and reference
     * images. It only stays a turn if it has texts between pictures, which prompt and reference images cannot express.
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
        // Pictures, texts, pictures; each group may be missing.
        return changes <= 2;
    }
}
