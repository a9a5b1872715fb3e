package io.github.camelgemini.image.request;

import io.github.camelgemini.image.model.WireName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a request that its result repeats, as JSON values. */
final class RepeatedParameters {

    /** Parameters that the result shows elsewhere, or that do not affect the picture. */
    private static final Set<Parameter<?>> NOT_REPEATED = Set.of(
            Parameter.MODEL,
            Parameter.PROMPT,
            Parameter.SYSTEM_INSTRUCTION,
            Parameter.REFERENCE_IMAGES,
            Parameter.LABELS,
            Parameter.MAX_RETRIES,
            Parameter.STREAM,
            Parameter.CONVERSATION_ID,
            Parameter.CONVERSATION_ACTION,
            Parameter.OUTPUT);

    private RepeatedParameters() {}

    /**
     * @param given gives the value of a parameter in the request
     */
    static Map<String, Object> of(Function<Parameter<?>, Optional<?>> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter<?> parameter : Parameter.ALL) {
            if (!NOT_REPEATED.contains(parameter)) {
                given.apply(parameter).ifPresent(value -> values.put(parameter.fieldName(), json(value)));
            }
        }
        return values;
    }

    private static Object json(Object value) {
        if (value instanceof WireName name) {
            return name.wireName();
        }
        if (value instanceof Collection<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(json(item)));
            return list;
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> map = new LinkedHashMap<>();
            fields.forEach((key, field) -> map.put(String.valueOf(json(key)), json(field)));
            return map;
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
