package io.github.camelgemini.image.request;

import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.ResponseModality;
import io.github.camelgemini.image.model.SafetyThreshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the values of parameters from what options and headers hold: text, numbers, flags, collections, maps. A value that
 * cannot be read is an {@link IllegalArgumentException} whose message completes "option 'value' …".
 */
final class Values {

    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:/-]*");
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_QUOTE = 100;

    private Values() {}

    /** A value as an error shows it: not longer than a line, and without the pictures of data URIs. */
    static String quote(Object value) {
        String text = String.valueOf(value);
        int comma = text.startsWith("data:") ? text.indexOf(',') + 1 : 0;
        int end = Math.min(comma > 0 ? comma : LONGEST_QUOTE, LONGEST_QUOTE);
        return text.length() <= end ? text : text.substring(0, end) + "…";
    }

    static String text(Object value) {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                "must be text, not " + value.getClass().getName());
    }

    /** What is a path of the API's URL, so nothing that would be another path, a query or another method. */
    static String modelId(Object value) {
        String id = text(value).strip();
        if (!MODEL_ID.matcher(id).matches() || id.contains("..")) {
            throw new IllegalArgumentException(
                    "must be the id of a model such as gemini-3.1-flash-image, or its resource name");
        }
        return id;
    }

    /** A key of a repository and of the order of turns; what it looks like is the sender's business. */
    static String conversationId(Object value) {
        String id = text(value);
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("must have 1 to " + LONGEST_ID
                    + " characters, not all of them blank; for a" + " conversation that is kept nowhere leave it out");
        }
        return id;
    }

    static boolean flag(Object value) {
        return switch (text(value).strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    static Function<Object, Integer> integer(int min, int max) {
        boolean anyInteger = min == Integer.MIN_VALUE && max == Integer.MAX_VALUE;
        String allowed =
                anyInteger ? "must be a whole number of 32 bits" : "must be a whole number from " + min + " to " + max;
        return value -> {
            double number = number(value, allowed);
            if (number != Math.rint(number) || number < min || number > max) {
                throw new IllegalArgumentException(allowed);
            }
            return (int) number;
        };
    }

    static Function<Object, Double> decimal(int min, int max) {
        String allowed = "must be a number from " + min + " to " + max;
        return value -> {
            double number = number(value, allowed);
            // Written so that NaN is refused as well.
            if (!(number >= min && number <= max)) {
                throw new IllegalArgumentException(allowed);
            }
            return number;
        };
    }

    private static double number(Object value, String allowed) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return Double.parseDouble(text(value).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(allowed, e);
        }
    }

    /** A value of the type itself, or text that {@code parser} understands. */
    static <T> Function<Object, T> parsed(Class<T> type, Function<String, T> parser) {
        return value -> type.isInstance(value) ? type.cast(value) : parser.apply(text(value));
    }

    static AspectRatio aspectRatio(String text) {
        return text.strip().equalsIgnoreCase(AspectRatio.AUTO.toString()) ? AspectRatio.AUTO : AspectRatio.parse(text);
    }

    /** A collection or an array, or text with commas; data URIs keep the comma that belongs to them. */
    static List<String> list(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(Values::text).toList();
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(Values::text).toList();
        }
        List<String> items = new ArrayList<>();
        for (String item : text(value).split(",")) {
            boolean continuesDataUri = !items.isEmpty()
                    && items.get(items.size() - 1).startsWith("data:")
                    && items.get(items.size() - 1).indexOf(',') < 0;
            if (continuesDataUri) {
                items.set(items.size() - 1, items.get(items.size() - 1) + "," + item.strip());
            } else if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return List.copyOf(items);
    }

    static List<ResponseModality> modalities(Object value) {
        List<ResponseModality> modalities = list(value instanceof Collection<?> c ? names(c) : value).stream()
                .map(ResponseModality::parse)
                .distinct()
                .toList();
        if (!modalities.contains(ResponseModality.IMAGE)) {
            throw new IllegalArgumentException("must contain IMAGE, as in TEXT,IMAGE or IMAGE");
        }
        return modalities;
    }

    private static List<String> names(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    /** A map, or text such as {@code harassment=BLOCK_NONE,hate_speech=OFF}. */
    static Map<String, String> textMap(Object value) {
        Map<String, String> result = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> result.put(key.toString(), String.valueOf(entry)));
            return result;
        }
        for (String entry : list(value)) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("must be a map, or text such as name=value,name=value");
            }
            result.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return result;
    }

    static Map<HarmCategory, SafetyThreshold> safetySettings(Object value) {
        Map<HarmCategory, SafetyThreshold> settings = new EnumMap<>(HarmCategory.class);
        textMap(value)
                .forEach((category, threshold) ->
                        settings.put(HarmCategory.parse(category), SafetyThreshold.parse(threshold)));
        return settings;
    }
}
