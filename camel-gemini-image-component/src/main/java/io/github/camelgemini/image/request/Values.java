package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.ResponseModality;
import io.github.camelgemini.image.model.SafetyThreshold;
import io.github.camelgemini.image.payload.PayloadSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the values of parameters in options and headers: text, numbers, booleans, collections, maps. A value that
 * cannot be read is an {@link IllegalArgumentException} whose message completes "option 'value' …".
 */
final class Values {

    /** The longest prompt in bytes; about twice the 131,072 tokens of the largest model. */
    static final int LONGEST_TEXT = 1 << 20;

    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:/-]*");
    /** A scheme, a file of the Files API, or the Base64 of a picture. */
    private static final Pattern BEGINNING_OF_URI =
            Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:|files/|[A-Za-z0-9+/_-]{32})");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,4}");
    private static final int BASE_OF_YAML = 60;
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_QUOTE = 100;
    private static final String BYTE_ORDER_MARK = String.valueOf(ByteOrderMark.DECODED);
    private static final String DATA_URI = "data:";

    private Values() {}

    /** A value for an error message: at most a line, and without pictures in data URIs. */
    static String quote(Object value) {
        String text = String.valueOf(value);
        int comma = isDataUri(text) ? text.indexOf(',') + 1 : 0;
        int end = Math.min(comma > 0 ? comma : LONGEST_QUOTE, LONGEST_QUOTE);
        return text.length() <= end ? text : text.substring(0, end) + "…";
    }

    static String text(Object value) {
        if (value instanceof Enum<?> word) {
            return word.name();
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return wellFormed(value.toString());
        }
        throw new IllegalArgumentException(
                "must be text, not " + value.getClass().getName());
    }

    /**
     * Text as bytes.
     *
     * @throws InvalidRequestException for half of a surrogate pair, which would become a question mark
     */
    static PayloadSource utf8(String text, String name) {
        try {
            return PayloadSource.of(wellFormed(text).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(name + " '" + quote(text) + "' " + e.getMessage(), e);
        }
    }

    /**
     * Text without its byte order mark.
     *
     * @throws IllegalArgumentException for half of a surrogate pair, which no encoding supports; a question mark would
     *     be sent instead
     */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException("contains half of a character (the lone surrogate U+"
                            + Integer.toHexString(c).toUpperCase(Locale.ROOT) + " at " + i
                            + "), as if a text was cut inside an emoji");
                }
                i++;
            }
        }
        return withoutMark(text);
    }

    static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    static boolean isDataUri(String text) {
        return text.stripLeading().regionMatches(true, 0, DATA_URI, 0, DATA_URI.length());
    }

    /** Only characters of a path segment are allowed, so that no other path, query or method can be called. */
    static String modelId(Object value) {
        String id = text(value).strip();
        if (!MODEL_ID.matcher(id).matches() || id.contains("..")) {
            throw new IllegalArgumentException(
                    "must be the id of a model such as gemini-3.1-flash-image, or its resource name");
        }
        return id;
    }

    /** The key in a repository and in the order of turns. It may have any content. */
    static String conversationId(Object value) {
        String id = text(value);
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("must have 1 to " + LONGEST_ID
                    + " characters and must not be blank; remove it for a" + " conversation that is not stored");
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
            // Written so that NaN is refused too.
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

    /** A value of the type itself, or text that {@code parser} reads. */
    static <T> Function<Object, T> parsed(Class<T> type, Function<String, T> parser) {
        return value -> type.isInstance(value) ? type.cast(value) : parser.apply(text(value));
    }

    /**
     * Reads a ratio. YAML 1.1, which Spring Boot reads, turns a ratio without quotes into a number to the base 60
     * (https://yaml.org/type/int.html). The error explains that.
     */
    static AspectRatio aspectRatio(String text) {
        String written = text.strip();
        if (written.equalsIgnoreCase(AspectRatio.AUTO.toString())) {
            return AspectRatio.AUTO;
        }
        if (WHOLE_NUMBER.matcher(written).matches()) {
            int number = Integer.parseInt(written);
            if (number >= BASE_OF_YAML && number % BASE_OF_YAML != 0) {
                String ratio = number / BASE_OF_YAML + ":" + number % BASE_OF_YAML;
                throw new IllegalArgumentException("must be width:height, for example 16:9. In YAML, " + ratio
                        + " without quotes is the number " + number + "; quote it: \"" + ratio + "\"");
            }
        }
        return AspectRatio.parse(text);
    }

    /** Reads a threshold. The error explains what YAML does with one without quotes. */
    static SafetyThreshold safetyThreshold(String text) {
        try {
            return SafetyThreshold.parse(text);
        } catch (IllegalArgumentException e) {
            if (!text.strip().equalsIgnoreCase("false")) {
                throw e;
            }
            throw new IllegalArgumentException(
                    e.getMessage() + ". In YAML, OFF without quotes is false; quote it: \"OFF\"", e);
        }
    }

    /** A collection, an array, or text with commas. */
    static List<String> list(Object value) {
        return items(value, (item, before) -> false);
    }

    /** The same for URIs and Base64, whose own commas are kept. */
    static List<String> uris(Object value) {
        return items(value, (item, before) -> {
            boolean continuesDataUri = isDataUri(before) && before.indexOf(',') < 0;
            return continuesDataUri || !BEGINNING_OF_URI.matcher(item.strip()).find();
        });
    }

    private static List<String> items(Object value, BiPredicate<String, String> continues) {
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(Values::text).toList();
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(Values::text).toList();
        }
        List<String> items = new ArrayList<>();
        for (String item : text(value).split(",")) {
            int last = items.size() - 1;
            if (last >= 0 && continues.test(item, items.get(last))) {
                items.set(last, items.get(last) + "," + item.strip());
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
                        settings.put(HarmCategory.parse(category), safetyThreshold(threshold)));
        return settings;
    }
}
