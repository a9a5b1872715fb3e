package io.github.camelgemini.image.model;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads an enum value in the spellings that users and other services write: any case, words separated by {@code _},
 * {@code -}, {@code /}, a space or a capital letter, and agreed aliases.
 *
 * @param <E> the enum
 */
final class Choices<E extends Enum<E> & WireName> {
    private static final Pattern WORD_SEPARATOR = Pattern.compile("(?<=[\\w.])[\\s_/-]+(?=[\\w.])");

    private final Map<String, E> bySpelling = new HashMap<>();
    private final String allowed;

    /**
     * @param values every value; each is found by its constant's name and by its wire name
     * @param shown how a value is spelled in the error message
     * @param aliases further spellings
     */
    Choices(E[] values, Function<E, String> shown, Map<String, E> aliases) {
        for (E value : values) {
            bySpelling.put(fold(value.name()), value);
            bySpelling.put(fold(value.wireName()), value);
        }
        aliases.forEach((alias, value) -> bySpelling.put(fold(alias), value));
        allowed = Arrays.stream(values).map(shown).collect(joining(", "));
    }

    Choices(E[] values, Function<E, String> shown) {
        this(values, shown, Map.of());
    }

    E parse(String text) {
        E value = text == null ? null : bySpelling.get(fold(text));
        if (value == null) {
            throw new IllegalArgumentException("must be one of " + allowed);
        }
        return value;
    }

    private static String fold(String text) {
        return WORD_SEPARATOR.matcher(text.strip()).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
